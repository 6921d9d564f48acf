import type { SplitDelivery, SplitItem } from '../delivery-splitter.js';
import { ChannelKind } from '../enums.js';
import { parseJson } from '../wire/parse-json.js';
import { type Json, isJson } from '../wire/reading.js';
import { addressName, openCall } from '../webhooks/delivery-envelope.js';
import { chatOf, updateOf } from './telegram-update.js';

/** What Telegram has to be told because of an update: a button was pressed, a group was joined. */
export const errandsTopic = 'telegram-errands';

/** Cuts one stored call into its items: Telegram sends one update a call. */
export function splitTelegramDelivery(stored: Buffer): SplitDelivery {
  const call = openCall(stored);
  const account = call === null ? null : addressName(call.channelId);
  const broken = (reason: string): SplitDelivery => ({
    items: [],
    broken: [{ account, reason, body: stored }],
    unknown: [],
  });
  if (call === null || account === null) return broken('it names no channel');
  let update: unknown;
  try {
    update = parseJson(call.body);
  } catch (error) {
    return broken(error instanceof Error ? error.message : 'it cannot be read');
  }
  if (!isJson(update)) return broken('it is not an object');
  const payload = { channel: call.channelId, body: update };
  const item = (topic: string): SplitItem => ({ account, kind: ChannelKind.TELEGRAM, topic, payload });
  const items = [item('messages')];
  if (asksForAnErrand(update)) items.push(item(errandsTopic));
  return { items, broken: [], unknown: [] };
}

function asksForAnErrand(update: Json): boolean {
  const found = updateOf(update);
  if (found === null) return false;
  try {
    return found.name === 'callback_query' || chatOf(found)?.isPrivate === false;
  } catch {
    // Its chat cannot be read, which whoever interprets it finds as well, and says.
    return false;
  }
}
