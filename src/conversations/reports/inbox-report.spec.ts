import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { uuidAt } from '../../platform/database/index.js';
import { RemoveConversations } from '../remove-conversations.js';
import { Workspaces } from '../../platform/database/index.js';
import type { InboxReportRow } from './inbox-report.type.js';

type Row = InboxReportRow;
interface Report {
  readonly timezone: string;
  readonly rows: Row[];
  readonly total: Row;
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

const minute = 60_000;
const fields =
  'key label started reopened answered firstResponseMedianSeconds firstResponseP90Seconds resolved resolutionMedianSeconds messagesIn messagesOut messagesByAi waitingNow';
const document = `query ($from: DateTime!, $to: DateTime!, $by: ReportGroup!, $zone: String) {
  inboxReport(from: $from, to: $to, groupBy: $by, timezone: $zone) { timezone rows { ${fields} } total { ${fields} } } }`;
const nothing = {
  label: null,
  started: 0,
  reopened: 0,
  answered: 0,
  firstResponseMedianSeconds: null,
  firstResponseP90Seconds: null,
  resolved: 0,
  resolutionMedianSeconds: null,
  messagesIn: 0,
  messagesOut: 0,
  messagesByAi: 0,
  waitingNow: 0,
};
const from = new Date(Date.UTC(2026, 2, 1));
const to = new Date(Date.UTC(2026, 2, 4));
const report = async (inbox: TestInbox, by: string, more: Record<string, unknown> = {}) =>
  (await inbox.client.ask<{ inboxReport: Report }>(document, { from, to, by, ...more })).inboxReport;
/** The rows that have something to say, by key, without the zeros. */
const said = (rows: readonly Row[]) =>
  Object.fromEntries(
    rows.flatMap(({ key, label, ...row }) => {
      const figures = Object.entries(row).filter(([, value]) => value !== 0 && value !== null);
      return figures.length === 0 ? [] : [[label ?? key, Object.fromEntries(figures)]];
    }),
  );
const set = (id: string, columns: string, ...values: unknown[]) =>
  under.admin.query(`update conversations set ${columns} where id = $1`, [id, ...values]);
/** A conversation that the customer begins at a moment, with that message. */
async function begin(at: Date, more: Record<string, unknown> = {}): Promise<string> {
  const id = await under.conversation(ada, { last_inbound_at: at, waiting_since: at, last_activity_at: at, ...more });
  await under.message(ada, id, { id: uuidAt(at.getTime()), sent_at: at });
  return id;
}
/** An answer as a send leaves it. */
async function answer(id: string, at: Date, more: Record<string, unknown> = {}): Promise<void> {
  const columns = { direction: 'OUTBOUND', author: 'MEMBER', status: 'SENT', ...more };
  const message = await under.message(ada, id, { id: uuidAt(at.getTime()), sent_at: at, ...columns });
  await set(id, 'waiting_since = null, last_activity_at = $2, last_message_id = $3', at, message);
}
const after = (at: Date, minutes: number) => new Date(at.getTime() + minutes * minute);

it('counts what began, how soon it was answered, what is resolved and who waits', async () => {
  const [first, second] = [new Date(Date.UTC(2026, 2, 1, 10)), new Date(Date.UTC(2026, 2, 2, 23, 30))];
  const other = await under.channel(ada.workspaceId, { name: 'Second' });
  const quick = await begin(first, { assignee_id: bob.member.memberId });
  await answer(quick, after(first, 2), { member_id: bob.member.memberId });
  await answer(quick, after(first, 90), { member_id: ada.member.memberId });
  const slow = await begin(first, { channel_id: other });
  await answer(slow, after(first, 10), { author: 'BOT' });
  const waits = await begin(second);
  await begin(second, { spam: true });
  // A word of absence is no answer, nor is a note, and what failed did not leave.
  const noAnswers = [
    { direction: 'OUTBOUND', author: 'SYSTEM', status: 'SENT' },
    { direction: 'OUTBOUND', author: 'MEMBER', status: 'FAILED' },
    { direction: 'NOTE', author: 'MEMBER', status: 'SENT' },
  ];
  for (const [index, columns] of noAnswers.entries())
    await under.message(ada, waits, { ...columns, id: uuidAt(+second + 1 + index), sent_at: second });
  await begin(new Date(to.getTime()));
  await begin(new Date(from.getTime() - 1));
  await ada.client.ask('mutation ($id: ID!) { setConversationStatus(id: $id, status: RESOLVED) { id } }', {
    id: quick,
  });
  await under.admin.query('update conversation_rounds set resolved_at = $2 where conversation_id = $1', [
    quick,
    after(first, 100),
  ]);

  const byDay = await report(ada, 'DAY');
  expect(byDay.timezone).toBe('UTC');
  expect(byDay.rows.map(({ key }) => key)).toEqual(['2026-03-01', '2026-03-02', '2026-03-03']);
  const answered = { answered: 2, firstResponseMedianSeconds: 360, firstResponseP90Seconds: 552 };
  const resolved = { resolved: 1, resolutionMedianSeconds: 6_000 };
  const out = { messagesOut: 3, messagesByAi: 1 };
  expect(said(byDay.rows)).toEqual({
    '2026-03-01': { started: 2, ...answered, ...resolved, ...out, messagesIn: 2 },
    '2026-03-02': { started: 1, messagesIn: 2, waitingNow: 1 },
  });
  expect(byDay.rows[2]).toEqual({ ...nothing, key: '2026-03-03', label: '2026-03-03' });
  const total = {
    ...nothing,
    key: 'total',
    started: 3,
    ...answered,
    ...resolved,
    ...out,
    messagesIn: 4,
    waitingNow: 3,
  };
  expect(byDay.total).toEqual(total);
  // In the evening of the second it is the third further east.
  expect(said((await report(ada, 'DAY', { zone: 'Asia/Tokyo' })).rows)['2026-03-03']).toEqual({
    started: 1,
    messagesIn: 2,
    waitingNow: 1,
  });

  const byChannel = await report(ada, 'CHANNEL');
  expect(said(byChannel.rows)).toEqual({
    Second: { started: 1, answered: 1, firstResponseMedianSeconds: 600, firstResponseP90Seconds: 600 },
    Shop: {
      ...{ started: 2, answered: 1, firstResponseMedianSeconds: 120, firstResponseP90Seconds: 120 },
      ...{ ...resolved, ...out, messagesIn: 4, waitingNow: 3 },
    },
  });
  expect(byChannel.total).toEqual(total);

  const byMember = await report(ada, 'MEMBER');
  expect(said(byMember.rows)).toEqual({
    Ada: { messagesOut: 1 },
    Bob: {
      started: 1,
      answered: 1,
      firstResponseMedianSeconds: 120,
      firstResponseP90Seconds: 120,
      ...resolved,
      messagesIn: 1,
      messagesOut: 1,
    },
    ai: { answered: 1, firstResponseMedianSeconds: 600, firstResponseP90Seconds: 600, messagesOut: 1, messagesByAi: 1 },
    nobody: { started: 2, messagesIn: 3, waitingNow: 3 },
  });
  expect(byMember.total).toEqual(total);
  // How much colleagues do is not for everybody.
  expect((await report(bob, 'MEMBER')).rows.map(({ label }) => label)).toEqual(['Bob']);
  expect(await report(vic, 'MEMBER')).toEqual({ timezone: 'UTC', rows: [], total });

  // What is gone counts no longer, and a conversation takes its rounds along.
  const workspaces = under.app.app.get(Workspaces);
  await workspaces.run(ada.workspaceId, (tx) => under.app.app.get(RemoveConversations).run(tx, [quick]));
  expect((await report(ada, 'DAY')).total).toMatchObject({ started: 2, resolved: 0, messagesOut: 1 });
  const { rows } = await under.admin.query('select from conversation_rounds where conversation_id = $1', [quick]);
  expect(rows).toHaveLength(0);
});

describe('rounds', () => {
  const state = async (id: string) => {
    const { rows: current } = await under.admin.query<Record<string, unknown>>(
      'select round, round_started_at as started, answered_at as answered from conversations where id = $1',
      [id],
    );
    const { rows: over } = await under.admin.query<Record<string, unknown>>(
      'select round, started_at as started, answered_at as answered from conversation_rounds where conversation_id = $1 order by round',
      [id],
    );
    return { current: current[0], over };
  };
  const status = (id: string, to: string) =>
    ada.client.ask(`mutation ($id: ID!) { setConversationStatus(id: $id, status: ${to}) { id } }`, { id });
  const writes = (id: string, at: Date) =>
    set(
      id,
      `status = 'OPEN', last_inbound_at = $2, waiting_since = coalesce(waiting_since, $2), last_activity_at = $2`,
      at,
    );
  const t = new Date(Date.UTC(2026, 4, 1, 8));

  it('begin with the customer, end when it is resolved, and begin anew when the customer writes again', async () => {
    const id = await begin(t);
    await writes(id, after(t, 1));
    expect(await state(id)).toEqual({ current: { round: 1, started: t, answered: null }, over: [] });
    await answer(id, after(t, 5));
    await writes(id, after(t, 6));
    await answer(id, after(t, 7));
    const first = { round: 1, started: t, answered: after(t, 5) };
    expect(await state(id)).toEqual({ current: first, over: [] });
    await status(id, 'PENDING');
    await status(id, 'RESOLVED');
    expect(await state(id)).toEqual({ current: { round: 1, started: null, answered: null }, over: [first] });
    await writes(id, after(t, 60));
    expect(await state(id)).toEqual({ current: { round: 2, started: after(t, 60), answered: null }, over: [first] });
    const { total } = await report(ada, 'DAY', { from: t, to: after(t, 61) });
    expect(total).toMatchObject({ started: 1, reopened: 1, answered: 1, firstResponseMedianSeconds: 300 });
    // Resolved without an answer: nobody waits any more, and nobody answered.
    await ada.client.ask(
      'mutation ($ids: [ID!]!) { updateConversations(ids: $ids, status: RESOLVED) { refused { id } } }',
      { ids: [id] },
    );
    const second = { round: 2, started: after(t, 60), answered: null };
    expect((await state(id)).over).toEqual([first, second]);
  });

  it('go on where a member takes the resolution back', async () => {
    const id = await begin(t);
    await answer(id, after(t, 3));
    await status(id, 'RESOLVED');
    await status(id, 'OPEN');
    expect(await state(id)).toEqual({ current: { round: 1, started: t, answered: after(t, 3) }, over: [] });
    await status(id, 'RESOLVED');
    expect((await state(id)).over).toHaveLength(1);
  });

  it('do not begin with the business, and count an answer that arrived together with its question', async () => {
    const own = await under.conversation(ada, { last_activity_at: t });
    await status(own, 'RESOLVED');
    await status(own, 'OPEN');
    expect(await state(own)).toEqual({ current: { round: 0, started: null, answered: null }, over: [] });
    await writes(own, after(t, 9));
    expect((await state(own)).current).toEqual({ round: 1, started: after(t, 9), answered: null });
    const both = await under.conversation(ada, { last_inbound_at: t, last_activity_at: after(t, 4) });
    expect((await state(both)).current).toEqual({ round: 1, started: t, answered: after(t, 4) });
  });
});

it('says what became of the replies that the AI proposed', async () => {
  const id = await under.conversation(ada);
  const inside = new Date(from.getTime() + minute);
  for (const [status, at] of [
    ['ACCEPTED', inside],
    ['ACCEPTED', from],
    ['EDITED', inside],
    ['DISCARDED', inside],
    ['FAILED', inside],
    ['EDITED', to],
    ['DISCARDED', new Date(from.getTime() - 1)],
  ])
    await under.insert('drafts', ada.workspaceId, { conversation_id: id, text: 'x', status, created_at: at });
  // One that came to nothing and was put away proposed nothing.
  await under.insert('drafts', ada.workspaceId, {
    conversation_id: id,
    text: '',
    status: 'DISCARDED',
    created_at: inside,
  });
  const { inboxReport } = await vic.client.ask<{ inboxReport: unknown }>(
    'query ($from: DateTime!, $to: DateTime!) { inboxReport(from: $from, to: $to, groupBy: CHANNEL) { drafts { accepted edited discarded } } }',
    { from, to },
  );
  expect(inboxReport).toEqual({ drafts: { accepted: 2, edited: 1, discarded: 1 } });
});

it('refuses what cannot be asked', async () => {
  const day = 86_400_000;
  const refusal = (more: Record<string, unknown>) => ada.client.refusal(document, { from, to, by: 'DAY', ...more });
  expect(await refusal({ to: from })).toBe('BAD_USER_INPUT');
  expect(await refusal({ to: new Date(from.getTime() + 401 * day) })).toBe('BAD_USER_INPUT');
  expect(await refusal({ to: new Date(from.getTime() + 400 * day) })).toBeNull();
  expect(await refusal({ zone: 'Nowhere/Town' })).toBe('BAD_USER_INPUT');
});
