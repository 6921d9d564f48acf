import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { Workspaces } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import { type Capture, CaptureLead, type Captured } from './capture-lead.js';

const rounds = 40;

let under: InboxUnderTest;
let ada: TestInbox;
beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);
afterAll(() => under.stop());

/** Each on a connection of its own. */
function atOnce(...captures: readonly Partial<Capture>[]): Promise<Captured[]> {
  const { app } = under.app;
  return Promise.all(
    captures.map((given) => {
      const whole = { source: LeadSource.CONTACT_FORM, externalId: null, details: {}, ...given };
      return app.get(Workspaces).run(ada.workspaceId, (tx) => app.get(CaptureLead).apply(tx, whole));
    }),
  );
}

async function count(from: string, ...values: unknown[]): Promise<number> {
  const { rows } = await under.admin.query<{ n: number }>(`select count(*)::int as n from ${from}`, values);
  return rows[0]?.n ?? -1;
}

it('two first submissions of one person that come at the same moment are two leads of one contact', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const details = { email: `both-${String(round)}@example.com` };
    const [one, other] = await atOnce(
      { externalId: `a-${String(round)}`, details },
      { externalId: `b-${String(round)}`, details, source: LeadSource.LEAD_AD },
    );
    expect([one?.outcome, other?.outcome]).toEqual(['CAPTURED', 'CAPTURED']);
    expect(await count('contacts where $1 = any (emails)', details.email)).toBe(1);
    expect(await count('leads where email = $1', details.email)).toBe(2);
    expect(await count('(select distinct contact_id from leads where email = $1) l', details.email)).toBe(1);
  }
});

it('one submission that is told several times at the same moment is one lead', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const told = { externalId: `same-${String(round)}`, details: { email: `same-${String(round)}@example.com` } };
    const outcomes = (await atOnce(told, told, told)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['CAPTURED', 'KNOWN', 'KNOWN']);
    expect(await count('leads where external_id = $1', told.externalId)).toBe(1);
    expect(await count('contacts where $1 = any (emails)', told.details.email)).toBe(1);
  }
});
