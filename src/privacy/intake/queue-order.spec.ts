import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../test/support/privacy-desk.js';

let under: InboxUnderTest;
let ada: TestInbox;
let desk: PrivacyDesk;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  desk = await PrivacyDesk.of(under, ada);
  await under.admin.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(() => under.stop());

interface Page {
  readonly page: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}
const pageOf = (list: string, after: string | null) =>
  ada.client.ask<Page>(
    `query ($after: String) { page: ${list}(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
    { after },
  );
async function all(list: string, between: () => Promise<void> = () => Promise.resolve()): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { page }: Page = await pageOf(list, after);
    expect(page.nodes.length).toBeLessThanOrEqual(2);
    ids.push(...page.nodes.map(({ id }) => id));
    if (after === null) await between();
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  return ids;
}

/** Opens one that is due in so many days. */
async function waiting(table: string, open: () => Promise<string>, days: number, more = ''): Promise<string> {
  const id = await open();
  await under.admin.query(`update ${table} set due_at = now() + make_interval(days => $1) ${more} where id = $2`, [
    days,
    id,
  ]);
  return id;
}

it('children stand first over the whole queue, then what is due first; what is settled follows [promise 77]', async () => {
  const open = async () => (await desk.open({ kind: 'ACCESS', subject: { phone: '+905551110000' } })).id;
  const one = (days: number, more = '') => waiting('privacy_requests', open, days, more);
  const [late, soon, extended] = [
    await one(20),
    await one(3),
    await one(1, `, extended_until = now() + interval '60 days'`),
  ];
  const settled = [await open(), await open()];
  for (const id of settled) await desk.reject(id, 'It was answered');
  const [overdue, child, childSooner] = [await one(-2), await one(5, ', minor = true'), await one(4, ', minor = true')];
  const queue = [childSooner, child, overdue, soon, late, extended, ...settled.reverse()];
  expect(await all('privacyRequests')).toEqual(queue);
  // Something is settled and something comes while it is turned over: nobody else is left out or shown twice.
  const shown = await all('privacyRequests', async () => {
    await desk.reject(child, 'It was answered');
    await one(-3, ', minor = true');
  });
  expect(shown.filter((id) => id !== child)).toEqual(queue.filter((id) => id !== child));
});

it("the operator's desk has the same order [promise 77]", async () => {
  const open = async () => {
    await desk.askedInPublic({ text: 'What do you have of me?' });
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    return String(rows[0]?.id);
  };
  const one = (days: number, more = '') => waiting('instance_privacy_requests', open, days, more);
  const [late, soon, child] = [await one(30), await one(2), await one(40, ', minor = true')];
  expect(await all('instancePrivacyRequests')).toEqual([child, soon, late]);
});

it.each([
  ['words', 'nonsense'],
  ['a cursor of another list', Buffer.from('["0192f0e2-0000-7000-8000-000000000000"]').toString('base64url')],
  ['a rank that there is not', Buffer.from('[9,1,"0192f0e2-0000-7000-8000-000000000000"]').toString('base64url')],
  ['a number too large', Buffer.from('[1,1e300,"0192f0e2-0000-7000-8000-000000000000"]').toString('base64url')],
  ['no id', Buffer.from('[1,1,"x"]').toString('base64url')],
])('%s as a cursor is refused in words', async (_what, after) => {
  for (const list of ['privacyRequests', 'instancePrivacyRequests'])
    expect(
      await ada.client.refusal(`query ($after: String) { ${list}(after: $after) { nodes { id } } }`, { after }),
    ).toBe('BAD_USER_INPUT');
});
