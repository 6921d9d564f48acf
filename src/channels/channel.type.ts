import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ChannelDefinition } from './channel-adapter.js';
import type { ChannelEntity } from './channel.entity.js';
import { ChannelKind, ChannelStatus, MessageKind } from './enums.js';
import { WebChatSettings } from './web-chat-settings.type.js';
import { storedWebChat } from './webchat/stored-settings.js';
import { troubleCode } from './trouble-codes.js';

@ObjectType('AttachmentRule', { description: 'Files of one kind that a channel takes.' })
export class AttachmentRuleType {
  @Field(() => MessageKind, { description: 'What they are sent as.' })
  kind!: MessageKind;

  @Field(() => [String], { description: 'Types of files, as `image/png`; `audio/*` is a family, `*` is any.' })
  contentTypes!: string[];

  @Field(() => Int, { description: 'The most bytes of one.' })
  maxBytes!: number;
}

@ObjectType({ description: 'What a channel can carry; a client asks this, never the kind.' })
export class ChannelCapabilities {
  @Field(() => Int, { description: 'The most that one text may have.' })
  maxTextLength!: number;

  @Field(() => [MessageKind], { description: 'The kinds of attachment that can be sent.' })
  attachmentKinds!: MessageKind[];

  @Field(() => Int, { description: 'The most bytes of one attachment.' })
  maxAttachmentBytes!: number;

  @Field(() => [AttachmentRuleType], {
    description:
      'What can be sent, and how large: the first rule that names the type of a file is the one that counts.',
  })
  attachmentRules!: AttachmentRuleType[];

  @Field(() => Boolean, { description: 'Whether messages can be reacted to.' })
  reactions!: boolean;

  @Field(() => [String], {
    nullable: true,
    description: 'The emojis that a reaction may be; null where it may be any, or none.',
  })
  reactionEmojis!: string[] | null;

  @Field(() => Boolean, { description: 'Whether a message can answer a certain other one.' })
  replies!: boolean;

  @Field(() => Boolean, { description: 'Whether the customer can be shown that somebody is typing.' })
  typing!: boolean;

  @Field(() => Boolean, { description: 'Whether the customer can be shown that their messages were read.' })
  seen!: boolean;

  @Field(() => Boolean, { description: 'Whether approved templates can be sent.' })
  templates!: boolean;

  @Field(() => Int, { description: 'How many quick replies one message may offer; 0 for none.' })
  quickReplies!: number;

  @Field(() => Int, { description: 'The most characters of one quick reply; 0 where there are none.' })
  quickReplyLength!: number;

  @Field(() => Int, { description: 'The most that a text may have that comes with quick replies; 0 for none.' })
  quickReplyTextLength!: number;

  @Field(() => Boolean, { description: 'Whether it has adverts with forms, whose leads can be taken.' })
  leadAds!: boolean;

  static from({ capabilities, adapter }: ChannelDefinition): ChannelCapabilities {
    const { quickReplyLimits, reactionEmojis, outgoingAttachments, seen, ...rest } = capabilities;
    const rules = outgoingAttachments?.rules ?? [];
    return Object.assign(new ChannelCapabilities(), {
      ...rest,
      attachmentKinds: [...new Set(rules.map(({ kind }) => kind))],
      maxAttachmentBytes: Math.max(0, ...rules.map(({ maxBytes }) => maxBytes)),
      attachmentRules: rules.map(({ kind, contentTypes, maxBytes }) => ({
        kind,
        contentTypes: [...contentTypes],
        maxBytes,
      })),
      reactionEmojis: reactionEmojis === undefined ? null : [...reactionEmojis],
      seen: seen ?? false,
      leadAds: adapter.leadAds !== undefined,
      quickReplyLength: quickReplyLimits?.title ?? 0,
      quickReplyTextLength: quickReplyLimits?.text ?? 0,
    });
  }
}

@ObjectType({ description: 'The WhatsApp side of a channel.' })
export class WhatsAppDetails {
  @Field(() => String, { description: 'The id of the WhatsApp Business account.' })
  wabaId!: string;

  @Field(() => String, { description: 'The id of the phone number.' })
  phoneNumberId!: string;

  @Field(() => String, { description: 'The number as people write it.' })
  displayPhone!: string;

  @Field(() => String, { nullable: true, description: 'The business name that WhatsApp has verified.' })
  verifiedName!: string | null;

  @Field(() => Boolean, { description: 'Whether it is registered for sending; registerWhatsAppNumber does so.' })
  registered!: boolean;
}

