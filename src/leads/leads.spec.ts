import { eventually } from '../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../test/support/inbox.js';
import { Workspaces, newId } from '../platform/database/index.js';
import { type Capture, type Captured, CaptureLead } from './capture/capture-lead.js';
import { LeadSource } from './enums.js';

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);
afterAll(() => under.stop());

const fields =
  'id name email phone company message status source tags fields answerOnly contact { id name emails } owner { id }';
interface SeenLead {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly contact: { readonly id: string; readonly name: string | null; readonly emails: string[] };
}

function capture(inbox: TestInbox, given: Partial<Capture>): Promise<Captured> {
  const { app } = under.app;
  const whole = { source: LeadSource.CONTACT_FORM, externalId: null, details: {}, ...given };
  return app.get(Workspaces).run(inbox.workspaceId, (tx) => app.get(CaptureLead).apply(tx, whole));
}

async function captured(inbox: TestInbox, given: Partial<Capture>): Promise<{ leadId: string; contactId: string }> {
  const outcome = await capture(inbox, given);
  if (!('leadId' in outcome)) throw new Error(`It was ${outcome.outcome}.`);
  return outcome;
}

async function count(from: string, ...values: unknown[]): Promise<number> {
  const { rows } = await under.admin.query<{ n: number }>(`select count(*)::int as n from ${from}`, values);
  return rows[0]?.n ?? -1;
}

const create = (inbox: TestInbox, input: Record<string, unknown>) =>
  inbox.client.ask<{ createLead: SeenLead }>(
    `mutation ($input: CreateLeadInput!) { createLead(input: $input) { ${fields} } }`,
    { input },
  );

async function listed(inbox: TestInbox, filter: Record<string, unknown>): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const {
      leads,
    }: { leads: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await inbox.client.ask(
        'query ($filter: LeadFilter, $after: String) { leads(filter: $filter, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { filter, after },
      );
    found.push(...leads.nodes.map(({ id }) => id));
    ({ hasNextPage: more, endCursor: after } = leads.pageInfo);
  }
  return found;
}

