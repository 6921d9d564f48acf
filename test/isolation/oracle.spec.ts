import { newId } from '../../src/platform/database/index.js';
import { InboxUnderTest, type TestInbox, seeded } from '../support/inbox.js';

const filters = 500;
const seed = Number(process.env['SEED'] ?? 20_261_122);
const canary = 'quetzalcoatlus';
const words = ['otter', 'badger', 'heron', 'otter badger'];

// Asked in turn: a third of the filters each.
const documents = [
  `query ($filter: ConversationFilter, $order: ConversationOrder, $first: Int) {
    conversations(filter: $filter, order: $order, first: $first) { totalCount pageInfo { hasNextPage endCursor } nodes { id tags contact { name } lastMessage { text } } }
    inboxCounts { open unassigned mine unread mentioned }
  }`,
  `query ($search: String, $tag: String, $first: Int) {
    contacts(search: $search, tag: $tag, first: $first) { totalCount pageInfo { hasNextPage endCursor } nodes { id name emails tags } }
  }`,
  `query ($words: String!, $first: Int) {
    searchMessages(query: $words, first: $first) { pageInfo { hasNextPage endCursor } nodes { id text } }
  }`,
] as const;

/** What B has, A's answers do not show by as much as a byte: they are compared from before B was there to after. */
describe(`filters, sorts, searches and counts (SEED=${String(seed)})`, () => {
  let under: InboxUnderTest;
  let ada: TestInbox;
  let eve: TestInbox;
  const random = seeded(seed);
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

  beforeAll(async () => {
    under = await InboxUnderTest.start({ redis: false });
    ada = await under.inbox('Ada');
    eve = await under.inbox('Eve');
    await furnish(ada, words, 30);
  }, 60_000);
  afterAll(() => under.stop());

  async function furnish(inbox: TestInbox, texts: readonly string[], count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const text = texts[index % texts.length] ?? '';
      const contact_id = await under.contact(inbox.workspaceId, {
        name: `${text} ${String(index)}`,
        tags: [text.slice(0, 40)],
        emails: [`${String(index)}@${text.split(' ')[0] ?? ''}.example`],
      });
      const id = await under.conversation(inbox, {
        contact_id,
        status: ['OPEN', 'PENDING', 'RESOLVED'][index % 3],
        tags: [text.slice(0, 40)],
        priority: index % 4,
        unread_count: index % 3,
        assignee_id: index % 2 === 0 ? inbox.member.memberId : null,
        last_activity_at: new Date(Date.UTC(2026, 0, 1, 0, index)),
      });
      await under.message(inbox, id, { text });
    }
  }

  /** Part of a word, or what a search engine might take for more than a word. */
  function searched(): string {
    const word = one([...words, canary, canary.slice(0, 5), canary.slice(3), 'q', 'a']);
    return one([
      word,
      word,
      `${word}:*`,
      `%${word.slice(1)}%`,
      `_${word.slice(1)}`,
      `${word} | otter`,
      `!otter & ${word}`,
      `"${word}"`,
      `-${word}`,
      `${word}*`,
    ]);
  }

  function madeUp(): Record<string, unknown> {
    const maybe = (value: () => unknown) => (random() < 0.4 ? value() : undefined);
    const filter = {
      status: maybe(() => [one(['OPEN', 'PENDING', 'SNOOZED', 'RESOLVED'])]),
      assigneeId: maybe(() => one([ada.member.memberId, eve.member.memberId, newId()])),
      unassigned: maybe(() => random() < 0.5),
      channelIds: maybe(() => [one([ada.channelId, eve.channelId, newId()]), eve.channelId]),
      tag: maybe(() => one([...words, canary, canary.toUpperCase()])),
      search: maybe(searched),
      unread: maybe(() => random() < 0.5),
      mentioned: maybe(() => random() < 0.5),
      spam: maybe(() => random() < 0.3),
    };
    return {
      filter,
      order: one(['LAST_ACTIVITY', 'WAITING_LONGEST', 'PRIORITY']),
      first: one([1, 5, 100]),
      search: maybe(searched),
      tag: maybe(() => one([...words, canary])),
      words: searched(),
    };
  }

  it('T10: tell A the same before and after B has filled its inbox with what A looks for [promise 23]', async () => {
    const asked = Array.from({ length: filters }, madeUp);
    const answers = async () => {
      const given: string[] = [];
      for (const [index, variables] of asked.entries()) {
        const answer = await ada.client.post(documents[index % documents.length] ?? '', variables);
        given.push(JSON.stringify(answer).replace(/"requestId":"[^"]*"/g, ''));
      }
      return given;
    };
    const before = await answers();
    await furnish(eve, [canary, `otter ${canary}`, 'otter', 'badger heron'], 60);
    const after = await answers();
    const differing = after.flatMap((text, index) =>
      text === before[index] ? [] : [`${JSON.stringify(asked[index])}: ${text} instead of ${String(before[index])}`],
    );
    expect(differing.slice(0, 5)).toEqual([]);
    expect(after.filter((text) => text.includes(canary) || text.includes('"errors"'))).toEqual([]);
    // The filters let something through, and B would have found what A looked for.
    expect(after.filter((text) => text.includes('otter')).length).toBeGreaterThan(filters / 8);
    const { searchMessages } = await eve.client.ask<{ searchMessages: { nodes: unknown[] } }>(
      '{ searchMessages(query: "quetzal", first: 100) { nodes { id } } }',
    );
    expect(searchMessages.nodes.length).toBeGreaterThan(20);
  }, 180_000);

  it('T10: count as many as there are', async () => {
    const { rows } = await under.admin.query<{ open: number; contacts: number }>(
      `select (select count(*)::int from conversations where workspace_id = $1 and status = 'OPEN') as open,
              (select count(*)::int from contacts where workspace_id = $1) as contacts`,
      [ada.workspaceId],
    );
    const counted = await ada.client.ask<{
      inboxCounts: { open: number };
      contacts: { totalCount: number | null; nodes: unknown[] };
    }>('{ inboxCounts { open } contacts(first: 100) { totalCount nodes { id } } }');
    expect([counted.inboxCounts.open, counted.contacts.nodes.length]).toEqual([rows[0]?.open, rows[0]?.contacts]);
    expect([null, rows[0]?.contacts]).toContain(counted.contacts.totalCount);
  });
});
