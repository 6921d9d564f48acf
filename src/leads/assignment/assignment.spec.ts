import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { LeadsUnderTest } from '../../../test/support/leads.js';
import { LeadSource } from '../enums.js';

let under: InboxUnderTest;
let leads: LeadsUnderTest;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  leads = new LeadsUnderTest(under);
}, 60_000);
afterAll(() => under.stop());

const set =
  'mutation ($mode: LeadAssignmentMode!, $memberIds: [ID!], $sources: [LeadSource!]) { setLeadAssignment(mode: $mode, memberIds: $memberIds, sources: $sources) { mode sources members { id } } }';

interface Team {
  readonly ada: TestInbox;
  readonly bob: TestInbox;
  readonly ids: string[];
}

/** Three who get leads in turn. */
async function team(): Promise<Team> {
  const ada = await under.inbox('Ada');
  const [bob, cem] = [await under.colleague(ada, 'Bob'), await under.colleague(ada, 'Cem')];
  const ids = [ada, bob, cem].map(({ member }) => member.memberId);
  await ada.client.ask(set, { mode: 'ROUND_ROBIN', memberIds: ids });
  return { ada, bob, ids };
}

/** How many leads each has, of members and of nobody. */
async function owned(inbox: TestInbox): Promise<Record<string, number>> {
  const { rows } = await under.admin.query<{ owner: string; n: number }>(
    `select coalesce(owner_id::text, 'nobody') as owner, count(*)::int as n from leads where workspace_id = $1 group by 1`,
    [inbox.workspaceId],
  );
  return Object.fromEntries(rows.map(({ owner, n }) => [owner, n]));
}

const come = (inbox: TestInbox, count: number, more: Record<string, unknown> = {}) =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      leads.captured(inbox, { details: { email: `lead${String(index)}-${crypto.randomUUID()}@example.com` }, ...more }),
    ),
  );

describe('new leads', () => {
  it('are nobody’s until a workspace says whose', async () => {
    const ada = await under.inbox('Plain');
    await come(ada, 2);
    expect(await owned(ada)).toEqual({ nobody: 2 });
    const { leadAssignment } = await ada.client.ask('{ leadAssignment { mode sources members { id } } }');
    expect(leadAssignment).toEqual({ mode: 'OFF', sources: ['LEAD_AD', 'CONTACT_FORM', 'CHAT'], members: [] });
  });

  it('go to chosen members in turn, fairly also where many come at once', async () => {
    const { ada, ids } = await team();
    await come(ada, 30);
    expect(await owned(ada)).toEqual(Object.fromEntries(ids.map((id) => [id, 10])));
    for (let one = 0; one < 3; one += 1) await come(ada, 1);
    expect(await owned(ada)).toEqual(Object.fromEntries(ids.map((id) => [id, 11])));
  });

  it('pass over who is away, paused or gone, and whoever is back is next once', async () => {
    const { ada, bob, ids } = await team();
    const [a = '', b = '', c = ''] = ids;
    await bob.client.ask('mutation { setAvailability(available: false) { id } }');
    await come(ada, 4);
    expect(await owned(ada)).toEqual({ [a]: 2, [c]: 2 });
    await bob.client.ask('mutation { setAvailability(available: true) { id } }');
    await come(ada, 3);
    expect(await owned(ada)).toEqual({ [a]: 3, [b]: 1, [c]: 3 });
    await under.admin.query('update members set frozen = true where id = $1', [c]);
    await come(ada, 2);
    expect(await owned(ada)).toEqual({ [a]: 4, [b]: 2, [c]: 3 });
    await ada.client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id: b });
    await come(ada, 1);
    expect((await owned(ada))[a]).toBe(5);
    const { leadAssignment } = await ada.client.ask<{ leadAssignment: { members: { id: string }[] } }>(
      '{ leadAssignment { members { id } } }',
    );
    expect(leadAssignment.members.map(({ id }) => id).sort()).toEqual([a, c].sort());
    await ada.client.ask('mutation { setAvailability(available: false) { id } }');
    await come(ada, 1);
    expect((await owned(ada))['nobody']).toBeGreaterThan(0);
  });

  it('tell whose they are by notification and in what happened; members who take one themselves are not told', async () => {
    const { ada, bob, ids } = await team();
    await under.admin.query('update users set email_verified_at = now()');
    await ada.client.ask(set, { mode: 'ROUND_ROBIN', memberIds: [bob.member.memberId] });
    const [lead] = await come(ada, 1);
    const told = (inbox: TestInbox) => leads.news(inbox, 'LEAD_ASSIGNED');
    expect([await told(bob), await told(ada)]).toEqual([1, 0]);
    const { rows } = await under.admin.query(
      `select member_id, about_id from lead_activities where lead_id = $1 and kind = 'OWNER'`,
      [lead?.leadId],
    );
    expect(rows).toEqual([{ member_id: null, about_id: ids[1] }]);
    await leads.update(ada, { id: lead?.leadId, ownerId: ada.member.memberId });
    expect([await told(bob), await told(ada)]).toEqual([1, 0]);
    await leads.update(ada, { id: lead?.leadId, ownerId: bob.member.memberId });
    expect([await told(bob), await told(ada)]).toEqual([2, 0]);
  });

  it('are given by their source: what a member writes down is given to whom they say', async () => {
    const { ada, ids } = await team();
    await leads.create(ada, { name: 'Mine' });
    await come(ada, 1, { test: true });
    expect(await owned(ada)).toEqual({ nobody: 2 });
    await ada.client.ask(set, { mode: 'ROUND_ROBIN', sources: ['MANUAL'] });
    await leads.create(ada, { name: 'In turn' });
    await come(ada, 1, { source: LeadSource.LEAD_AD });
    expect(Object.entries(await owned(ada)).filter(([owner]) => ids.includes(owner))).toHaveLength(1);
    expect((await owned(ada))['nobody']).toBe(3);
    await ada.client.ask(set, { mode: 'OFF' });
    await leads.create(ada, { name: 'Nobody’s' });
    expect((await owned(ada))['nobody']).toBe(4);
  });
});

