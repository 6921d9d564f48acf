import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../test/support/privacy-desk.js';
import { noWorkspace } from '../../platform/outbox/index.js';
import { KeepRequestWordsWorker } from './keep-request-words.worker.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { ROLE: 'api' } });
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
  await under.admin.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(() => under.stop());

const run = (rowId: string, workspaceId = ada.workspaceId) =>
  under.app.app
    .get(KeepRequestWordsWorker)
    .run({ kind: 'forget-words-of-request', workspaceId, rowId, attempt: 1, signal: new AbortController().signal });
const settledMonthsAgo = (table: string, id: string, months: number) =>
  under.admin.query(
    `update ${table} set received_at = received_at - make_interval(months => $1), completed_at = completed_at - make_interval(months => $1) where id = $2`,
    [months, id],
  );
const rejected = async () => {
  const { id } = await desk.open({
    kind: 'ACCESS',
    subject: { email: 'grace@example.com', handle: 'grace' },
    note: 'All that you have of Grace',
  });
  await desk.reject(id, 'Grace was answered last week');
  return id;
};

it('what a settled request said goes after 24 months; kind, times and steps stay [promise 68]', async () => {
  const id = await rejected();
  const { rows } = await under.admin.query<{ fits: boolean }>(
    `select due_at between now() + interval '24 months' - interval '2 days' and now() + interval '24 months' as fits
       from due where kind = 'forget-words-of-request' and row_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ fits: true }]);
  await settledMonthsAgo('privacy_requests', id, 23);
  expect(await run(id)).toHaveProperty('againAt');
  expect(await desk.shown(id)).toMatchObject({ subject: 'grace@example.com', note: 'All that you have of Grace' });
  await settledMonthsAgo('privacy_requests', id, 1);
  expect(await run(id)).toBeUndefined();
  const after = await desk.shown(id);
  expect(after).toMatchObject({ kind: 'ACCESS', status: 'REJECTED', subject: '', note: null });
  expect(after.history.map(({ status, note }) => [status, note])).toEqual([
    ['RECEIVED', null],
    ['VERIFYING', 'Who asks has to be shown.'],
    ['REJECTED', 'It was refused:'],
  ]);
  expect(await run(id)).toBeUndefined();
});

it('an open request keeps its words, however old, and so does one that a legal hold keeps', async () => {
  const open = await desk.open({ kind: 'ACCESS', subject: { handle: 'grace' }, note: 'Still waiting' });
  await under.admin.query(`update privacy_requests set received_at = now() - interval '3 years' where id = $1`, [
    open.id,
  ]);
  expect(await run(open.id)).toBeUndefined();
  expect((await desk.shown(open.id)).note).toBe('Still waiting');
  const id = await rejected();
  await settledMonthsAgo('privacy_requests', id, 25);
  const { placeLegalHold } = await ada.client.ask<{ placeLegalHold: { id: string } }>(
    'mutation { placeLegalHold(reason: "a court") { id } }',
  );
  expect(await run(id)).toEqual({ afterSeconds: 86_400 });
  expect((await desk.shown(id)).note).toBe('All that you have of Grace');
  await ada.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', placeLegalHold);
  expect(await run(id)).toBeUndefined();
  expect((await desk.shown(id)).note).toBeNull();
});

it('one that nobody owned goes by the same term; its code still says how it ended [promise 68]', async () => {
  const code = await desk.askedInPublic({ text: 'All of Grace', email: 'grace@example.com' });
  const { rows } = await under.admin.query<{ id: string }>('select id from instance_privacy_requests');
  const id = String(rows[0]?.id);
  await desk.act('settleInstancePrivacyRequest', 'answer: "Nothing of Grace is here"', id);
  expect(await run(id, noWorkspace)).toHaveProperty('againAt');
  await settledMonthsAgo('instance_privacy_requests', id, 24);
  expect(await run(id, noWorkspace)).toBeUndefined();
  const { instancePrivacyRequests } = await ada.client.ask<{ instancePrivacyRequests: { nodes: unknown[] } }>(
    '{ instancePrivacyRequests { nodes { subject note history { note } } } }',
  );
  expect(JSON.stringify(instancePrivacyRequests)).not.toMatch(/grace/i);
  const state = await fetch(`${under.app.url}/privacy/requests/${code}`, { headers: { accept: 'application/json' } });
  expect(await state.json()).toMatchObject({ status: 'COMPLETED' });
});
