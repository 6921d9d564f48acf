import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { LeadsUnderTest } from '../../../test/support/leads.js';
import { RemindWorker } from './remind.worker.js';

let under: InboxUnderTest;
let leads: LeadsUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  leads = new LeadsUnderTest(under);
  ({ ada, bob, vic } = await under.team());
  await under.admin.query('update users set email_verified_at = now()');
}, 60_000);
afterAll(() => under.stop());

const setReminder =
  'mutation ($id: ID!, $at: DateTime!, $text: String) { setLeadReminder(leadId: $id, at: $at, text: $text) { id } }';
const clearReminder = 'mutation ($id: ID!) { clearLeadReminder(leadId: $id) { id } }';
const hence = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();
const hour = 3_600_000;

interface SeenReminder {
  readonly id: string;
  readonly at: string;
  readonly text: string | null;
  readonly due: boolean;
  readonly member: { readonly id: string } | null;
}

async function remindersOf(inbox: TestInbox, id: string): Promise<SeenReminder[]> {
  const { lead } = await inbox.client.ask<{ lead: { reminders: SeenReminder[] } }>(
    'query ($id: ID!) { lead(id: $id) { reminders { id at text due member { id } } } }',
    { id },
  );
  return lead.reminders;
}

async function own(inbox: TestInbox, due: boolean | null = null): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (let after: string | null = null, more = true; more;) {
    const {
      leadReminders: page,
    }: { leadReminders: { nodes: SeenReminder[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await inbox.client.ask(
        'query ($due: Boolean, $after: String) { leadReminders(due: $due, first: 1, after: $after) { nodes { text lead { id } } pageInfo { hasNextPage endCursor } } }',
        { due, after },
      );
    found.push(...page.nodes.map(({ text }) => text));
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  return found;
}

const news = (inbox: TestInbox) => leads.news(inbox, 'LEAD_REMINDER');
const kinds = async (id: string) => {
  const { rows } = await under.admin.query<{ kind: string }>(
    'select kind from lead_activities where lead_id = $1 order by id',
    [id],
  );
  return rows.map(({ kind }) => kind);
};
/** As if so much time had gone by: the row and what waits for it. */
async function makeDue(reminderId: string | undefined): Promise<void> {
  await under.admin.query(`update lead_reminders set due_at = now() - interval '1 second' where id = $1`, [reminderId]);
  await under.admin.query(`update due set due_at = now() - interval '1 second' where row_id = $1`, [reminderId]);
}

describe('a reminder of a lead', () => {
  it('is one for each member and lead, moved when it is set again, and seen by all [promise 15]', async () => {
    const { id } = await leads.create(ada, { name: 'Later' });
    await ada.client.ask(setReminder, { id, at: hence(hour), text: 'call' });
    const at = hence(2 * hour);
    await ada.client.ask(setReminder, { id, at, text: ' call  again ' });
    await bob.client.ask(setReminder, { id, at: hence(hour) });
    const [first, second] = await remindersOf(vic, id);
    expect(first).toMatchObject({ text: null, due: false, member: { id: bob.member.memberId } });
    expect(second).toMatchObject({ at, text: 'call  again', due: false, member: { id: ada.member.memberId } });
    expect(await remindersOf(vic, id)).toHaveLength(2);
  });

  it('tells its member once when its time has come, and stays until it is cleared', async () => {
    const { id } = await leads.create(bob, { name: 'Due' });
    const before = await news(bob);
    await bob.client.ask(setReminder, { id, at: hence(hour), text: 'now' });
    const [reminder] = await remindersOf(bob, id);
    await makeDue(reminder?.id);
    await eventually(async () => ((await kinds(id)).includes('REMINDED') ? true : null));
    expect(await news(bob)).toBe(before + 1);
    // However often the job comes, and however many at once: as after a kill, whose lease runs out.
    const worker = under.app.app.get(RemindWorker);
    const job = { workspaceId: bob.workspaceId, rowId: reminder?.id ?? '' };
    await Promise.all([worker.run(job), worker.run(job), worker.run(job)]);
    expect(await news(bob)).toBe(before + 1);
    expect((await kinds(id)).filter((kind) => kind === 'REMINDED')).toHaveLength(1);
    expect(await own(bob, true)).toEqual(['now']);
    await bob.client.ask(clearReminder, { id });
    expect(await own(bob, true)).toEqual([]);
    expect((await kinds(id)).at(-1)).toBe('REMINDER_CLEARED');
  });

  it('is told once by whichever of several gets to it first', async () => {
    const { id } = await leads.create(ada, { name: 'Race' });
    await ada.client.ask(setReminder, { id, at: hence(hour) });
    const [reminder] = await remindersOf(ada, id);
    await under.admin.query(`update lead_reminders set due_at = now() - interval '1 second' where id = $1`, [
      reminder?.id,
    ]);
    const before = await news(ada);
    const worker = under.app.app.get(RemindWorker);
    const job = { workspaceId: ada.workspaceId, rowId: reminder?.id ?? '' };
    await Promise.all(Array.from({ length: 8 }, () => worker.run(job)));
    expect(await news(ada)).toBe(before + 1);
    await ada.client.ask(clearReminder, { id });
  });

  it('waits where its time has not come, and is nothing where it was cleared or its lead is gone', async () => {
    const { id } = await leads.create(ada, { name: 'Gone' });
    const at = hence(hour);
    await ada.client.ask(setReminder, { id, at });
    const [reminder] = await remindersOf(ada, id);
    const worker = under.app.app.get(RemindWorker);
    const job = { workspaceId: ada.workspaceId, rowId: reminder?.id ?? '' };
    expect(await worker.run(job)).toEqual({ againAt: new Date(at) });
    const before = await news(ada);
    await ada.client.ask('mutation ($id: ID!) { deleteLead(id: $id) { id } }', { id });
    await eventually(async () => ((await leads.count('leads where id = $1', id)) === 0 ? true : null));
    expect(await leads.count('lead_reminders where lead_id = $1', id)).toBe(0);
    expect(await worker.run(job)).toBeUndefined();
    expect(await news(ada)).toBe(before);
  });

  it('is listed for its member alone, the earliest first, in pages', async () => {
    const inbox = await under.inbox('List');
    const other = await under.colleague(inbox, 'Other');
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) ids.push((await leads.create(inbox, { name })).id);
    const wait = [3 * hour, hour, 2 * hour];
    for (const [index, id] of ids.entries())
      await inbox.client.ask(setReminder, { id, at: hence(wait[index] ?? 0), text: `r${String(index)}` });
    await other.client.ask(setReminder, { id: ids[0], at: hence(hour), text: 'theirs' });
    expect(await own(inbox)).toEqual(['r1', 'r2', 'r0']);
    expect(await own(inbox, false)).toEqual(['r1', 'r2', 'r0']);
    expect(await own(inbox, true)).toEqual([]);
    const [, mine] = await remindersOf(inbox, ids[0] ?? '');
    await under.admin.query(`update lead_reminders set due_at = now() - interval '1 hour' where id = $1`, [mine?.id]);
    expect(await own(inbox, true)).toEqual(['r0']);
    expect(await own(inbox)).toEqual(['r0', 'r1', 'r2']);
  });

  it.each([
    ['a time that is over', { at: hence(-1_000) }, 'at'],
    ['a time too far', { at: hence(6 * 366 * 24 * hour) }, 'at'],
    ['too many words', { at: hence(hour), text: 'x'.repeat(501) }, 'text'],
  ])('is refused in words for %s', async (_what, input, field) => {
    const { id } = await leads.create(ada, { name: 'Refused' });
    const { errors } = await ada.client.post(setReminder, { id, ...input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await remindersOf(ada, id)).toEqual([]);
  });

  it('goes with its member, and is set by nobody who may only look', async () => {
    const leaver = await under.colleague(ada, 'Leaver');
    const { id } = await leads.create(ada, { name: 'Left' });
    await leaver.client.ask(setReminder, { id, at: hence(hour) });
    expect(await vic.client.refusal(setReminder, { id, at: hence(hour) })).toBe('FORBIDDEN');
    await ada.client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id: leaver.member.memberId });
    expect(await remindersOf(ada, id)).toEqual([]);
  });
});
