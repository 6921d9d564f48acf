import type { OpenChannel, OutgoingAttachment, OutgoingAttachments, SendOutcome } from '../channel-adapter.js';
import { MessageKind } from '../enums.js';
import type { GraphClient } from './graph-client.js';
import { sendOnce } from './send-outcome.js';

const office = 'application/vnd.openxmlformats-officedocument';

/** What WhatsApp takes; its sizes are in megabytes of 1,024 squared, and these stay below them. */
export const whatsAppAttachments: OutgoingAttachments = {
  rules: [
    { kind: MessageKind.IMAGE, contentTypes: ['image/jpeg', 'image/png'], maxBytes: 5_000_000 },
    { kind: MessageKind.STICKER, contentTypes: ['image/webp'], maxBytes: 100_000, captionless: true },
    {
      kind: MessageKind.AUDIO,
      contentTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
      maxBytes: 16_000_000,
      captionless: true,
    },
    { kind: MessageKind.VIDEO, contentTypes: ['video/mp4', 'video/3gpp'], maxBytes: 16_000_000 },
    {
      kind: MessageKind.FILE,
      contentTypes: [
        'application/pdf',
        'application/msword',
        'application/vnd.ms-excel',
        'application/vnd.ms-powerpoint',
        `${office}.wordprocessingml.document`,
        `${office}.spreadsheetml.sheet`,
        `${office}.presentationml.presentation`,
        'text/plain',
        'text/csv',
      ],
      maxBytes: 100_000_000,
    },
  ],
  perMessage: 1,
  maxCaption: 1_024,
};

const types: Partial<Record<MessageKind, string>> = {
  [MessageKind.IMAGE]: 'image',
  [MessageKind.STICKER]: 'sticker',
  [MessageKind.AUDIO]: 'audio',
  [MessageKind.VIDEO]: 'video',
};

/** Puts a file on the platform; gives its id there. What fails here has sent nothing, so it may be tried again. */
export async function uploadToWhatsApp(
  graph: GraphClient,
  channel: OpenChannel,
  attachment: OutgoingAttachment,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { externalId, token } = channel;
  const outcome = await sendOnce(
    async () => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      const type = attachment.contentType === 'audio/ogg' ? 'audio/ogg; codecs=opus' : attachment.contentType;
      form.set('type', type);
      form.set('file', new Blob([new Uint8Array(await attachment.read())], { type }), attachment.name);
      const path = `${externalId}/media`;
      return graph.call('facebook', { method: 'POST', path, token, form, timeout: 60_000, signal });
    },
    ({ body }) => (typeof body?.['id'] === 'string' && body['id'] !== '' ? body['id'] : null),
  );
  return outcome.kind === 'unconfirmed'
    ? { kind: 'retry', reason: 'The platform did not take the file. It is tried again by itself.', afterSeconds: null }
    : outcome;
}

/** The part of a message that shows an uploaded file. */
export function whatsAppMedia(attachment: OutgoingAttachment, mediaId: string, caption: string): object {
  const type = types[attachment.kind] ?? 'document';
  const media = {
    id: mediaId,
    ...(caption !== '' && { caption }),
    ...(type === 'document' && { filename: attachment.name }),
  };
  return { type, [type]: media };
}
