import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { StatementCounter } from '../../../test/support/statement-counter.js';
import { newId } from '../../platform/database/index.js';
import { ConversationStatus } from '../enums.js';
import { UpdateConversations, type WantedChange } from './update-conversations.js';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly tags: string[];
  readonly priority: string;
  readonly spam: boolean;
  readonly snoozedUntil: string | null;
  readonly assignee: { readonly user: { readonly name: string } } | null;
}
interface Outcome {
  readonly changed: Shown[];
  readonly refused: { readonly id: string; readonly code: string }[];
}

let database: TestDatabase;
let counter: StatementCounter;
let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  database = await createTestDatabase();
  counter = await StatementCounter.start(database.appUrl);
  // The jobs of a worker would be counted with the changes.
  const environment = { ROLE: 'api' };
  under = await InboxUnderTest.start({ redis: false, database: { ...database, appUrl: counter.url }, environment });
  ({ ada, bob, vic } = await under.team());
}, 60_000);
afterAll(async () => {
  await under.stop();
  await counter.stop();
  await database.drop();
});

const mutation = `mutation ($ids: [ID!]!, $status: ConversationStatus, $until: DateTime, $add: [String!], $remove: [String!], $priority: Priority, $spam: Boolean) {
  updateConversations(ids: $ids, status: $status, snoozedUntil: $until, addTags: $add, removeTags: $remove, priority: $priority, spam: $spam) {
    changed { id status tags priority spam snoozedUntil assignee { user { name } } } refused { id code } } }`;
const assign = `mutation ($ids: [ID!]!, $to: ID) { updateConversations(ids: $ids, assigneeId: $to) {
    changed { id assignee { user { name } } } refused { id code } } }`;
const update = async ({ client }: TestInbox, variables: Record<string, unknown>, document = mutation) =>
  (await client.ask<{ updateConversations: Outcome }>(document, variables)).updateConversations;
async function several(count: number, more: Record<string, unknown> = {}): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await under.conversation(ada, more));
  return ids;
}

it('changes what is said, leaves the rest, and tells each change once', async () => {
  const ids = await several(3, { tags: ['old', 'vip'], waiting_since: new Date() });
  const before = await under.position(ada);
  const { changed, refused } = await update(ada, {
    ids,
    status: 'RESOLVED',
    add: [' new ', 'vip'],
    remove: ['old', 'none'],
    priority: 'HIGH',
  });
  expect(refused).toEqual([]);
  expect(changed.map(({ id }) => id)).toEqual(ids);
  for (const one of changed)
    expect(one).toMatchObject({
      status: 'RESOLVED',
      tags: ['vip', 'new'],
      priority: 'HIGH',
      spam: false,
      assignee: null,
    });
  const told = await under.feed(ada.workspaceId, before);
  expect(told.map(({ kind, ids: [id] }) => [kind, id]).sort()).toEqual(
    ids.map((id) => ['ConversationChanged', id]).sort(),
  );
  const { rows } = await under.admin.query('select from conversations where id = any ($1) and waiting_since is null', [
    ids,
  ]);
  expect(rows).toHaveLength(3);
  // As they are already, they are not told again.
  expect((await update(ada, { ids, status: 'RESOLVED', priority: 'HIGH' })).changed).toHaveLength(3);
  expect(await under.feed(ada.workspaceId, before)).toHaveLength(3);
});

it('names what it could not change, and changes the others', async () => {
  const full = await under.conversation(ada, { tags: Array.from({ length: 20 }, (_, n) => `tag ${String(n)}`) });
  const [fine = ''] = await several(1);
  const eve = await under.inbox('Eve');
  const theirs = await under.conversation(eve);
  const ids = [theirs, full, 'no id', fine.toUpperCase(), newId(), fine];
  const { changed, refused } = await update(ada, { ids, add: ['more'] });
  expect(changed).toMatchObject([{ id: fine, tags: ['more'] }]);
  expect(refused).toEqual([
    { id: theirs, code: 'NOT_FOUND' },
    { id: full, code: 'BAD_USER_INPUT' },
    { id: 'no id', code: 'NOT_FOUND' },
    { id: ids[4], code: 'NOT_FOUND' },
  ]);
  const { rows } = await under.admin.query<{ tags: string[] }>('select tags from conversations where id = $1', [
    theirs,
  ]);
  expect(rows).toEqual([{ tags: [] }]);
});

