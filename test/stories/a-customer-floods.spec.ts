import { uuidAt } from '../../src/platform/database/index.js';

import { eventually, postWebhook } from '../support/client.js';
import { DraftsUnderTest, faq } from '../support/drafts.js';
import { PushService } from '../support/push-service.js';
import { whatsAppEvent } from './meta-story.js';

const [waba, number] = ['770000000000001', '660000000000001'];
const question = 'Can I return the shoes that were delivered?';
const createBot = `mutation ($input: BotInput!) { createBot(input: $input) { id } }`;
const addKnowledge = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
const registerPush = `mutation ($endpoint: String!, $p256dh: String!, $auth: String!) {
  registerPush(endpoint: $endpoint, p256dh: $p256dh, auth: $auth) }`;
const list = `{ conversations(first: 50) { nodes { id flooding unreadCount draft { text } contact { identities { externalId } } } } }`;

interface Listed {
  readonly id: string;
  readonly flooding: boolean;
  readonly unreadCount: number;
  readonly draft: { readonly text: string } | null;
  readonly contact: { readonly identities: readonly { readonly externalId: string }[] };
}

/** One delivery with all that these customers write at this moment. */
const delivery = (customer: string, count: number, from = 0) =>
  whatsAppEvent(waba, number, {
    contacts: [{ wa_id: customer, profile: { name: 'Deniz' } }],
    messages: Array.from({ length: count }, (_, index) => ({
      from: customer,
      id: `wamid.${customer}.${String(from + index)}`,
      timestamp: String(Math.floor(Date.now() / 1_000)),
      type: 'text',
      text: { body: question },
    })),
  });

describe('a customer who floods', () => {
  let drafts: DraftsUnderTest;
  let service: PushService;

  beforeAll(async () => {
    service = await PushService.start();
    drafts = await DraftsUnderTest.start({ PUSH_SERVICES: service.url });
    await drafts.client.ask(addKnowledge, { input: { kind: 'FAQ', title: 'Questions', faq } });
    await drafts.client.ask(createBot, { input: { name: 'Ada', mode: 'DRAFT', channelIds: [drafts.channelId] } });
  }, 60_000);
  afterAll(async () => {
    await drafts.stop();
    await service.stop();
  });

  const of = async (customer: string): Promise<Listed | null> => {
    const { conversations } = await drafts.client.ask<{ conversations: { nodes: Listed[] } }>(list);
    const [found, ...more] = conversations.nodes.filter(({ contact }) =>
      contact.identities.some(({ externalId }) => externalId.includes(customer)),
    );
    expect(more).toEqual([]);
    return found ?? null;
  };
  const count = async (query: string, ...values: readonly unknown[]): Promise<number> =>
    (await drafts.owner.query<{ n: number }>(`select count(*)::int as n from ${query}`, [...values])).rows[0]?.n ?? 0;

  it('loses nothing, is told of once and drafted for once at most, while others are served as always', async () => {
    const browser = service.browser();
    await drafts.client.ask(registerPush, browser.subscription);
    for (let sent = 0; sent < 300; sent += 100)
      expect(await postWebhook(drafts.app.url, delivery('905550000777', 100, sent))).toBe(200);
    expect(await postWebhook(drafts.app.url, delivery('905550000778', 1))).toBe(200);
    const flood = await eventually(async () => {
      const found = await of('905550000777');
      return found?.unreadCount === 300 ? found : null;
    });
    expect(await count('messages where conversation_id = $1', flood.id)).toBe(300);
    expect(flood.flooding).toBe(true);
    // The other customer has their draft, and no part in it.
    const other = await eventually(async () => {
      const found = await of('905550000778');
      return found?.draft ? found : null;
    });
    expect(other).toMatchObject({ flooding: false, draft: { text: faq[0]?.answer } });
    // Drafting for the one waits until it is over; what it had drafted before that was known is one at most.
    await eventually(async () =>
      (await count(`due where row_id = $1 and kind = 'draft-reply' and due_at > now() + interval '20 s'`, flood.id)) ===
      1
        ? true
        : null,
    );
    expect(await count('drafts where conversation_id = $1', flood.id)).toBeLessThanOrEqual(1);
    // Two conversations began: two pushes at most, and no mail.
    await eventually(async () => (browser.read().length > 0 ? true : null));
    expect(browser.read().length).toBeLessThanOrEqual(2);
    expect(await count(`notifications where way = 'MAIL'`)).toBe(0);
  }, 60_000);

  it.each([
    ['sixty within the minute', 60, 0, 'INBOUND', false],
    ['sixty-one within the minute', 61, 0, 'INBOUND', true],
    ['three hundred before the minute', 300, 61_000, 'INBOUND', false],
    ['three hundred of our own', 300, 0, 'OUTBOUND', false],
  ])('is told by a minute of what the customer wrote: %s', async (_, messages, age, direction, flooding) => {
    const customer = `90555${String(messages)}${String(age)}${direction.length}`;
    expect(await postWebhook(drafts.app.url, delivery(customer, 1))).toBe(200);
    const { id } = await eventually(() => of(customer));
    // The message that made the conversation counts as the first.
    const before = direction === 'INBOUND' && age === 0 ? 1 : 0;
    const ids = Array.from({ length: messages - before }, () => uuidAt(Date.now() - age - 1_000));
    await drafts.owner.query(
      `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, sent_at)
       select c.workspace_id, new.id, c.id, c.channel_id, $3, $4, 'TEXT', $5, 'again', now() from conversations c, unnest($2::uuid[]) as new (id)
        where c.id = $1`,
      direction === 'INBOUND' ? [id, ids, direction, 'CONTACT', 'RECEIVED'] : [id, ids, direction, 'MEMBER', 'SENT'],
    );
    expect(await of(customer)).toMatchObject({ id, flooding });
  });

  it('is drafted for when it is over', async () => {
    const customer = '905550000777';
    const flood = await of(customer);
    // As if the minute had passed: what was written is dated back, but for its last question.
    await drafts.owner.query(
      `delete from messages m using conversations c where c.id = $1 and m.conversation_id = c.id and m.id <> c.last_message_id
          and m.id <> c.last_inbound_id`,
      [flood?.id],
    );
    expect(await of(customer)).toMatchObject({ flooding: false });
    await drafts.owner.query(`update due set due_at = now() where row_id = $1 and kind = 'draft-reply'`, [flood?.id]);
    const draft = await eventually(async () => (await of(customer))?.draft ?? null, 20_000);
    expect(draft.text).toBe(faq[0]?.answer);
  }, 40_000);
});
