import { OutgoingError } from '../../platform/http/index.js';
import type { FetchedMedia, OpenChannel } from '../channel-adapter.js';
import type { MediaSource } from '../inbound-event.js';
import type { GraphClient } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';
import type { MediaDownloads } from './media.js';

/** Downloads a WhatsApp file: asks for its address by id, for the address lives minutes, then fetches it with the token. */
export async function fetchWhatsAppMedia(
  graph: GraphClient,
  media: MediaDownloads,
  channel: OpenChannel,
  source: MediaSource,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FetchedMedia> {
  if (source.mediaId === null || !/^[A-Za-z0-9_-]{1,200}$/.test(source.mediaId))
    return { kind: 'gone', reason: 'The platform gave no way to load the file.' };
  try {
    const query = { phone_number_id: channel.externalId };
    const answer = await graph.call('facebook', { path: source.mediaId, token: channel.token, query, signal });
    const { status, body, error } = answer;
    const rule = error === null ? null : graphErrorRule(error.code, error.subcode);
    if (status === 429 || status >= 500 || rule?.outcome === 'later')
      return { kind: 'retry', reason: 'The platform did not give the address of the file.' };
    if (rule?.tokenUnusable === true) return { kind: 'retry', reason: rule.words };
    if (status < 200 || status > 299 || typeof body?.['url'] !== 'string')
      return { kind: 'gone', reason: 'The platform does not have the file any more.' };
    const size = Number(body['file_size']);
    if (Number.isFinite(size) && size > maxBytes)
      return { kind: 'refused', reason: 'It is larger than what is kept here.' };
    const sha256 = source.sha256 ?? (typeof body['sha256'] === 'string' ? body['sha256'] : null);
    const fetched = await media.fetch({ url: body['url'], token: channel.token, sha256, maxBytes, signal });
    if (fetched.kind !== 'fetched') return fetched;
    const contentType = typeof body['mime_type'] === 'string' ? body['mime_type'] : fetched.contentType;
    return { ...fetched, contentType };
  } catch (error) {
    if (error instanceof OutgoingError) return { kind: 'retry', reason: 'The platform did not answer.' };
    throw error;
  }
}
