import { createHash } from 'node:crypto';
import { guardedMediaUrl } from '../media/urls.ts';
import type { Account, Media } from '../world/model.ts';
import type { GraphAnswer, GraphCall } from './call.ts';
import { invalid, missing, whatsappError } from './errors.ts';

const MB = 1024 * 1024;
const LIMITS: [RegExp, number][] = [
  [/^image\/(jpeg|png)$/, 5 * MB],
  [/^image\/webp$/, 500 * 1024],
  [/^audio\/(aac|amr|mpeg|mp4|ogg)/, 16 * MB],
  [/^video\/(mp4|3gpp?)$/, 16 * MB],
  [/^(application|text)\//, 100 * MB],
];

/** POST /{phone-number-id}/media. */
export function uploadMedia(call: GraphCall, account: Account): GraphAnswer {
  if (call.params['messaging_product'] !== 'whatsapp') throw missing('messaging_product');
  const file = call.files.get('file');
  if (!file) throw missing('file');
  const mimeType = typeof call.params['type'] === 'string' ? call.params['type'] : file.mimeType;
  const limit = LIMITS.find(([pattern]) => pattern.test(mimeType))?.[1];
  if (limit === undefined)
    throw invalid(`Param file must be a file with one of the supported types; received file of type '${mimeType}'.`);
  if (file.bytes.length > limit)
    throw whatsappError(131053, 'Media upload error', `The file is larger than ${limit} bytes.`);
  const media = call.world.addMedia({ ownerId: account.id, mimeType, bytes: file.bytes, filename: file.filename });
  return { body: { id: media.id }, account: account.id };
}

/** GET /{media-id}: where the file can be fetched for the next five minutes. */
export function describeMedia(call: GraphCall, media: Media): GraphAnswer {
  return {
    account: media.ownerId,
    body: {
      url: guardedMediaUrl(call.world, media.id),
      mime_type: media.mimeType,
      sha256: createHash('sha256').update(media.bytes).digest('hex'),
      file_size: media.bytes.length,
      id: media.id,
      messaging_product: 'whatsapp',
    },
  };
}

/** DELETE /{media-id}. */
export function deleteMedia(call: GraphCall, media: Media): GraphAnswer {
  call.world.media.delete(media.id);
  return { body: { success: true }, account: media.ownerId };
}
