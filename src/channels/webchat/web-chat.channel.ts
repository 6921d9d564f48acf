import { Injectable } from '@nestjs/common';
import { FileStore } from '../../platform/files/index.js';
import { isUuid } from '../../platform/database/index.js';
import type {
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  SendOutcome,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { InboundEvent, MediaSource } from '../inbound-event.js';
import { webChatProvider } from './stored-settings.js';
import { visitorEvent } from './visitor-event.js';

const megabyte = 1_000_000;

/** The chat on a site of the business. Its platform is this server: what is stored is sent, and fetched by the visitor. */
@Injectable()
export class WebChatChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.WEB_CHAT;
  readonly provider = webChatProvider;
  readonly capabilities: Capabilities = {
    maxTextLength: 10_000,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE],
    maxAttachmentBytes: 10 * megabyte,
    outgoingAttachments: {
      rules: [
        { kind: MessageKind.IMAGE, contentTypes: ['image/*'], maxBytes: 10 * megabyte },
        { kind: MessageKind.AUDIO, contentTypes: ['audio/*'], maxBytes: 25 * megabyte },
        { kind: MessageKind.VIDEO, contentTypes: ['video/*'], maxBytes: 25 * megabyte },
        { kind: MessageKind.FILE, contentTypes: ['*'], maxBytes: 25 * megabyte },
      ],
      perMessage: 10,
      maxCaption: 10_000,
    },
    reactions: false,
    replies: true,
    typing: true,
    templates: false,
    quickReplies: 10,
    quickReplyLimits: { title: 40, text: 10_000 },
  };
  readonly window: WindowRule = { hours: null, humanAgentHours: null };
  readonly hasProfiles = false;
  // An address that the site has signed; a visitor's own may be anybody's.
  readonly proof = (externalId: string) => externalId.startsWith('user:');
  readonly adapter: ChannelAdapter = this;

  constructor(private readonly files: FileStore) {}

  interpret(payload: unknown): InboundEvent[] {
    return [visitorEvent(payload)];
  }

  /** It stands in the thread already, and the visitor's stream is told of it with the outcome. */
  send(_channel: OpenChannel, message: OutgoingMessage): Promise<SendOutcome> {
    return Promise.resolve({ kind: 'sent', externalId: `sent:${message.id}` });
  }

  /** What a visitor uploaded is here already: it is read once more, so that it takes the way of every attachment. */
  async fetchMedia(channel: OpenChannel, { mediaId }: MediaSource, maxBytes: number): Promise<FetchedMedia> {
    if (!isUuid(mediaId)) return { kind: 'gone', reason: 'It names no upload.' };
    try {
      const body = await this.files.readAll(channel.workspaceId, mediaId);
      if (body.length > maxBytes) return { kind: 'refused', reason: 'It is larger than a chat takes.' };
      return { kind: 'fetched', body, contentType: null, name: null };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return { kind: 'gone', reason: 'It was uploaded too long ago.' };
      return { kind: 'retry', reason: 'The upload could not be read.' };
    }
  }

  /** Visitors are called what they, or their site, say; there is nobody else to ask. */
  profile(): Promise<null> {
    return Promise.resolve(null);
  }

  /** The key has left the directory, and with it every way in. */
  unsubscribe(): Promise<void> {
    return Promise.resolve();
  }
}
