import type { BrokenPart, SplitDelivery, SplitItem } from '../delivery-splitter.js';
import { ChannelKind } from '../enums.js';
import { accountNames, brokenPart, itemsOf, lengthOf, reasonOf } from './envelope.js';
import { parseJson } from '../wire/parse-json.js';
import { type Json, UnreadableItem, idAt, isJson, wordOf } from '../wire/reading.js';
import { countWhatsAppItems, splitWhatsAppEntry } from './split-whatsapp.js';

const pageLists = ['messaging', 'standby', 'changes'] as const;

/** Fields of `changes[]` that carry what `messaging[]` usually does. */
const messageFields = new Set([
  'messages',
  'message_echoes',
  'message_edits',
  'message_edit',
  'message_reactions',
  'message_reads',
  'message_deliveries',
  'messaging_postbacks',
  'messaging_referral',
  'messaging_referrals',
  'messaging_seen',
  'standby',
]);

/** Entries and what is in them; Meta sends at most a thousand updates in one call. */
const mostItems = 5_000;

/** Cuts one webhook body into items, each in an envelope of its own. */
export function splitMetaDelivery(body: Buffer): SplitDelivery {
  let envelope: unknown;
  try {
    envelope = parseJson(body);
  } catch (error) {
    return { items: [], broken: [{ account: null, reason: reasonOf(error), body }], unknown: [] };
  }
  if (!isJson(envelope))
    return { items: [], broken: [{ account: null, reason: 'it is not an object', body }], unknown: [] };
  const object = envelope['object'];
  if (object !== 'page' && object !== 'instagram' && object !== 'whatsapp_business_account') {
    return { items: [], broken: [], unknown: [`object:${wordOf(object)}`] };
  }
  if (!Array.isArray(envelope['entry']))
    return { items: [], broken: [{ account: null, reason: 'entry is not a list', body }], unknown: [] };
  const entries = envelope['entry'] as unknown[];
  // Counted before any is made: tens of thousands that are empty are short to write, and long to make.
  const count = object === 'whatsapp_business_account' ? countWhatsAppItems : countPageItems;
  if (entries.reduce<number>((sum, entry) => sum + 1 + count(entry), 0) > mostItems) {
    const reason = `it has more than ${String(mostItems)} items`;
    return { items: [], broken: [{ account: null, reason, body }], unknown: [] };
  }
  const items: SplitItem[] = [];
  const broken: BrokenPart[] = [];
  for (const entry of entries) {
    // One entry that is not as documented stops none of the others.
    const part = object === 'whatsapp_business_account' ? splitWhatsAppEntry(entry) : splitPageEntry(object, entry);
    // Not spread into push: an entry may hold more than a call takes.
    for (const item of part.items) items.push(item);
    for (const one of part.broken) broken.push(one);
  }
  return { items, broken, unknown: [] };
}

function countPageItems(entry: unknown): number {
  return isJson(entry) ? pageLists.reduce((sum, list) => sum + lengthOf(entry[list]), 0) : 0;
}

function splitPageEntry(object: 'page' | 'instagram', entry: unknown): { items: SplitItem[]; broken: BrokenPart[] } {
  const items: SplitItem[] = [];
  const broken: BrokenPart[] = [];
  let account: string | null = null;
  try {
    if (!isJson(entry)) throw new UnreadableItem('entry', 'an object');
    account = accountNames[object](idAt(entry, 'id'));
    const kind = object === 'page' ? ChannelKind.MESSENGER : ChannelKind.INSTAGRAM;
    const head = { id: entry['id'], time: entry['time'] };
    for (const list of pageLists) {
      try {
        for (const item of itemsOf(entry, list)) {
          const own = { ...head, [list]: [item] };
          if (!isJson(item))
            broken.push(brokenPart(object, own, account, new UnreadableItem(list, 'a list of objects')));
          else items.push({ account, kind, topic: topicOf(list, item), payload: { object, entry: [own] } });
        }
      } catch (error) {
        broken.push(brokenPart(object, { ...head, [list]: entry[list] }, account, error));
      }
    }
  } catch (error) {
    broken.push(brokenPart(object, entry, account, error));
  }
  return { items, broken };
}

function topicOf(list: (typeof pageLists)[number], item: Json): string {
  if (list !== 'changes') return 'messages';
  const field = item['field'];
  if (field === 'leadgen') return 'leadgen';
  return typeof field === 'string' && messageFields.has(field) ? 'messages' : 'other';
}
