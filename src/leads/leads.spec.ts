import { InboxUnderTest, type TestInbox } from '../../test/support/inbox.js';
import { LeadsUnderTest, type SeenLead, leadFields } from '../../test/support/leads.js';
import { newId } from '../platform/database/index.js';
import { LeadSource } from './enums.js';

let under: InboxUnderTest;
let leads: LeadsUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  leads = new LeadsUnderTest(under);
  ada = await under.inbox('Ada');
}, 60_000);
afterAll(() => under.stop());

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
    const lead = await leads.create(ada, {
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
    const updated = await leads.update(ada, {
      id: lead.id,
      status: 'QUALIFIED',
      ownerId: memberId,
      fields: { size: 'M' },
    });
    expect(updated).toMatchObject({
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
      { kind: 'FIELDS', value: null, text: null },
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
      ids.unshift((await leads.create(inbox, { name, tags: index === 1 ? ['vip'] : [] })).id);
    await leads.update(inbox, { id: ids[2], status: 'WON', ownerId: inbox.member.memberId });
    expect(await listed(inbox, {})).toEqual(ids);
    expect(await listed(inbox, { status: ['NEW', 'LOST'] })).toEqual(ids.slice(0, 2));
    expect(await listed(inbox, { status: [] })).toEqual([]);
    expect(await listed(inbox, { source: ['IMPORT'] })).toEqual([]);
    expect(await listed(inbox, { ownerId: inbox.member.memberId })).toEqual([ids[2]]);
    expect(await listed(inbox, { ownerId: 'nobody' })).toEqual([]);
    expect(await listed(inbox, { unassigned: true })).toEqual(ids.slice(0, 2));
    expect(await listed(inbox, { unassigned: false })).toEqual([ids[2]]);
    expect(await listed(inbox, { tag: 'vip' })).toEqual([ids[1]]);
    expect(await listed(inbox, { search: 'alan' })).toEqual([ids[0], ids[2]]);
    // What a form said of somebody who is met on a channel is not known of the contact: it is found all the same.
    const met = await under.contact(inbox.workspaceId, { name: 'Met' });
    const details = { email: 'own@example.com', phone: '+905550001122' };
    const { leadId } = await leads.captured(inbox, { contactId: met, details });
    expect(await listed(inbox, { search: ' Own@Example.com ' })).toEqual([leadId]);
    expect(await listed(inbox, { search: '+90 555 000 11 22' })).toEqual([leadId]);
    expect(await listed(inbox, { createdAfter: new Date(Date.now() + 60_000) })).toEqual([]);
  });
});

