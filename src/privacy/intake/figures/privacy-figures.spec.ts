import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { PrivacyDesk } from '../../../../test/support/privacy-desk.js';

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

interface Figures {
  readonly open: number;
  readonly overdue: number;
  readonly settled: number;
  readonly medianDays: number | null;
  readonly withinFiveBusinessDays: number | null;
  readonly withinThirtyDays: number | null;
}
const figures = async (query: string, inbox = ada) =>
  (
    await inbox.client.ask<{ figures: Figures }>(
      `{ figures: ${query} { open overdue settled medianDays withinFiveBusinessDays withinThirtyDays } }`,
    )
  ).figures;
const none = {
  open: 0,
  overdue: 0,
  settled: 0,
  medianDays: null,
  withinFiveBusinessDays: null,
  withinThirtyDays: null,
};

/** A Monday morning that lies so many weeks back. */
function monday(weeks: number): Date {
  const day = new Date();
  day.setUTCHours(10, 0, 0, 0);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) - weeks * 7);
  return day;
}
async function settled(table: string, id: string, days: number, weeks = 8): Promise<void> {
  await under.admin.query(
    `update ${table} set received_at = $1, completed_at = $1::timestamptz + make_interval(days => $2) where id = $3`,
    [monday(weeks), days, id],
  );
}

it('time to finish is measured: the median, the share in five business days, and in thirty days [promise 72]', async () => {
  expect(await figures('privacyFigures')).toEqual(none);
  const ids: string[] = [];
  for (let count = 0; count < 6; count += 1)
    ids.push((await desk.open({ kind: 'ACCESS', subject: { phone: '+905551110000' } })).id);
  // From Monday to Monday are five business days, to Tuesday six; 31 days are too many by all.
  for (const [place, days] of [7, 8, 31].entries()) await settled('privacy_requests', ids[place] ?? '', days);
  await under.admin.query(`update privacy_requests set due_at = now() - interval '1 minute' where id = any ($1)`, [
    ids.slice(3, 5),
  ]);
  // It was told that it takes longer: its day has not passed.
  await under.admin.query(`update privacy_requests set extended_until = now() + interval '1 day' where id = $1`, [
    ids[4],
  ]);
  const own = await figures('privacyFigures');
  expect(own).toMatchObject({ open: 3, overdue: 1, settled: 3, medianDays: 8 });
  expect(own.withinFiveBusinessDays).toBeCloseTo(1 / 3);
  expect(own.withinThirtyDays).toBeCloseTo(2 / 3);
  const eve = await under.inbox('Eve');
  expect(await figures('privacyFigures', eve)).toEqual(none);

  await desk.askedInPublic({ text: 'What do you have of me?' });
  const { rows } = await under.admin.query<{ id: string }>('select id from instance_privacy_requests');
  await settled('instance_privacy_requests', String(rows[0]?.id), 1);
  expect(await figures('instancePrivacyFigures')).toEqual({
    open: 3,
    overdue: 1,
    settled: 4,
    medianDays: 7.5,
    withinFiveBusinessDays: 0.5,
    withinThirtyDays: 0.75,
  });
  expect(await eve.client.refusal('{ instancePrivacyFigures { open } }')).toBe('FORBIDDEN');
});

it('what was settled more than a year ago is counted no more [promise 72]', async () => {
  await settled(
    'instance_privacy_requests',
    String((await under.admin.query<{ id: string }>('select id from instance_privacy_requests')).rows[0]?.id),
    1,
    60,
  );
  expect(await figures('instancePrivacyFigures')).toMatchObject({ settled: 3 });
});
