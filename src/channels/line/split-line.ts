import type { BrokenPart, SplitDelivery, SplitItem } from '../delivery-splitter.js';
import { ChannelKind } from '../enums.js';
import { parseJson } from '../wire/parse-json.js';
import { isJson } from '../wire/reading.js';
import { addressName, openCall } from '../webhooks/delivery-envelope.js';

/** Cuts one stored call into its events, each in an envelope of its own. */
export function splitLineDelivery(stored: Buffer): SplitDelivery {
  const call = openCall(stored);
  const account = call === null ? null : addressName(call.channelId);
  const whole = (reason: string): SplitDelivery => ({
    items: [],
    broken: [{ account, reason, body: stored }],
    unknown: [],
  });
  if (call === null || account === null) return whole('it names no channel');
  let body: unknown;
  try {
    body = parseJson(call.body);
  } catch (error) {
    return whole(error instanceof Error ? error.message : 'it cannot be read');
  }
  // LINE tries an address with a list of none.
  const events = isJson(body) ? body['events'] : null;
  if (!Array.isArray(events)) return whole('events is not a list');
  const items: SplitItem[] = [];
  const broken: BrokenPart[] = [];
  for (const event of events as unknown[]) {
    const payload = { channel: call.channelId, body: { events: [event] } };
    if (isJson(event)) items.push({ account, kind: ChannelKind.LINE, topic: 'messages', payload });
    else
      broken.push({ account, reason: 'events is not a list of objects', body: Buffer.from(JSON.stringify(payload)) });
  }
  return { items, broken, unknown: [] };
}