@ObjectType({ description: 'The Instagram side of a channel.' })
export class InstagramDetails {
  @Field(() => String, { description: 'The id of the professional account.' })
  accountId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The Page that it is reached through; null with Instagram Login.',
  })
  pageId!: string | null;

  @Field(() => String, { nullable: true, description: 'Its user name.' })
  username!: string | null;
}

@ObjectType('Channel', { description: 'One connected account of a platform, or one that was connected.' })
export class ChannelType {
  @Field(() => ID, { description: 'Its id; it stays when the account is connected again.' })
  id!: string;

  @Field(() => ChannelKind, { description: 'What it is.' })
  kind!: ChannelKind;

  @Field(() => String, { description: 'What the workspace calls it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The account at the platform; null once a disconnect had to forget it.',
  })
  externalId!: string | null;

  @Field(() => ChannelStatus, { description: 'Whether it works.' })
  status!: ChannelStatus;

  @Field(() => Date, { nullable: true, description: 'When the token ends; null where it does not.' })
  tokenExpiresAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When a customer last wrote.' })
  lastInboundAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'What is wrong, and what to do about it.' })
  lastError!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The same as a code, such as TOKEN_EXPIRED, to be said in other words; null where the words are those of the platform. There will be more of them.',
  })
  lastErrorCode!: string | null;

  @Field(() => Date, { description: 'When it was connected.' })
  connectedAt!: Date;

  @Field(() => Boolean, { description: 'Whether submissions of lead ads become leads.' })
  leadAds!: boolean;

  @Field(() => Boolean, { description: 'Over the limit of the plan: it neither receives nor sends.' })
  frozen!: boolean;

  @Field(() => WebChatSettings, { nullable: true, description: 'For a web chat.' })
  webChat!: WebChatSettings | null;

  @Field(() => WhatsAppDetails, { nullable: true, description: 'For a WhatsApp number.' })
  whatsApp!: WhatsAppDetails | null;

  @Field(() => InstagramDetails, { nullable: true, description: 'For an Instagram account.' })
  instagram!: InstagramDetails | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'For a mailbox: whether copies of answers are put among what was sent there; null where there is no such folder.',
  })
  keepsSent!: boolean | null;

  @Field(() => ChannelCapabilities, { description: 'What this channel can carry; a client asks this, never the kind.' })
  capabilities!: ChannelCapabilities;

  /** What a client may see of a channel: never its token. */
  static from(entity: ChannelEntity, definition: ChannelDefinition): ChannelType {
    const {
      id,
      kind,
      name,
      externalId,
      status,
      tokenExpiresAt,
      lastInboundAt,
      lastError,
      connectedAt,
      leadAds,
      frozen,
    } = entity;
    return Object.assign(new ChannelType(), {
      id,
      kind,
      name,
      externalId,
      status,
      tokenExpiresAt,
      lastInboundAt,
      lastError,
      lastErrorCode: troubleCode(lastError),
      connectedAt,
      leadAds,
      frozen,
      webChat: webChatOf(entity),
      whatsApp: whatsAppOf(entity),
      instagram: instagramOf(entity),
      keepsSent: keepsSentOf(entity.settings, definition),
      capabilities: ChannelCapabilities.from(definition),
    });
  }
}

/** Whether copies of what is sent are kept in the account; null where the channel has no such thing. */
export function keepsSentOf(settings: ChannelEntity['settings'], definition: ChannelDefinition): boolean | null {
  return definition.keepsCopies?.({ settings }) ?? null;
}

// The details stand in the settings under names of their own, so no kind is asked here.
function whatsAppOf({ settings, externalId }: ChannelEntity): WhatsAppDetails | null {
  const wabaId = textOf(settings, 'wabaId');
  if (wabaId === null || externalId === null) return null;
  return {
    wabaId,
    phoneNumberId: externalId,
    displayPhone: textOf(settings, 'displayPhone') ?? externalId,
    verifiedName: textOf(settings, 'verifiedName'),
    registered: settings['registered'] !== false,
  };
}

function webChatOf({ settings }: ChannelEntity): WebChatSettings | null {
  const stored = storedWebChat(settings);
  return stored === null
    ? null
    : Object.assign(new WebChatSettings(), { ...stored, allowedDomains: [...stored.allowedDomains] });
}

function instagramOf({ settings, externalId }: ChannelEntity): InstagramDetails | null {
  if (settings['instagram'] !== true || externalId === null) return null;
  return { accountId: externalId, pageId: textOf(settings, 'pageId'), username: textOf(settings, 'username') };
}

function textOf(settings: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = settings[name];
  return typeof value === 'string' ? value : null;
}
