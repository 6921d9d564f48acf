import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { newId } from '../../platform/database/index.js';

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);
afterAll(() => under.stop());

interface Row {
  readonly key: string;
  readonly label: string | null;
  readonly leads: number;
  readonly won: number;
  readonly medianFirstReplySeconds: number | null;
}
interface Made {
  readonly source: string;
  readonly form: string | null;
  readonly ad: string | null;
  readonly campaign: string | null;
  readonly owner: string | null;
  readonly status: string;
  readonly at: Date;
  readonly replied: number | null;
  readonly topics: readonly string[];
  readonly counts: boolean;
}

const [from, to] = [new Date('2026-03-18T10:00:00Z'), new Date('2026-05-02T07:00:00Z')];
const report = async (inbox: TestInbox, by: string, between: Record<string, Date> = { from, to }) => {
  const { leadReport } = await inbox.client.ask<{ leadReport: Row[] }>(
    'query ($by: LeadDimension!, $from: DateTime!, $to: DateTime!) { leadReport(by: $by, from: $from, to: $to) { key label leads won medianFirstReplySeconds } }',
    { by, ...between },
  );
  return leadReport;
};

/** Numbers that are the same in every run. */
function chances(seed: number): <Item>(...items: readonly Item[]) => Item {
  let state = seed;
  return (...items) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return items[Math.floor((state / 2 ** 32) * items.length)] as (typeof items)[number];
  };
}

/** Some hundred leads of every kind, as rows. */
async function furnish(inbox: TestInbox, other: TestInbox): Promise<Made[]> {
  const pick = chances(7);
  const { workspaceId } = inbox;
  const forms = [await form(workspaceId, 'Prices'), 'ad-form-1', null];
  const span = to.getTime() - from.getTime();
  const people: { contact: string; conversation: string; topics: string[] }[] = [];
  for (const topics of [[], ['price'], ['price', 'delivery'], ['returns'], ['secret']]) {
    const restricted = topics[0] === 'secret';
    const contact = await under.contact(workspaceId, { name: 'P', processing_restricted: restricted });
    const conversation = await under.conversation(inbox, { contact_id: contact, tags: topics });
    // Another of the same person: a label counts once.
    await under.conversation(inbox, { contact_id: contact, tags: topics.slice(0, 1) });
    await under.conversation(inbox, { contact_id: contact, tags: ['junk'], spam: true });
    people.push({ contact, conversation, topics: restricted ? [] : topics });
  }
  const made: Made[] = [];
  for (let index = 0; index < 300; index += 1) {
    const person = pick(...people);
    const at = new Date(from.getTime() + pick(-0.02, 0, 0.1, 0.25, 0.4, 0.5, 0.77, 0.9, 0.999, 1, 1.01) * span + index);
    const [answerOnly, test] = [pick(true, false, false, false), pick(true, false, false, false, false)];
    const owner = pick(inbox.member.memberId, other.member.memberId, null);
    const replied = pick(null, 30, 90, 600, 7_200);
    const one: Made = {
      source: pick('LEAD_AD', 'CONTACT_FORM', 'CHAT', 'MANUAL', 'IMPORT'),
      form: pick(...forms),
      ad: pick('ad-1', 'ad-2', null),
      campaign: pick('spring', null),
      owner,
      status: pick('NEW', 'CONTACTED', 'WON', 'WON', 'LOST'),
      at,
      replied,
      topics: person.topics,
      counts: !answerOnly && !test && at >= from && at < to,
    };
    await under.insert('leads', workspaceId, {
      contact_id: person.contact,
      original_contact_id: person.contact,
      source: one.source,
      form_id: one.form,
      ad_id: one.ad,
      campaign_id: one.campaign,
      owner_id: owner,
      status: one.status,
      created_at: at,
      answer_only: answerOnly,
      test,
      first_replied_at: replied === null ? null : new Date(at.getTime() + 1_000 * replied),
    });
    made.push(one);
  }
  return made;
}

