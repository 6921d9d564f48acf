import { InboxUnderTest, type TestInbox, seeded } from '../../../test/support/inbox.js';
import { ConversationStatus } from '../enums.js';
import { type ConversationFilter, ConversationOrder } from './conversation-filter.input.js';
import { ListConversations } from './list-conversations.js';

interface Model {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly priority: number;
  readonly channelId: string;
  readonly assigneeId: string | null;
  readonly tags: readonly string[];
  readonly unread: number;
  readonly spam: boolean;
  readonly mentioned: boolean;
  readonly drafted: boolean;
  /** Microseconds. */
  readonly activity: number;
  readonly waiting: number | null;
  readonly texts: readonly string[];
  readonly name: string;
}

const random = seeded(20_261_122);
const chance = (odds: number) => random() < odds;
const below = (limit: number) => Math.floor(random() * limit);
function pick<Item>(list: readonly Item[]): Item {
  return list[below(list.length)] as Item;
}

const words = ['invoice', 'return', 'shipping', 'Größe', 'iade', 'colour', 'ret'];
const names = ['Grace Hopper', 'Alan Turing', 'Ayşe Öztürk', 'invoice bot'];
const statuses = Object.values(ConversationStatus);
const nobody = '01890000-0000-7000-8000-000000000000';

let under: InboxUnderTest;
let list: ListConversations;
const inboxes: { inbox: TestInbox; channels: string[]; members: string[]; models: Model[] }[] = [];

beforeAll(async () => {
  under = await InboxUnderTest.start();
  list = under.app.app.get(ListConversations);
  for (const name of ['Ada', 'Eve']) inboxes.push(await seed(name));
}, 60_000);

afterAll(() => under.stop());

async function seed(name: string) {
  const inbox = await under.inbox(name);
  const colleague = await under.colleague(inbox, `${name}2`);
  const channels = [inbox.channelId, await under.channel(inbox.workspaceId)];
  const members = [inbox.member.memberId, colleague.member.memberId];
  const models: Model[] = [];
  for (let count = 0; count < 90; count += 1) models.push(await seedOne(inbox, channels, members));
  return { inbox, channels, members, models };
}

const epoch = Date.UTC(2026, 0, 1) * 1_000;
const sqlTime = (micros: number) =>
  `${new Date(Math.floor(micros / 1_000)).toISOString().slice(0, -1)}${String(micros % 1_000).padStart(3, '0')}Z`;

async function seedOne(inbox: TestInbox, channels: string[], members: string[]): Promise<Model> {
  // Few different moments, some a microsecond apart: ties and places that a millisecond cannot tell.
  const moment = () => epoch + below(8) * 1_000_000 + below(3);
  const model = {
    status: pick(statuses),
    priority: below(5),
    channelId: pick(channels),
    assigneeId: chance(0.5) ? pick(members) : null,
    tags: ['vip', 'refund', 'o’clock'].filter(() => chance(0.3)),
    unread: chance(0.5) ? below(4) : 0,
    spam: chance(0.2),
    mentioned: chance(0.3),
    drafted: chance(0.3),
    activity: moment(),
    waiting: chance(0.5) ? moment() : null,
    texts: Array.from({ length: below(3) }, () => `${pick(words)} ${pick(words)}`),
    name: pick(names),
  };
  const contact = await under.contact(inbox.workspaceId, { name: model.name });
  const id = await under.conversation(inbox, {
    contact_id: contact,
    channel_id: model.channelId,
    status: model.status,
    priority: model.priority,
    assignee_id: model.assigneeId,
    tags: model.tags,
    unread_count: model.unread,
    spam: model.spam,
    last_activity_at: sqlTime(model.activity),
    waiting_since: model.waiting === null ? null : sqlTime(model.waiting),
  });
  for (const text of model.texts) await under.message(inbox, id, { text });
  if (model.mentioned || chance(0.3)) {
    const note = await under.message(inbox, id, { text: null, direction: 'NOTE', author: 'MEMBER' });
    // The other member's mentions and those already seen must not count.
    const [mine, other] = members as [string, string];
    const seen = { message_id: note, conversation_id: id, member_id: model.mentioned ? mine : other };
    await under.admin.query(
      'insert into mentions (workspace_id, message_id, conversation_id, member_id) values ($1, $2, $3, $4)',
      [inbox.workspaceId, seen.message_id, seen.conversation_id, seen.member_id],
    );
  }
  if (model.drafted || chance(0.3)) {
    const [mine, other] = members as [string, string];
    await under.admin.query(
      `insert into composer_drafts (workspace_id, member_id, conversation_id, text) values ($1, $2, $3, 'so far')`,
      [inbox.workspaceId, model.drafted ? mine : other, id],
    );
  }
  return { id, ...model };
}

function holds(words: readonly string[], text: string): boolean {
  const tokens = text.toLowerCase().split(' ');
  return words.every((word, index) =>
    tokens.some((token) => (index === words.length - 1 ? token.startsWith(word) : token === word)),
  );
}

function passes(model: Model, filter: ConversationFilter): boolean {
  const searched = filter.search?.toLowerCase().split(' ') ?? [];
  return [
    model.spam === (filter.spam ?? false),
    filter.status?.includes(model.status) ?? true,
    filter.channelIds?.includes(model.channelId) ?? true,
    filter.assigneeId === undefined || filter.assigneeId === model.assigneeId,
    filter.unassigned === undefined || filter.unassigned === (model.assigneeId === null),
    filter.tag === undefined || model.tags.includes(filter.tag ?? ''),
    filter.unread === undefined || filter.unread === model.unread > 0,
    filter.mentioned === undefined || filter.mentioned === model.mentioned,
    filter.drafted === undefined || filter.drafted === model.drafted,
    searched.length === 0 || holds(searched, model.name) || model.texts.some((text) => holds(searched, text)),
  ].every(Boolean);
}

