import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { newId } from '../../../platform/database/index.js';
import { LetGoOfMemberWorker } from '../let-go-of-member.worker.js';

interface View {
  readonly id: string;
  readonly name: string;
  readonly shared: boolean;
  readonly order: string;
  readonly filter: Readonly<Record<string, unknown>>;
}

let under: InboxUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  bob = await under.colleague(ada, 'Bob');
  vic = await under.colleague(ada, 'Vic', 'VIEWER');
}, 60_000);
afterAll(() => under.stop());

const fields =
  '{ id name shared order filter { status channelIds assigneeId unassigned tag unread spam mentioned drafted search } }';
const nothing = {
  status: null,
  channelIds: null,
  assigneeId: null,
  unassigned: null,
  tag: null,
  unread: null,
  spam: null,
  mentioned: null,
  drafted: null,
  search: null,
};
const mutation = `mutation ($id: ID, $name: String!, $filter: ConversationFilter!, $order: ConversationOrder, $shared: Boolean) {
  saveView(id: $id, name: $name, filter: $filter, order: $order, shared: $shared) ${fields} }`;
const save = async ({ client }: TestInbox, variables: Record<string, unknown>) =>
  (await client.ask<{ saveView: View }>(mutation, { filter: {}, ...variables })).saveView;
const refusal = ({ client }: TestInbox, variables: Record<string, unknown>) =>
  client.refusal(mutation, { filter: {}, ...variables });
const names = async ({ client }: TestInbox) =>
  (await client.ask<{ savedViews: View[] }>(`{ savedViews ${fields} }`)).savedViews.map(({ name }) => name);
const remove = ({ client }: TestInbox, id: string) =>
  client.refusal('mutation ($id: ID!) { deleteView(id: $id) }', { id });

it('keeps a filter as it can be asked again, and shows it to whom it is for', async () => {
  const filter = {
    status: ['OPEN', 'PENDING', 'OPEN'],
    channelIds: [ada.channelId.toUpperCase()],
    assigneeId: bob.member.memberId,
    unassigned: false,
    tag: '  vip ',
    unread: null,
    search: ' invoice ',
  };
  const kept = {
    ...nothing,
    ...filter,
    status: ['OPEN', 'PENDING'],
    channelIds: [ada.channelId],
    tag: 'vip',
    search: 'invoice',
  };
  const own = await save(ada, { name: '  My   own ', filter, order: 'PRIORITY' });
  expect(own).toEqual({ id: own.id, name: 'My own', shared: false, order: 'PRIORITY', filter: kept });
  const shared = await save(ada, { name: 'Everybody’s', shared: true });
  expect(shared).toMatchObject({ shared: true, order: 'LAST_ACTIVITY', filter: nothing });
  await save(vic, { name: 'of Vic' });
  expect(await names(ada)).toEqual(['Everybody’s', 'My own']);
  expect(await names(bob)).toEqual(['Everybody’s']);
  expect(await names(vic)).toEqual(['Everybody’s', 'of Vic']);
  const asked = await ada.client.ask<{ conversations: { nodes: unknown[] } }>(
    'query ($filter: ConversationFilter) { conversations(filter: $filter) { nodes { id } } }',
    { filter: own.filter },
  );
  expect(asked.conversations.nodes).toEqual([]);
  // Changed, and taken for oneself.
  expect(await save(bob, { id: shared.id, name: 'Unread', filter: { unread: true }, shared: true })).toMatchObject({
    id: shared.id,
    filter: { ...nothing, unread: true },
  });
  await save(bob, { id: shared.id, name: 'Unread' });
  expect([await names(ada), await names(bob)]).toEqual([['My own'], ['Unread']]);
  expect([await remove(ada, shared.id), await remove(bob, shared.id), await remove(ada, own.id)]).toEqual([
    'NOT_FOUND',
    null,
    null,
  ]);
  expect([await names(ada), await names(bob)]).toEqual([[], []]);
});

it('tells a change to whom it concerns, and writes down who changed what is shared', async () => {
  const before = (await under.feed(ada.workspaceId)).at(-1)?.seq ?? 0;
  const own = await save(bob, { name: 'Own' });
  const shared = await save(bob, { name: 'Shared', shared: true });
  await remove(bob, shared.id);
  await remove(bob, own.id);
  const told = (await under.feed(ada.workspaceId, before)).map(({ detail, ids, memberId }) => [
    detail,
    ids[0],
    memberId,
  ]);
  const { memberId } = bob.member;
  expect(told).toEqual([
    ['saved-views', own.id, memberId],
    ['saved-views', shared.id, null],
    ['saved-views', shared.id, null],
    ['saved-views', own.id, memberId],
  ]);
  const { rows } = await under.admin.query(
    'select action, actor from audit_entries where target = any ($1) order by seq',
    [[own.id, shared.id]],
  );
  expect(rows).toEqual([
    { action: 'saved-view.save', actor: `member:${memberId}` },
    { action: 'saved-view.delete', actor: `member:${memberId}` },
  ]);
});

it('refuses what cannot be', async () => {
  const eve = await under.inbox('Eve');
  const [own, shared] = [await save(ada, { name: 'Own' }), await save(ada, { name: 'Shared', shared: true })];
  const cases: [TestInbox, Record<string, unknown>, string][] = [
    [ada, { name: ' ' }, 'BAD_USER_INPUT'],
    [ada, { name: 'x'.repeat(61) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { search: 'x'.repeat(201) } }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { tag: 'x'.repeat(51) } }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { channelIds: [eve.channelId] } }, 'NOT_FOUND'],
    [ada, { name: 'x', filter: { channelIds: ['no id'] } }, 'NOT_FOUND'],
    [ada, { name: 'x', filter: { assigneeId: eve.member.memberId } }, 'NOT_FOUND'],
    [ada, { name: 'x', id: newId() }, 'NOT_FOUND'],
    [bob, { name: 'x', id: own.id }, 'NOT_FOUND'],
    [eve, { name: 'x', id: shared.id }, 'NOT_FOUND'],
    [vic, { name: 'x', shared: true }, 'FORBIDDEN'],
    [vic, { name: 'x', id: shared.id }, 'FORBIDDEN'],
  ];
  for (const [who, variables, code] of cases)
    expect([variables, await refusal(who, variables)]).toEqual([variables, code]);
  expect([await remove(vic, shared.id), await remove(bob, own.id), await remove(eve, shared.id)]).toEqual([
    'FORBIDDEN',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(await names(ada)).toEqual(['Shared', 'Own']);
});

it('has room for 50 of each, also where two are saved at once; a member’s own go with the member', async () => {
  const cem = await under.colleague(ada, 'Cem');
  const { memberId } = cem.member;
  await under.admin.query(
    `insert into saved_views (workspace_id, id, member_id, name, filter, sorting)
     select $1, gen_random_uuid(), $2, 'view ' || n, '{}', 'PRIORITY' from generate_series(1, 49) n`,
    [ada.workspaceId, memberId],
  );
  const both = await Promise.all(['one', 'other'].map((name) => refusal(cem, { name })));
  expect(both.sort()).toEqual(['CONFLICT', null]);
  expect(await refusal(cem, { name: 'shared', shared: true })).toBeNull();
  const letGo = under.app.app.get(LetGoOfMemberWorker);
  const { signal } = new AbortController();
  await letGo.run({ workspaceId: ada.workspaceId, rowId: memberId, signal } as Parameters<typeof letGo.run>[0]);
  const { rows } = await under.admin.query('select from saved_views where member_id = $1', [memberId]);
  expect(rows).toHaveLength(0);
  expect(await names(ada)).toContain('shared');
});