describe('a lead that a member writes down', () => {
  it('has a contact, labels and a note, and is moved on [promise 15]', async () => {
    const { createLead: lead } = await create(ada, {
      name: ' Grace  Hopper ',
      email: 'Grace@Example.com',
      phone: '+90 (555) 111 22 33',
      company: 'Navy',
      fields: { size: 'L', seats: 3 },
      tags: ['vip'],
      note: 'Call after lunch',
    });
    expect(lead).toMatchObject({
      name: 'Grace Hopper',
      email: 'grace@example.com',
      phone: '+905551112233',
      company: 'Navy',
      fields: { size: 'L', seats: 3 },
      tags: ['vip'],
      source: 'MANUAL',
      status: 'NEW',
      answerOnly: false,
      owner: null,
      contact: { name: 'Grace Hopper', emails: ['grace@example.com'] },
    });
    const { memberId } = ada.member;
    const { updateLead } = await ada.client.ask<{ updateLead: SeenLead }>(
      `mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { ${fields} } }`,
      { input: { id: lead.id, status: 'QUALIFIED', ownerId: memberId, fields: { size: 'M' } } },
    );
    expect(updateLead).toMatchObject({
      status: 'QUALIFIED',
      owner: { id: memberId },
      fields: { size: 'M' },
      tags: ['vip'],
    });
    const { rows } = await under.admin.query<{ kind: string; value: string | null; text: string | null }>(
      'select kind, value, text from lead_activities where lead_id = $1 order by id',
      [lead.id],
    );
    expect(rows).toEqual([
      { kind: 'CAPTURED', value: 'MANUAL', text: null },
      { kind: 'NOTE', value: null, text: 'Call after lunch' },
      { kind: 'STATUS', value: 'QUALIFIED', text: null },
      { kind: 'OWNER', value: null, text: null },
    ]);
  });

  it.each([
    ['who it is', {}, 'name'],
    ['a name', { name: '   ' }, 'name'],
    ['a short name', { name: 'x'.repeat(201) }, 'name'],
    ['an e-mail address', { email: 'nobody' }, 'email'],
    ['a phone number', { phone: 'call me' }, 'phone'],
    ['an object of fields', { name: 'A', fields: ['no'] }, 'fields'],
    ['plain fields', { name: 'A', fields: { deep: { er: 1 } } }, 'fields'],
    ['short labels', { name: 'A', tags: ['x'.repeat(51)] }, 'tags'],
    ['a short note', { name: 'A', note: 'x'.repeat(10_001) }, 'note'],
  ])('is refused in words without %s', async (_what, input, field) => {
    const query = 'mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }';
    const { errors } = await ada.client.post(query, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('is listed by status, source, owner, label and words, the newest first', async () => {
    const inbox = await under.inbox('Lee');
    const ids: string[] = [];
    for (const [index, name] of ['Alan Turing', 'Grace Hopper', 'Alan Kay'].entries())
      ids.unshift((await create(inbox, { name, tags: index === 1 ? ['vip'] : [] })).createLead.id);
    await inbox.client.ask('mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { id } }', {
      input: { id: ids[2], status: 'WON', ownerId: inbox.member.memberId },
    });
    expect(await listed(inbox, {})).toEqual(ids);
    expect(await listed(inbox, { status: ['NEW', 'LOST'] })).toEqual(ids.slice(0, 2));
    expect(await listed(inbox, { status: [] })).toEqual([]);
    expect(await listed(inbox, { source: ['IMPORT'] })).toEqual([]);
    expect(await listed(inbox, { ownerId: inbox.member.memberId })).toEqual([ids[2]]);
    expect(await listed(inbox, { ownerId: 'nobody' })).toEqual([]);
    expect(await listed(inbox, { tag: 'vip' })).toEqual([ids[1]]);
    expect(await listed(inbox, { search: 'alan' })).toEqual([ids[0], ids[2]]);
    expect(await listed(inbox, { createdAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  });
});

describe('what comes in', () => {
  it('becomes one lead, however often and however many at once tell of it [promise 4]', async () => {
    const externalId = newId();
    const told = Array.from({ length: 8 }, () =>
      capture(ada, { source: LeadSource.LEAD_AD, externalId, details: { email: `${externalId}@example.com` } }),
    );
    const outcomes = (await Promise.all(told)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['CAPTURED', ...Array.from({ length: 7 }, () => 'KNOWN')]);
    expect(await count('contacts where $1 = any (emails)', `${externalId}@example.com`)).toBe(1);
  });

  it('is joined to who gave the same address in a form, and to nobody who is met on a channel', async () => {
    const met = await under.contact(ada.workspaceId, { name: 'Met', emails: '{same@example.com}' });
    await under.identity(ada.workspaceId, {
      channel_id: ada.channelId,
      contact_id: met,
      external_id: 'same@example.com',
    });
    const first = await captured(ada, { details: { name: 'Ann', email: 'same@example.com' } });
    expect(first.contactId).not.toBe(met);
    const again = await captured(ada, {
      details: { name: 'Other', email: ' SAME@example.com', phone: '+15550001111' },
    });
    expect(again.contactId).toBe(first.contactId);
    const { rows } = await under.admin.query('select name, emails, phones from contacts where id = $1', [
      first.contactId,
    ]);
    expect(rows).toEqual([{ name: 'Ann', emails: ['same@example.com'], phones: ['+15550001111'] }]);
    // The number is of a lead with another address: nobody has proved that the two are one.
    expect((await captured(ada, { details: { phone: '+15550001111' } })).contactId).not.toBe(first.contactId);
  });

  it('is not joined by what somebody wrote in a chat', async () => {
    const writer = await under.contact(ada.workspaceId, { name: 'Writer' });
    await captured(ada, { source: LeadSource.CHAT, contactId: writer, details: { email: 'claimed@example.com' } });
    expect((await captured(ada, { details: { email: 'claimed@example.com' } })).contactId).not.toBe(writer);
  });

  it('is kept whatever it holds: what is too long is cut, what is no address stands among the answers', async () => {
    const { leadId } = await captured(ada, {
      details: {
        name: `${'x'.repeat(500)}\u0000`,
        email: 'not an address',
        phone: 'call my mother',
        message: 'm'.repeat(20_000),
        fields: { ['k'.repeat(500)]: 'v'.repeat(5_000), odd: { deep: 1 }, several: ['a', 2, null], 'lone \ud800': 'x' },
      },
    });
    const { lead } = await ada.client.ask<{ lead: SeenLead & { fields: Record<string, unknown>; message: string } }>(
      `query ($id: ID!) { lead(id: $id) { ${fields} } }`,
      { id: leadId },
    );
    expect(lead).toMatchObject({ name: 'x'.repeat(200), email: null, phone: null });
    expect(lead.message).toHaveLength(10_000);
    expect(lead.fields).toEqual({
      ['k'.repeat(200)]: 'v'.repeat(2_000),
      several: ['a', '2'],
      'lone \ufffd': 'x',
      email: 'not an address',
      phone: 'call my mother',
    });
  });

  it('is not taken of somebody whom the workspace blocked', async () => {
    const { contactId } = await captured(ada, { details: { email: 'pest@example.com' } });
    await under.admin.query('update contacts set blocked = true where id = $1', [contactId]);
    expect(await capture(ada, { details: { email: 'pest@example.com' } })).toEqual({ outcome: 'BLOCKED' });
  });

  it('marks who is known by forms alone that are for answers alone, until they send in another [promise 22]', async () => {
    const only = async () => count(`contacts where id = $1 and answer_only`, first.contactId);
    const first = await captured(ada, { answerOnly: true, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(1);
    await captured(ada, { answerOnly: true, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(1);
    await captured(ada, { answerOnly: false, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(0);
  });

  it('tells members of a new lead, and not of what they wrote down themselves or of a trial', async () => {
    const inbox = await under.inbox('Tess');
    const told = () => count(`notifications where workspace_id = $1 and kind = 'NEW_LEAD'`, inbox.workspaceId);
    await under.admin.query('update users set email_verified_at = now() where id = $1', [inbox.member.userId]);
    await inbox.client.ask('mutation { setNotificationPreferences(input: { mail: [NEW_LEAD], push: [] }) { mail } }');
    await create(inbox, { name: 'Mine' });
    await captured(inbox, { test: true, details: { name: 'Trial' } });
    expect(await told()).toBe(0);
    await captured(inbox, { details: { name: 'Real' } });
    expect(await told()).toBe(1);
  });

  it('is shown on open screens at once, and when it changes', async () => {
    const inbox = await under.inbox('Liv');
    const { inboxCursor } = await inbox.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
    const events = inbox.client.watch<{ __typename: string; lead?: { id: string } }>(
      'subscription ($after: String) { inboxEvents(after: $after) { __typename ... on LeadAdded { lead { id status } } ... on LeadChanged { lead { id status } } } }',
      { after: inboxCursor },
    );
    const { leadId } = await captured(inbox, { details: { name: 'Live' } });
    await inbox.client.ask('mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { id } }', {
      input: { id: leadId, status: 'LOST' },
    });
    await events.until(({ __typename }) => __typename === 'LeadChanged', 20_000);
    expect(events.events.filter(({ lead }) => lead?.id === leadId).map(({ __typename }) => __typename)).toEqual([
      'LeadAdded',
      'LeadChanged',
    ]);
    events.end();
  });
});

describe('contacts that are made one', () => {
  it('have the leads of both, and each their own again when that is taken back', async () => {
    const keep = await under.contact(ada.workspaceId, { name: 'Keep' });
    const one = await captured(ada, { details: { email: 'merge-a@example.com' } });
    const two = await captured(ada, { details: { email: 'merge-b@example.com' } });
    const merge = (keepId: string, mergeIds: string[]) =>
      ada.client.ask(
        'mutation ($keepId: ID!, $mergeIds: [ID!]!) { mergeContacts(keepId: $keepId, mergeIds: $mergeIds) { id } }',
        {
          keepId,
          mergeIds,
        },
      );
    const leadsOf = async (id: string) => {
      const { contact } = await ada.client.ask<{ contact: { leads: { nodes: { id: string }[] } } | null }>(
        'query ($id: ID!) { contact(id: $id) { leads { nodes { id } } } }',
        { id },
      );
      return contact?.leads.nodes.map((lead) => lead.id).sort();
    };
    await merge(one.contactId, [two.contactId]);
    await merge(keep, [one.contactId]);
    expect(await leadsOf(keep)).toEqual([one.leadId, two.leadId].sort());
    // A person said who that is: what comes under the address from now on is theirs too.
    const later = await captured(ada, { details: { email: 'merge-a@example.com' } });
    expect(later.contactId).toBe(keep);
    await ada.client.ask('mutation ($id: ID!) { unmergeContacts(keepId: $id) { id } }', { id: keep });
    expect(await leadsOf(keep)).toEqual([later.leadId]);
    expect(await leadsOf(one.contactId)).toEqual([one.leadId, two.leadId].sort());
  });
});

describe('what is erased', () => {
  const step = (inbox: TestInbox, operation: string, argument: string, id: string, more = '') =>
    inbox.client.ask(`mutation ($id: ID!) { ${operation}(${argument}: $id${more}) { id } }`, { id });

  it('of a person takes e-mail address, name and every answer at once, and no late delivery brings them back [promise 66]', async () => {
    const externalId = newId();
    const at = new Date(Date.now() - 60_000);
    const given = {
      source: LeadSource.LEAD_AD,
      externalId,
      at,
      details: { name: 'Gone', email: 'gone@example.com', phone: '+15557770000' },
    };
    const { contactId, leadId } = await captured(ada, given);
    await step(ada, 'eraseContact', 'contactId', contactId);
    expect(await count('leads where id = $1', leadId)).toBe(0);
    expect(await count('lead_activities where lead_id = $1', leadId)).toBe(0);
    expect(await capture(ada, given)).toEqual({ outcome: 'FORGOTTEN' });
    // Another form that they sent in before, which the platform tells of late.
    expect(await capture(ada, { ...given, externalId: newId() })).toEqual({ outcome: 'FORGOTTEN' });
    expect(await capture(ada, { ...given, externalId: newId(), details: { phone: '+1 555 777 00 00' } })).toEqual({
      outcome: 'FORGOTTEN',
    });
    // Whoever comes anew is welcome, and no other workspace knows of it.
    const anew = await captured(ada, { ...given, externalId: newId(), at: new Date() });
    expect(anew.contactId).not.toBe(contactId);
    expect((await capture(await under.inbox('Far'), given)).outcome).toBe('CAPTURED');
  });

  it('of one lead leaves its contact where more is known of them, and takes it where not', async () => {
    const email = 'twice@example.com';
    const first = await captured(ada, { externalId: newId(), details: { email } });
    const second = await captured(ada, { externalId: newId(), details: { email } });
    await step(ada, 'deleteLead', 'id', first.leadId);
    expect(await count('leads where contact_id = $1', first.contactId)).toBe(1);
    expect(await count('contacts where id = $1', first.contactId)).toBe(1);
    await step(ada, 'deleteLead', 'id', second.leadId);
    expect(await count('contacts where id = $1', first.contactId)).toBe(0);
  });

  it('with a conversation are the leads that came of it, unless they are to stay [promise 57]', async () => {
    const chat = async () => {
      const contactId = await under.contact(ada.workspaceId);
      const conversationId = await under.conversation(ada, { contact_id: contactId });
      const { leadId } = await captured(ada, {
        source: LeadSource.CHAT,
        contactId,
        conversationId,
        details: { name: 'C' },
      });
      return { conversationId, leadId };
    };
    const [gone, kept] = [await chat(), await chat()];
    await step(ada, 'deleteConversation', 'id', gone.conversationId);
    await step(ada, 'deleteConversation', 'id', kept.conversationId, ', withLeads: false');
    expect(await count('leads where id = $1', gone.leadId)).toBe(0);
    expect(await count('leads where id = $1 and conversation_id is null', kept.leadId)).toBe(1);
  });

  it('waits for a legal hold', async () => {
    const { contactId, leadId } = await captured(ada, { details: { email: 'held@example.com' } });
    await ada.client.ask('mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "court") { id } }', {
      id: contactId,
    });
    const refused = await ada.client.refusal('mutation ($id: ID!) { deleteLead(id: $id) { id } }', { id: leadId });
    expect(refused).toBe('LEGAL_HOLD');
    expect(await count('leads where id = $1', leadId)).toBe(1);
  });
});

describe('what is old', () => {
  it('goes by the policy of the workspace, with whoever is known by nothing else, and is counted before', async () => {
    const inbox = await under.inbox('Old');
    const at = new Date(Date.now() - 40 * 86_400_000);
    const old = await captured(inbox, { at, details: { email: 'old@example.com' } });
    const writer = await under.contact(inbox.workspaceId);
    await under.conversation(inbox, { contact_id: writer });
    await captured(inbox, { source: LeadSource.CHAT, at, contactId: writer, details: { name: 'Writes' } });
    const young = await captured(inbox, { details: { email: 'young@example.com' } });
    const { previewRetention } = await inbox.client.ask<{ previewRetention: { what: string; count: number }[] }>(
      '{ previewRetention(leadsDays: 30) { what count } }',
    );
    expect(previewRetention).toContainEqual({ what: 'leads', count: 2 });
    await inbox.client.ask('mutation { setRetention(leadsDays: 30) { leadsDays } }');
    await eventually(async () =>
      (await count('leads where workspace_id = $1', inbox.workspaceId)) === 1 ? true : null,
    );
    expect(await count('contacts where id = $1', old.contactId)).toBe(0);
    expect(await count('contacts where id = any ($1)', [writer, young.contactId])).toBe(2);
  });
});
