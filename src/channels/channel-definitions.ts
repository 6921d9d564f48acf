import { Injectable, Inject, type Provider, type Type } from '@nestjs/common';
import type { ChannelDefinition } from './channel-adapter.js';
import type { ChannelKind } from './enums.js';
import { EmailChannel } from './email/email.channel.js';
import { LineChannel } from './line/line.channel.js';
import { InstagramChannel } from './meta/instagram.channel.js';
import { MessengerChannel } from './meta/messenger.channel.js';
import { WhatsAppChannel } from './meta/whatsapp.channel.js';
import { WebChatChannel } from './webchat/web-chat.channel.js';
import { TelegramChannel } from './telegram/telegram.channel.js';

/** Every kind of channel there is. A new one is a folder and a line here. */
export const channelDefinitions: readonly Type<ChannelDefinition>[] = [
  MessengerChannel,
  InstagramChannel,
  WhatsAppChannel,
  WebChatChannel,
  TelegramChannel,
  LineChannel,
  EmailChannel,
];

const definitionsToken = Symbol('channel definitions');

/** The kinds of channel by name. */
@Injectable()
export class ChannelDefinitions {
  private readonly byKind: ReadonlyMap<ChannelKind, ChannelDefinition>;

  constructor(@Inject(definitionsToken) readonly all: readonly ChannelDefinition[]) {
    this.byKind = new Map(all.map((definition) => [definition.kind, definition]));
  }

  /** The definition of a kind; throws for a kind that this server has no adapter for. */
  of(kind: ChannelKind): ChannelDefinition {
    const definition = this.byKind.get(kind);
    if (definition === undefined) throw new Error(`There is no adapter for the channel kind ${kind}.`);
    return definition;
  }
}

/** What the channels module provides for the definitions. */
export const channelDefinitionProviders: Provider[] = [
  ...channelDefinitions,
  { provide: definitionsToken, inject: [...channelDefinitions], useFactory: (...all: ChannelDefinition[]) => all },
  ChannelDefinitions,
];