const form = (workspaceId: string, name: string) =>
  under.insert('contact_forms', workspaceId, {
    name,
    public_key: newId(),
    allowed_domains: '{shop.example}',
    answer_only: false,
  });

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = (sorted.length - 1) / 2;
  return Math.round(((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2);
}

/** The same, counted one by one. */
function counted(made: readonly Made[], keysOf: (one: Made) => readonly string[]): Record<string, unknown> {
  const groups = new Map<string, Made[]>();
  for (const one of made.filter(({ counts }) => counts))
    for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
  return Object.fromEntries(
    [...groups].map(([key, all]) => [
      key,
      {
        leads: all.length,
        won: all.filter(({ status }) => status === 'WON').length,
        medianFirstReplySeconds: median(all.flatMap(({ replied }) => (replied === null ? [] : [replied]))),
      },
    ]),
  );
}

const shown = (rows: readonly Row[]) =>
  Object.fromEntries(
    rows.map(({ key, leads, won, medianFirstReplySeconds }) => [key, { leads, won, medianFirstReplySeconds }]),
  );

const monday = (at: Date) => {
  // Istanbul is three hours ahead all year.
  const day = new Date(at.getTime() + 3 * 3_600_000);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
};

describe('the report of leads', () => {
  it('says what counting one by one says, by every dimension, and leaves out what is for answers alone [promise 22] [promise 16]', async () => {
    const inbox = await under.inbox('Count');
    await inbox.client.ask('mutation { updateWorkspace(input: { timezone: "Europe/Istanbul" }) { id } }');
    const other = await under.colleague(inbox, 'Other');
    const made = await furnish(inbox, other);
    expect(made.filter(({ counts }) => counts).length).toBeGreaterThan(100);
    expect(made.filter(({ counts }) => !counts).length).toBeGreaterThan(50);
    const ways: Record<string, (one: Made) => readonly string[]> = {
      SOURCE: ({ source }) => [source],
      STATUS: ({ status }) => [status],
      FORM: ({ form: id }) => [id ?? 'none'],
      AD: ({ ad }) => [ad ?? 'none'],
      CAMPAIGN: ({ campaign }) => [campaign ?? 'none'],
      OWNER: ({ owner }) => [owner ?? 'nobody'],
      TOPIC: ({ topics }) => (topics.length === 0 ? ['none'] : topics),
    };
    for (const [by, keysOf] of Object.entries(ways)) {
      const rows = await report(inbox, by);
      expect({ by, rows: shown(rows) }).toEqual({ by, rows: counted(made, keysOf) });
      const sizes = rows.map(({ leads }) => leads);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    }
    const weeks = await report(inbox, 'WEEK');
    expect(weeks.map(({ key }) => key)).toEqual([
      '2026-03-16',
      '2026-03-23',
      '2026-03-30',
      '2026-04-06',
      '2026-04-13',
      '2026-04-20',
      '2026-04-27',
    ]);
    expect(shown(weeks.filter(({ leads }) => leads > 0))).toEqual(counted(made, ({ at }) => [monday(at)]));
    expect(weeks.filter(({ leads }) => leads === 0).length).toBeGreaterThan(0);
    // What has a name of the workspace's own is called by it.
    const names = async (by: string) =>
      Object.fromEntries((await report(inbox, by)).map((row) => [row.key, row.label]));
    expect(Object.values(await names('FORM'))).toContain('Prices');
    expect(await names('OWNER')).toMatchObject({ [other.member.memberId]: 'Other', nobody: null });
    // A colleague sees what they do themselves.
    expect((await report(other, 'OWNER')).map(({ key }) => key)).toEqual([other.member.memberId]);
    expect(await report(ada, 'SOURCE')).toEqual([]);
  });

  it('counts weeks from midnight of the workspace’s zone, also where clocks change', async () => {
    const inbox = await under.inbox('Clock');
    await inbox.client.ask('mutation { updateWorkspace(input: { timezone: "Europe/Berlin" }) { id } }');
    const contact = await under.contact(inbox.workspaceId);
    // Monday, 30 March 2026 begins at 22:00 UTC, the night after clocks went forward; a week before at 23:00.
    for (const at of ['2026-03-22T22:59:59Z', '2026-03-22T23:00:00Z', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'])
      await under.insert('leads', inbox.workspaceId, {
        contact_id: contact,
        original_contact_id: contact,
        source: 'MANUAL',
        created_at: new Date(at),
      });
    const rows = await report(inbox, 'WEEK', {
      from: new Date('2026-03-16T00:00:00Z'),
      to: new Date('2026-04-01T00:00:00Z'),
    });
    expect(rows.map(({ key, leads }) => [key, leads])).toEqual([
      ['2026-03-16', 1],
      ['2026-03-23', 2],
      ['2026-03-30', 1],
    ]);
  });

  it('takes an answer in the conversation that a lead came of as the first reply, and no word of absence', async () => {
    const inbox = await under.inbox('Chat');
    const contact = await under.contact(inbox.workspaceId);
    const conversation = await under.conversation(inbox, { contact_id: contact });
    const at = new Date('2026-04-01T12:00:00Z');
    const later = (seconds: number) => new Date(at.getTime() + 1_000 * seconds);
    await under.insert('leads', inbox.workspaceId, {
      contact_id: contact,
      original_contact_id: contact,
      conversation_id: conversation,
      source: 'CHAT',
      created_at: at,
    });
    const said = (seconds: number, more: Record<string, unknown>) =>
      under.message(inbox, conversation, { sent_at: later(seconds), status: 'SENT', direction: 'OUTBOUND', ...more });
    await said(-60, { author: 'MEMBER' });
    await said(5, { author: 'SYSTEM' });
    await said(10, { author: 'MEMBER', status: 'FAILED' });
    expect((await report(inbox, 'SOURCE'))[0]?.medianFirstReplySeconds).toBeNull();
    await said(42, { author: 'BOT' });
    await said(90, { author: 'MEMBER' });
    expect((await report(inbox, 'SOURCE'))[0]?.medianFirstReplySeconds).toBe(42);
  });

  it.each([
    ['an end behind its beginning', { from: to, to: from }],
    ['too long a time', { from: new Date('2020-01-01T00:00:00Z'), to }],
  ])('is refused in words for %s', async (_what, between) => {
    const { errors } = await ada.client.post(
      'query ($from: DateTime!, $to: DateTime!) { leadReport(by: SOURCE, from: $from, to: $to) { key } }',
      between,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'to' });
  });
});

describe('whether conversations are looked at for it', () => {
  it('is said by those who run the workspace: where they are not, there is no report by topic [promise 16]', async () => {
    const inbox = await under.inbox('Quiet');
    const bob = await under.colleague(inbox, 'Bob');
    const set = 'mutation ($enabled: Boolean!) { setLeadAnalysis(enabled: $enabled) }';
    expect(await bob.client.ask('{ leadAnalysis }')).toEqual({ leadAnalysis: true });
    expect(await bob.client.refusal(set, { enabled: false })).toBe('FORBIDDEN');
    await inbox.client.ask(set, { enabled: false });
    expect(await bob.client.ask('{ leadAnalysis }')).toEqual({ leadAnalysis: false });
    const { errors } = await inbox.client.post(
      'query ($from: DateTime!, $to: DateTime!) { leadReport(by: TOPIC, from: $from, to: $to) { key } }',
      { from, to },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'LEAD_ANALYSIS_OFF' });
    expect(await report(inbox, 'SOURCE')).toEqual([]);
    await inbox.client.ask(set, { enabled: true });
    expect(await report(inbox, 'TOPIC')).toEqual([]);
  });
});