it('assigns, frees, and tells who gets them once', async () => {
  const ids = await several(4);
  const { changed } = await update(ada, { ids, to: bob.member.memberId }, assign);
  expect(changed.map(({ assignee }) => assignee?.user.name)).toEqual(['Bob', 'Bob', 'Bob', 'Bob']);
  await under.admin.query('update users set email_verified_at = now() where id = $1', [bob.member.userId]);
  await update(ada, { ids, to: null }, assign);
  await update(ada, { ids, to: bob.member.memberId }, assign);
  const { rows } = await under.admin.query(
    `select count, conversation_id from notifications where workspace_id = $1 and member_id = $2 and kind = 'ASSIGNED' and way = 'MAIL'`,
    [ada.workspaceId, bob.member.memberId],
  );
  expect(rows).toEqual([{ count: 4, conversation_id: null }]);
  // What is left out stays.
  expect((await update(ada, { ids, priority: 'LOW' })).changed[0]?.assignee).toEqual({ user: { name: 'Bob' } });
  expect((await update(ada, { ids, to: null }, assign)).changed[0]?.assignee).toBeNull();
  expect(await ada.client.refusal(assign, { ids, to: newId() })).toBe('NOT_FOUND');
});

it('snoozes with a timer each, and takes the timers back', async () => {
  const ids = await several(2);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const timers = async () =>
    (await under.admin.query(`select from due where kind = 'wake-conversation' and row_id = any ($1)`, [ids])).rows
      .length;
  const snoozed = await update(ada, { ids, status: 'SNOOZED', until });
  expect(snoozed.changed.map(({ snoozedUntil }) => snoozedUntil)).toEqual([until, until]);
  expect(await timers()).toBe(2);
  // A change of something else leaves them asleep.
  expect((await update(ada, { ids, priority: 'LOW' })).changed[0]).toMatchObject({
    status: 'SNOOZED',
    snoozedUntil: until,
  });
  expect(await timers()).toBe(2);
  expect((await update(ada, { ids, status: 'OPEN' })).changed[0]).toMatchObject({ status: 'OPEN', snoozedUntil: null });
  expect(await timers()).toBe(0);
});

it('refuses what cannot be, and changes nothing', async () => {
  const ids = await several(1);
  const before = await under.position(ada);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const cases = [
    { ids, status: 'SNOOZED' },
    { ids, until },
    { ids, status: 'OPEN', until },
    { ids, add: ['x'.repeat(51)] },
    { ids: Array.from({ length: 201 }, () => newId()), status: 'OPEN' },
  ];
  for (const variables of cases)
    expect([variables, await ada.client.refusal(mutation, variables)]).toEqual([variables, 'BAD_USER_INPUT']);
  expect(await vic.client.refusal(mutation, { ids, status: 'OPEN' })).toBe('FORBIDDEN');
  expect(await under.position(ada)).toBe(before);
});

it('asks the database no more for 200 than for 2, every change at once', async () => {
  const run = under.app.app.get(UpdateConversations);
  const change: WantedChange = {
    status: ConversationStatus.SNOOZED,
    snoozedUntil: new Date(Date.now() + 3_600_000),
    assigneeId: bob.member.memberId,
    addTags: ['many'],
    spam: true,
  };
  const cost = async (count: number) => {
    const ids = await several(count);
    const counts = await counter.during(() => run.run(ada.member, { ip: '127.0.0.1' } as never, ids, change));
    const entries = await under.admin.query(
      `select from audit_entries where action = 'conversation.mark-spam' and target = any ($1)`,
      [ids],
    );
    expect(entries.rows).toHaveLength(count);
    return counts.completed;
  };
  await cost(1);
  const few = await cost(2);
  expect(await cost(200)).toBe(few);
  expect(few).toBeLessThan(15);
}, 30_000);