describe('what comes in', () => {
  it('becomes one lead, however often and however many at once tell of it [promise 4]', async () => {
    const externalId = newId();
    const told = Array.from({ length: 8 }, () =>
      leads.capture(ada, { source: LeadSource.LEAD_AD, externalId, details: { email: `${externalId}@example.com` } }),
    );
    const outcomes = (await Promise.all(told)).map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['CAPTURED', ...Array.from({ length: 7 }, () => 'KNOWN')]);
    expect(await leads.count('contacts where $1 = any (emails)', `${externalId}@example.com`)).toBe(1);
  });

  it('is joined to who gave the same address in a form, and to nobody who is met on a channel', async () => {
    const met = await under.contact(ada.workspaceId, { name: 'Met', emails: '{same@example.com}' });
    await under.identity(ada.workspaceId, {
      channel_id: ada.channelId,
      contact_id: met,
      external_id: 'same@example.com',
    });
    const first = await leads.captured(ada, { details: { name: 'Ann', email: 'same@example.com' } });
    expect(first.contactId).not.toBe(met);
    const again = await leads.captured(ada, {
      details: { name: 'Other', email: ' SAME@example.com', phone: '+15550001111' },
    });
    expect(again.contactId).toBe(first.contactId);
    const { rows } = await under.admin.query('select name, emails, phones from contacts where id = $1', [
      first.contactId,
    ]);
    expect(rows).toEqual([{ name: 'Ann', emails: ['same@example.com'], phones: ['+15550001111'] }]);
    // The number is of a lead with another address: nobody has proved that the two are one.
    expect((await leads.captured(ada, { details: { phone: '+15550001111' } })).contactId).not.toBe(first.contactId);
  });

  it('is not joined by what somebody wrote in a chat', async () => {
    const writer = await under.contact(ada.workspaceId, { name: 'Writer' });
    await leads.captured(ada, {
      source: LeadSource.CHAT,
      contactId: writer,
      details: { email: 'claimed@example.com' },
    });
    expect((await leads.captured(ada, { details: { email: 'claimed@example.com' } })).contactId).not.toBe(writer);
  });

  it('is kept whatever it holds: what is too long is cut, what is no address stands among the answers', async () => {
    const { leadId } = await leads.captured(ada, {
      details: {
        name: `${'x'.repeat(500)}\u0000`,
        email: 'not an address',
        phone: 'call my mother',
        message: 'm'.repeat(20_000),
        fields: { ['k'.repeat(500)]: 'v'.repeat(5_000), odd: { deep: 1 }, several: ['a', 2, null], 'lone \ud800': 'x' },
      },
    });
    const { lead } = await ada.client.ask<{ lead: SeenLead & { fields: Record<string, unknown>; message: string } }>(
      `query ($id: ID!) { lead(id: $id) { ${leadFields} } }`,
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
    const { contactId } = await leads.captured(ada, { details: { email: 'pest@example.com' } });
    await under.admin.query('update contacts set blocked = true where id = $1', [contactId]);
    expect(await leads.capture(ada, { details: { email: 'pest@example.com' } })).toEqual({ outcome: 'BLOCKED' });
  });

  it('marks who is known by forms alone that are for answers alone, until they send in another [promise 22]', async () => {
    const only = async () => leads.count(`contacts where id = $1 and answer_only`, first.contactId);
    const first = await leads.captured(ada, { answerOnly: true, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(1);
    await leads.captured(ada, { answerOnly: true, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(1);
    await leads.captured(ada, { answerOnly: false, details: { email: 'quiet@example.com' } });
    expect(await only()).toBe(0);
  });

  it('tells members of a new lead, and not of what they wrote down themselves or of a trial', async () => {
    const inbox = await under.inbox('Tess');
    const told = () => leads.count(`notifications where workspace_id = $1 and kind = 'NEW_LEAD'`, inbox.workspaceId);
    await under.admin.query('update users set email_verified_at = now() where id = $1', [inbox.member.userId]);
    await inbox.client.ask('mutation { setNotificationPreferences(input: { mail: [NEW_LEAD], push: [] }) { mail } }');
    await leads.create(inbox, { name: 'Mine' });
    await leads.captured(inbox, { test: true, details: { name: 'Trial' } });
    expect(await told()).toBe(0);
    await leads.captured(inbox, { details: { name: 'Real' } });
    expect(await told()).toBe(1);
  });

  it('is shown on open screens at once, and when it changes', async () => {
    const inbox = await under.inbox('Liv');
    const { inboxCursor } = await inbox.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
    const events = inbox.client.watch<{ __typename: string; lead?: { id: string } }>(
      'subscription ($after: String) { inboxEvents(after: $after) { __typename ... on LeadAdded { lead { id status } } ... on LeadChanged { lead { id status } } } }',
      { after: inboxCursor },
    );
    const { leadId } = await leads.captured(inbox, { details: { name: 'Live' } });
    await leads.update(inbox, { id: leadId, status: 'LOST' });
    await events.until(({ __typename }) => __typename === 'LeadChanged', 20_000);
    expect(events.events.filter(({ lead }) => lead?.id === leadId).map(({ __typename }) => __typename)).toEqual([
      'LeadAdded',
      'LeadChanged',
    ]);
    events.end();
  });
});
