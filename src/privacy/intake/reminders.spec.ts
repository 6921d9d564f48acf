import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../test/support/privacy-desk.js';
import { noWorkspace } from '../../platform/outbox/index.js';
import type { Worker } from '../../platform/queue/index.js';
import { RemindOperatorWorker } from './operator/remind-operator.worker.js';
import { RemindOfRequestWorker } from './remind-of-request.worker.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { PRIVACY_EMAIL: 'privacy@operator.example' } });
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
}, 60_000);
afterAll(() => under.stop());

const day = 86_400;
const run = (worker: Worker, rowId: string, workspaceId: string) =>
  worker.run({ kind: worker.kind, workspaceId, rowId, attempt: 1, signal: new AbortController().signal });
const dueIn = (table: string, id: string, days: number) =>
  under.admin.query(`update ${table} set due_at = now() + make_interval(days => $1) where id = $2`, [days, id]);

it('owners and admins are told of a request that is due soon, every day, until it is settled or takes longer [promise 72]', async () => {
  const bob = await under.colleague(ada, 'Bob', 'ADMIN');
  const eve = await under.colleague(ada, 'Eve', 'EDITOR');
  await under.admin.query('update users set email_verified_at = now()');
  const { id } = await desk.open({ kind: 'ACCESS', subject: { phone: '+905551110000' } });
  const remind = () => run(under.app.app.get(RemindOfRequestWorker), id, ada.workspaceId);
  const told = async () =>
    (
      await under.admin.query<{ member: string }>(
        `select member_id as member from notifications where kind = 'PRIVACY_DUE' and way = 'MAIL' order by 1`,
      )
    ).rows.map(({ member }) => member);
  expect(await remind()).toHaveProperty('againAt');
  expect(await told()).toEqual([]);
  await dueIn('privacy_requests', id, 4);
  expect(await remind()).toEqual({ afterSeconds: day });
  expect(await told()).toEqual([ada.member.memberId, bob.member.memberId].sort());
  expect(await told()).not.toContain(eve.member.memberId);
  await desk.act('extendPrivacyRequest', 'reason: "Two countries"', id);
  expect(await remind()).toHaveProperty('againAt');
  await desk.reject(id, 'It was answered');
  expect(await remind()).toBeUndefined();
}, 60_000);

it('the operator gets one mail a day for all that wait on their desk, and none for what is far off [promise 72]', async () => {
  const unowned = async () => {
    await desk.askedInPublic({ text: 'What do you have of me?' });
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    return String(rows[0]?.id);
  };
  const ids = [await unowned(), await unowned(), await unowned()];
  const remind = (id: string) => run(under.app.app.get(RemindOperatorWorker), id, noWorkspace);
  const mails = () => desk.mailsTo('privacy@operator.example');
  const [first = '', second = '', third = ''] = ids;
  const far = await remind(first);
  expect(far).toHaveProperty('afterSeconds');
  expect((far as { afterSeconds: number }).afterSeconds).toBeGreaterThan(24 * day);
  await dueIn('instance_privacy_requests', first, 3);
  await dueIn('instance_privacy_requests', second, -2);
  for (const id of [first, second]) expect(await remind(id)).toEqual({ afterSeconds: day });
  const [mail] = await eventually(async () => ((await mails()).length > 0 ? mails() : null), 15_000);
  expect(mail?.text).toMatch(/within five days: 2\b.*passed for 1\b/s);
  await desk.act('settleInstancePrivacyRequest', 'answer: "Nothing is here"', second);
  expect(await remind(second)).toBeUndefined();
  expect(await remind(third)).not.toEqual({ afterSeconds: day });
  expect(await mails()).toHaveLength(1);
});
