import { type TestApp, startTestApp } from '../../support/app.js';
import { TestClient, postWebhook } from '../../support/client.js';
import pg from 'pg';
import { type Chance, fromSeed, seeds } from './seed.js';
import { page, textItem, whatsApp, type Account } from './traffic.js';

/** One kind of story: all that is said of one message, of a customer and with ids of its own. */
interface Story {
  readonly name: string;
  readonly account: Account;
  tell(customer: number, id: string): readonly object[];
}

export interface Ends {
  readonly story: string;
  readonly shuffles: number;
  /** Ends that differ from the one of the order in which it happened. */
  readonly different: readonly string[];
}

const began = Math.floor(Date.now() / 1_000) * 1_000 - 1_800_000;
const person = (customer: number) => `8100000${String(customer).padStart(7, '0')}`;
const from = (customer: number, at: number) => ({
  sender: { id: person(customer) },
  recipient: { id: page.id },
  timestamp: began + at,
});
const toCustomer = (customer: number, at: number) => ({
  sender: { id: page.id },
  recipient: { id: person(customer) },
  timestamp: began + at,
});
const reaction = (mid: string, action: string, emoji: string) => ({
  reaction: { mid, action, emoji, reaction: 'other' },
});
const status = (customer: number, id: string, said: string, at: number) => ({
  id,
  status: said,
  timestamp: String((began + at) / 1_000),
  recipient_id: `90570${String(customer).padStart(7, '0')}`,
});

const stories: readonly Story[] = [
  {
    name: 'a Messenger message is edited twice and reacted to',
    account: page,
    tell: (customer, id) => [
      textItem(page, customer, id, 'first', began),
      { ...from(customer, 1_000), message_edit: { mid: id, text: 'second', num_edit: 1 } },
      { ...from(customer, 2_000), message_edit: { mid: id, text: 'third', num_edit: 2 } },
      { ...from(customer, 3_000), ...reaction(id, 'react', '👍') },
      { ...from(customer, 4_000), ...reaction(id, 'react', '❤️') },
    ],
  },
  {
    name: 'a Messenger message is edited and taken back',
    account: page,
    tell: (customer, id) => [
      textItem(page, customer, id, 'first', began),
      { ...from(customer, 1_000), message_edit: { mid: id, text: 'second', num_edit: 1 } },
      { ...from(customer, 2_000), message: { mid: id, is_deleted: true } },
    ],
  },
  {
    name: 'a reaction is given and taken back',
    account: page,
    tell: (customer, id) => [
      textItem(page, customer, id, 'first', began),
      { ...from(customer, 1_000), ...reaction(id, 'react', '👍') },
      { ...from(customer, 2_000), ...reaction(id, 'unreact', '👍') },
    ],
  },
  {
    name: 'the business answers from elsewhere, which is delivered and read',
    account: page,
    tell: (customer, id) => [
      textItem(page, customer, `${id}-question`, 'a question', began),
      { ...toCustomer(customer, 1_000), message: { mid: id, text: 'an answer', is_echo: true, app_id: 1 } },
      { ...from(customer, 2_000), delivery: { mids: [id], watermark: began + 1_000 } },
      { ...from(customer, 3_000), read: { watermark: began + 2_000 } },
    ],
  },
  {
    name: 'a WhatsApp answer from the phone is sent, delivered and read',
    account: whatsApp,
    tell: (customer, id) => [
      textItem(whatsApp, customer, `${id}-question`, 'a question', began),
      {
        echo: {
          from: '905550000001',
          to: `90570${String(customer).padStart(7, '0')}`,
          id,
          timestamp: String(began / 1_000 + 1),
          type: 'text',
          text: { body: 'an answer' },
        },
      },
      { status: status(customer, id, 'sent', 2_000) },
      { status: status(customer, id, 'delivered', 3_000) },
      { status: status(customer, id, 'read', 4_000) },
    ],
  },
];