const down = (a: number | string, b: number | string) => (a < b ? 1 : a > b ? -1 : 0);
const byActivity = (a: Model, b: Model) => down(a.activity, b.activity) || down(a.id, b.id);
const orders: Record<ConversationOrder, (a: Model, b: Model) => number> = {
  LAST_ACTIVITY: byActivity,
  PRIORITY: (a, b) => down(a.priority, b.priority) || byActivity(a, b),
  WAITING_LONGEST: (a, b) => {
    if (a.waiting === null || b.waiting === null)
      return a.waiting === b.waiting ? byActivity(a, b) : a.waiting === null ? 1 : -1;
    return -down(a.waiting, b.waiting) || -down(a.id, b.id);
  },
};

function randomFilter(channels: readonly string[], members: readonly string[]): ConversationFilter {
  return {
    ...(chance(0.3) && { status: statuses.filter(() => chance(0.5)) }),
    ...(chance(0.2) && { channelIds: [pick(channels), nobody, 'not an id'].filter(() => chance(0.7)) }),
    ...(chance(0.2) && { assigneeId: pick([...members, nobody, 'not an id']) }),
    ...(chance(0.15) && { unassigned: chance(0.5) }),
    ...(chance(0.15) && { tag: pick(['vip', 'refund', 'o’clock', "'; --"]) }),
    ...(chance(0.2) && { unread: chance(0.5) }),
    ...(chance(0.2) && { spam: chance(0.5) }),
    ...(chance(0.2) && { mentioned: chance(0.5) }),
    ...(chance(0.2) && { drafted: chance(0.5) }),
    ...(chance(0.25) && {
      search: chance(0.5) ? pick(words) : `${pick(words)} ${pick(['inv', 're', 'GRÖ', 'ship', 'hop'])}`,
    }),
  };
}

it('gives what a naive list gives, whatever the filter, the order and the size of the page', async () => {
  let found = 0;
  for (let round = 0; round < 300; round += 1) {
    const { inbox, channels, members, models } = pick(inboxes);
    const filter = randomFilter(channels, members);
    const order = pick(Object.values(ConversationOrder));
    const first = pick([1, 2, 5, 25, 100]);
    const expected = models
      .filter((model) => passes(model, filter))
      .sort(orders[order])
      .map(({ id }) => id);
    const walked: string[] = [];
    let after: string | null = null;
    for (;;) {
      const page = await list.run(inbox.member, { filter, order, first, after });
      walked.push(...page.nodes.map(({ row }) => row.id));
      if (!page.pageInfo.hasNextPage) break;
      expect(page.nodes).toHaveLength(first);
      after = page.pageInfo.endCursor;
    }
    expect({ filter, order, first, walked }).toEqual({ filter, order, first, walked: expected });
    found += expected.length;
  }
  // A model and a list that both find nothing would agree as well.
  expect(found).toBeGreaterThan(1_000);
}, 60_000);

it('finds by addresses and numbers, and takes no operator from what was typed', async () => {
  const inbox = await under.inbox('Joe');
  const contact = await under.contact(inbox.workspaceId, {
    name: 'Joe',
    emails: ['joe@example.com'],
    phones: ['+905551234567'],
  });
  const conversation = await under.conversation(inbox, { contact_id: contact });
  await under.message(inbox, conversation, {
    text: 'See https://shop.example/returns or mail to help@shop.example, order #4711-22',
  });
  const hits = async (search: string) => (await list.run(inbox.member, { filter: { search } })).nodes.length;
  for (const search of [
    'joe@example.com',
    '+905551234567',
    'help@shop.example',
    '4711-22',
    'see mail',
    '  SEE  ',
    "see & ! ( ) ' \\ mai",
  ]) {
    expect([search, await hits(search)]).toEqual([search, 1]);
  }
  for (const search of [
    'joe | see',
    'see <-> nothing',
    "x' | 'see",
    '!see2',
    '&&& :* |',
    '\u0000',
    'see\u0000nothing',
    'a'.repeat(5_000),
  ]) {
    expect([search, await hits(search)]).toEqual([search, 0]);
  }
});

it('takes only its own cursors', async () => {
  const { inbox } = inboxes[0] as (typeof inboxes)[0];
  const page = await list.run(inbox.member, { first: 1 });
  const after = page.pageInfo.endCursor;
  const cursors = [
    'x',
    '',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('{"length":5}').toString('base64url'),
    Buffer.from(JSON.stringify(['LAST_ACTIVITY', 'a', 0, '2026-02-31 00:00:00.000000', nobody])).toString('base64url'),
    Buffer.from(JSON.stringify(['LAST_ACTIVITY', 'a', 0, "2026-02-01'", nobody])).toString('base64url'),
  ];
  for (const broken of cursors)
    await expect(list.run(inbox.member, { after: broken })).rejects.toMatchObject({ field: 'after' });
  await expect(list.run(inbox.member, { after, order: ConversationOrder.PRIORITY })).rejects.toMatchObject({
    field: 'after',
  });
  await expect(list.run(inbox.member, { first: 101 })).rejects.toMatchObject({ field: 'first' });
});
