import type { BadWebhooks } from './bad-webhooks.js';
import { Members, Raw, rawJson } from './raw-json.js';

const page = '900000000000001';
const number = '660000000000001';

/** A Messenger delivery with these items. */
export function pageDelivery(items: readonly unknown[]): Buffer {
  return Buffer.from(rawJson({ object: 'page', entry: [{ id: page, time: Date.now(), messaging: items }] }));
}

/** A message of Messenger; members may be replaced, also by what is not JSON as JavaScript knows it. */
export function pageItem(
  mid: unknown,
  text: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const sender = { id: '7100000000000001' };
  return { sender, recipient: { id: page }, timestamp: Date.now(), message: { mid, text }, ...more };
}

/** A batch of WhatsApp messages as large as Meta sends: some 19,000 keys. */
export function largeWhatsAppBatch(messages: number): Buffer {
  const metadata = { display_phone_number: '905550000001', phone_number_id: number };
  const entry = Array.from({ length: messages }, (_, index) => ({
    id: '770000000000001',
    changes: [
      {
        field: 'messages',
        value: {
          messaging_product: 'whatsapp',
          metadata,
          contacts: [{ profile: { name: 'Ada' }, wa_id: '905550000099' }],
          messages: [
            {
              from: '905550000099',
              id: `wamid.large-${String(index)}`,
              timestamp: String(Math.floor(Date.now() / 1_000)),
              type: 'text',
              text: { body: `line ${String(index)}` },
            },
          ],
        },
      },
    ],
  }));
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry }));
}

interface Stored {
  readonly text: string | null;
  readonly sent_at: Date;
  readonly sender: string;
}

/** The message that the platform calls so, straight from its row; null where none was stored. */
export async function storedMessage(bad: BadWebhooks, externalId: string): Promise<Stored | null> {
  const { rows } = await bad.owner.query<Stored>(
    `select m.text, m.sent_at, i.external_id as sender from messages m
       join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
       join contact_identities i on i.workspace_id = c.workspace_id and i.thread_key = c.thread_key
      where m.external_id = $1`,
    [externalId],
  );
  return rows[0] ?? null;
}

const manyKeys = (keys: number) => `{${Array.from({ length: keys }, (_, index) => `"k${String(index)}":1`).join(',')}}`;
const list = (what: string, times: number) => `[${`${what},`.repeat(times - 1)}${what}]`;
const inPage = (entry: string) => Buffer.from(`{"object":"page","entry":${entry}}`);
const messaging = (items: string) => inPage(`[{"id":"${page}","time":1,"messaging":${items}}]`);

/** Bodies made to cost much for their size, and what has to become of each: so many parts set aside, or 413. */
export const costly: Readonly<Record<string, { readonly body: () => Buffer; readonly aside: number | '413' }>> = {
  '5,000 lists in one another': { body: () => Buffer.from('['.repeat(5_000) + ']'.repeat(5_000)), aside: 1 },
  '1,400,000 brackets that are never closed': { body: () => Buffer.from('['.repeat(1_400_000)), aside: 1 },
  '5,000 objects in one another': {
    body: () => messaging(`[${'{"a":'.repeat(5_000)}0${'}'.repeat(5_000)}]`),
    aside: 1,
  },
  '240,000 keys': { body: () => messaging(`[${manyKeys(240_000)}]`), aside: 1 },
  '1,000,000 keys': { body: () => messaging(`[${manyKeys(1_000_000)}]`), aside: '413' },
  'ten million bytes': { body: () => Buffer.alloc(10_000_000, 'x'), aside: '413' },
  'one byte too many': { body: () => Buffer.alloc(3_000_001, ' '), aside: '413' },
  'nothing but spaces': { body: () => Buffer.alloc(3_000_000, ' '), aside: 1 },
  'nothing at all': { body: () => Buffer.alloc(0), aside: 1 },
  'a million entries that are none': { body: () => inPage(list('0', 1_000_000)), aside: 1 },
  'nine hundred thousand items that are empty': { body: () => messaging(list('{}', 900_000)), aside: 1 },
  'thirty thousand items that are none': { body: () => messaging(list('0', 30_000)), aside: 1 },
  'thirty thousand items that nobody understands': { body: () => messaging(list('{"message":1}', 30_000)), aside: 1 },
  'thirty thousand items that are empty': { body: () => messaging(list('{}', 30_000)), aside: 1 },
  'thirty thousand changes of WhatsApp': {
    body: () =>
      Buffer.from(`{"object":"whatsapp_business_account","entry":[{"id":"1","changes":${list('{}', 30_000)}}]}`),
    aside: 1,
  },
  'four thousand items that nobody understands': { body: () => messaging(list('{"message":1}', 4_000)), aside: 1 },
  'a number of two million digits': { body: () => messaging(`[{"timestamp":${'9'.repeat(2_000_000)}}]`), aside: 1 },
  'a string of three million backslashes': { body: () => messaging(`["${'\\'.repeat(2_900_000)}"]`), aside: 1 },
  'the same key forty thousand times': {
    body: () => Buffer.from(rawJson(new Members(Array.from({ length: 39_000 }, () => ['object', 'page'] as const)))),
    aside: 1,
  },
  'the key __proto__ at every level': {
    body: () =>
      pageDelivery([
        new Raw(
          '{"__proto__":{"message":{"mid":"m_proto"}},"constructor":{"prototype":{"polluted":1}},"sender":{"id":"1"}}',
        ),
      ]),
    aside: 0,
  },
};
