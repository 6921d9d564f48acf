import { registerEnumType } from '@nestjs/graphql';

export enum ChannelKind {
  MESSENGER = 'MESSENGER',
  INSTAGRAM = 'INSTAGRAM',
  WHATSAPP = 'WHATSAPP',
  TELEGRAM = 'TELEGRAM',
  LINE = 'LINE',
  EMAIL = 'EMAIL',
  WEB_CHAT = 'WEB_CHAT',
}
registerEnumType(ChannelKind, {
  name: 'ChannelKind',
  description: 'The kinds of channel that a workspace can connect.',
});

export enum ChannelStatus {
  CONNECTED = 'CONNECTED',
  EXPIRING = 'EXPIRING',
  EXPIRED = 'EXPIRED',
  ERROR = 'ERROR',
  DISCONNECTED = 'DISCONNECTED',
}
registerEnumType(ChannelStatus, {
  name: 'ChannelStatus',
  description: 'EXPIRED: the platform refuses the token; connecting the same account again revives the channel.',
});

export enum MessageKind {
  TEXT = 'TEXT',
  IMAGE = 'IMAGE',
  AUDIO = 'AUDIO',
  VIDEO = 'VIDEO',
  FILE = 'FILE',
  STICKER = 'STICKER',
  LOCATION = 'LOCATION',
  CONTACTS = 'CONTACTS',
  STORY_MENTION = 'STORY_MENTION',
  STORY_REPLY = 'STORY_REPLY',
  SHARE = 'SHARE',
  POSTBACK = 'POSTBACK',
  TEMPLATE = 'TEMPLATE',
  UNSUPPORTED = 'UNSUPPORTED',
}
registerEnumType(MessageKind, {
  name: 'MessageKind',
  description: 'What a message or an attachment is. Clients need a default branch.',
});
