import type { SplitDelivery } from '../delivery-splitter.js';
import { ChannelKind } from '../enums.js';
import { isJson } from '../wire/reading.js';
import { addressName, openCall } from '../webhooks/delivery-envelope.js';
import { readMail } from './read-mail.js';

/** Takes a stored mail apart. One that was set aside holds what was read of it, and is handed on as it is. */
export async function splitEmailDelivery(stored: Buffer): Promise<SplitDelivery> {
  const call = openCall(stored);
  const account = call === null ? null : addressName(call.channelId);
  const broken = (reason: string): SplitDelivery => ({
    items: [],
    broken: [{ account, reason, body: stored }],
    unknown: [],
  });
  if (call === null || account === null) return broken('it names no channel');
  let body: unknown;
  try {
    body = JSON.parse(call.body.toString());
  } catch {
    return broken('it is not JSON');
  }
  if (!isJson(body)) return broken('it is not an object');
  let mail = body['mail'];
  if (typeof mail === 'string') {
    try {
      mail = await readMail(Buffer.from(mail, 'base64'));
    } catch (error) {
      return broken(`the mail cannot be taken apart (${error instanceof Error ? error.name : 'unknown'})`);
    }
  }
  const payload = { channel: call.channelId, body: { ...body, mail } };
  return { items: [{ account, kind: ChannelKind.EMAIL, topic: 'messages', payload }], broken: [], unknown: [] };
}