/** Tells every story `shuffles` times in an order of its own, some parts in one delivery, and compares how it ends. */
async function shuffledStories(chance: Chance, shuffles: number): Promise<Ends[]> {
  const app = await startTestApp({ redis: false });
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  try {
    const client = await connected(app);
    const ends: Ends[] = [];
    for (const [index, story] of stories.entries()) {
      const ids = Array.from(
        { length: shuffles + 1 },
        (_entry, number) => `wamid.w5-${String(index)}-${String(number)}`,
      );
      const rounds: object[][] = [];
      for (const [number, id] of ids.entries()) {
        const parts = story.tell(index * 10_000 + number, id);
        // The first is told in the order in which it happened, one part after the other.
        const order = number === 0 ? parts : chance.shuffled(parts);
        let round = 0;
        for (const [place, part] of order.entries()) {
          // Some parts share a delivery with the one before, some come much later.
          if (place > 0 && (number === 0 || !chance.strikes(0.3))) round += 1 + chance.below(number === 0 ? 1 : 2);
          (rounds[round] ??= []).push(part);
          if (number > 0 && chance.strikes(0.1)) (rounds[round + 1] ??= []).push(part);
        }
      }
      for (const parts of rounds) {
        for (const body of deliveriesOf(story.account, parts ?? [])) {
          const answered = await postWebhook(app.url, body);
          if (answered !== 200) throw new Error(`A delivery was answered ${String(answered)}.`);
        }
        await app.drainDeliveries();
      }
      ends.push(await endsOf(owner, story.name, ids));
    }
    await client.close();
    return ends;
  } finally {
    await owner.end();
    await app.close();
  }
}

async function connected(app: TestApp): Promise<TestClient> {
  const client = await TestClient.signedUp(app.url);
  await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
    input: {
      wabaId: whatsApp.parentId,
      phoneNumberId: whatsApp.id,
      accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
    },
  });
  await client.ask(`mutation ($input: ConnectMessengerInput!) { connectMessenger(input: $input) { id } }`, {
    input: { pageId: page.id, pageAccessToken: 'EAASANDBOXPAGE900000000000001TOKEN' },
  });
  return client;
}

/** Puts parts into deliveries of at most 200, each kind of part where the platform puts it. */
function deliveriesOf(account: Account, parts: readonly object[]): string[] {
  const bodies: string[] = [];
  for (let start = 0; start < parts.length; start += 200) {
    const some = parts.slice(start, start + 200);
    if (account.channel === 'messenger') {
      bodies.push(JSON.stringify({ object: 'page', entry: [{ id: account.id, time: began, messaging: some }] }));
      continue;
    }
    const head = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '905550000001', phone_number_id: account.id },
    };
    // One change for each part, so that their order is the one that was drawn.
    const changes = some.map((part) => {
      if ('echo' in part) return { field: 'smb_message_echoes', value: { ...head, message_echoes: [part.echo] } };
      if ('status' in part && 'echo' in part === false && typeof part.status === 'object')
        return { field: 'messages', value: { ...head, statuses: [part.status] } };
      return { field: 'messages', value: { ...head, messages: [part] } };
    });
    bodies.push(JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: account.parentId, changes }] }));
  }
  return bodies;
}

async function endsOf(owner: pg.Client, story: string, ids: readonly string[]): Promise<Ends> {
  const { rows } = await owner.query<{ id: string; end: string }>(
    `select m.external_id as id,
            jsonb_build_object('text', m.text, 'status', m.status, 'edits', m.edits, 'edited', m.edited_at, 'deleted', m.deleted_at,
              'direction', m.direction, 'sent', m.sent_at, 'unread', c.unread_count, 'read', c.read_by_contact_at,
              'delivered', c.delivered_to_contact_at, 'messages', (select count(*) from messages o where o.conversation_id = c.id),
              'window', c.last_inbound_at, 'waiting', c.waiting_since, 'activity', c.last_activity_at,
              'reactions', (select coalesce(jsonb_agg(jsonb_build_object('by', r.by, 'emoji', r.emoji, 'at', r.at) order by r.at), '[]'::jsonb)
                 from reactions r where r.channel_id = m.channel_id and r.message_external_id = m.external_id),
              'last', (select count(*) from messages o where o.conversation_id = c.id and o.id = c.last_message_id))::text as end
       from messages m join conversations c on c.id = m.conversation_id
      where m.external_id = any ($1)`,
    [ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row.end]));
  const expected = byId.get(ids[0] ?? '');
  const others = ids.slice(1);
  return {
    story,
    shuffles: others.length,
    different: others
      .filter((id) => expected === undefined || byId.get(id) !== expected)
      .map((id) => `${id}: ${byId.get(id) ?? 'not there'} instead of ${expected ?? 'something'}`)
      .slice(0, 3),
  };
}

/** The spec of so many shuffles for each kind of story. */
export function tryShuffles(times: number, usual: readonly number[], spec: string): void {
  describe('W5: what happens to one message, told in any order', () => {
    it.each(seeds(usual))(
      `ends the same ${String(times)} times for each kind of story (seed %d)`,
      async (seed) => {
        const ends = await fromSeed(seed, spec, (chance) => shuffledStories(chance, times));
        expect(ends.map(({ story, different }) => ({ story, different }))).toEqual(
          ends.map(({ story }) => ({ story, different: [] })),
        );
        expect(ends.map(({ shuffles }) => shuffles)).toEqual(ends.map(() => times));
      },
      600_000,
    );
  });
}
