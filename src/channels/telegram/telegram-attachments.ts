import type { OutgoingAttachment, OutgoingAttachments } from '../channel-adapter.js';
import { MessageKind } from '../enums.js';

/** What a bot may upload; a picture that Telegram shows as one is smaller than a file. */
export const telegramAttachments: OutgoingAttachments = {
  rules: [
    { kind: MessageKind.IMAGE, contentTypes: ['image/jpeg', 'image/png', 'image/webp'], maxBytes: 10_000_000 },
    { kind: MessageKind.AUDIO, contentTypes: ['audio/mpeg', 'audio/mp4', 'audio/ogg'], maxBytes: 50_000_000 },
    { kind: MessageKind.VIDEO, contentTypes: ['video/mp4', 'image/gif'], maxBytes: 50_000_000 },
    { kind: MessageKind.FILE, contentTypes: ['*'], maxBytes: 50_000_000 },
  ],
  perMessage: 1,
  maxCaption: 1_024,
};

interface Method {
  readonly name: string;
  readonly field: string;
}

/** The method that sends an attachment, and the field that the file stands in. */
export function methodOf({ kind, contentType }: OutgoingAttachment): Method {
  if (contentType === 'image/gif') return { name: 'sendAnimation', field: 'animation' };
  if (contentType === 'audio/ogg') return { name: 'sendVoice', field: 'voice' };
  if (kind === MessageKind.IMAGE) return { name: 'sendPhoto', field: 'photo' };
  if (kind === MessageKind.AUDIO) return { name: 'sendAudio', field: 'audio' };
  if (kind === MessageKind.VIDEO) return { name: 'sendVideo', field: 'video' };
  return { name: 'sendDocument', field: 'document' };
}