describe('who gets new leads', () => {
  it('is said by those who run the workspace, is written down, and keeps what is left out', async () => {
    const { ada, bob, ids } = await team();
    expect(await bob.client.refusal(set, { mode: 'OFF' })).toBe('FORBIDDEN');
    const { setLeadAssignment } = await ada.client.ask(set, { mode: 'OFF' });
    expect(setLeadAssignment).toMatchObject({ mode: 'OFF', sources: ['LEAD_AD', 'CONTACT_FORM', 'CHAT'] });
    expect((setLeadAssignment as { members: unknown[] }).members).toHaveLength(3);
    const { rows } = await under.admin.query<{ detail: { mode: string; memberIds: string[] } }>(
      `select detail from audit_entries where target = $1 and action = 'lead-assignment.set' order by seq`,
      [ada.workspaceId],
    );
    expect(rows.map(({ detail }) => [detail.mode, [...detail.memberIds].sort()])).toEqual([
      ['ROUND_ROBIN', [...ids].sort()],
      ['OFF', [...ids].sort()],
    ]);
  });

  it('is refused in words where nobody can get one', async () => {
    const { ada } = await team();
    const vic = await under.colleague(ada, 'Vic', 'VIEWER');
    const stranger = await under.inbox('Stranger');
    const field = async (variables: Record<string, unknown>) => {
      const { errors } = await ada.client.post(set, { mode: 'ROUND_ROBIN', ...variables });
      return errors?.[0]?.extensions['field'] ?? errors?.[0]?.extensions['code'];
    };
    expect(await field({ memberIds: [] })).toBe('memberIds');
    expect(await field({ sources: [] })).toBe('sources');
    expect(await field({ memberIds: [vic.member.memberId] })).toBe('memberIds');
    expect(await field({ memberIds: [stranger.member.memberId] })).toBe('NOT_FOUND');
    expect(await field({ memberIds: ['nobody'] })).toBe('NOT_FOUND');
  });
});
