import { OutgoingError } from '../../platform/http/index.js';
import type { FetchedMedia, OpenChannel } from '../channel-adapter.js';
import type { MediaSource } from '../inbound-event.js';
import { isJson } from '../wire/reading.js';
import type { TelegramClient } from './telegram-client.js';
import { refusalOf } from './telegram-errors.js';

const tooLarge = { kind: 'refused', reason: 'It is larger than what Telegram gives to a bot.' } as const;

/** Downloads a file: asks where it lies, then fetches it there. The address holds the token and is not kept. */
export async function fetchTelegramMedia(
  telegram: TelegramClient,
  channel: OpenChannel,
  source: MediaSource,
  maxBytes: number,
  signal: AbortSignal,
): Promise<FetchedMedia> {
  if (source.mediaId === null || !/^[A-Za-z0-9_-]{1,512}$/.test(source.mediaId))
    return { kind: 'gone', reason: 'Telegram gave no way to load the file.' };
  try {
    const answer = await telegram.call(channel.token, 'getFile', { file_id: source.mediaId }, signal);
    const refusal = refusalOf(answer);
    if (refusal?.kind === 'refused' && !refusal.tokenUnusable)
      return /too big/i.test(answer.description ?? '')
        ? tooLarge
        : { kind: 'gone', reason: 'Telegram does not have the file any more.' };
    const file = isJson(answer.result) ? answer.result : null;
    if (refusal !== null || file === null)
      return { kind: 'retry', reason: 'Telegram did not say where the file lies.' };
    const path = file['file_path'];
    if (typeof path !== 'string' || !isPath(path))
      return { kind: 'gone', reason: 'Telegram named no place of the file.' };
    if (Number(file['file_size'] ?? 0) > maxBytes) return tooLarge;
    const { status, headers, body } = await telegram.download(channel.token, path, maxBytes, signal);
    if (status === 429 || status === 408 || status >= 500)
      return { kind: 'retry', reason: `Telegram did not send the file (HTTP ${String(status)}).` };
    if (status < 200 || status > 299) return { kind: 'gone', reason: 'Telegram does not have the file any more.' };
    const type = headers['content-type'] ?? null;
    // Telegram sends every file as bytes of no kind; what it is shows in the bytes.
    return { kind: 'fetched', body, contentType: type === 'application/octet-stream' ? null : type, name: null };
  } catch (error) {
    if (error instanceof OutgoingError && error.reason === 'size') return tooLarge;
    if (error instanceof OutgoingError) return { kind: 'retry', reason: 'Telegram did not answer.' };
    throw error;
  }
}

/** A path below the token, and nothing that leads elsewhere. */
function isPath(path: string): boolean {
  return path.length <= 1_000 && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
