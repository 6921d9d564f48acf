import { eventually } from '../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../test/support/inbox.js';
import { LeadsUnderTest } from '../../test/support/leads.js';
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

describe('contacts that are made one', () => {
  it('have the leads of both, and each their own again when that is taken back', async () => {
    const keep = await under.contact(ada.workspaceId, { name: 'Keep' });
    const one = await leads.captured(ada, { details: { email: 'merge-a@example.com' } });
    const two = await leads.captured(ada, { details: { email: 'merge-b@example.com' } });
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
    const later = await leads.captured(ada, { details: { email: 'merge-a@example.com' } });
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
    const { contactId, leadId } = await leads.captured(ada, given);
    await step(ada, 'eraseContact', 'contactId', contactId);
    expect(await leads.count('leads where id = $1', leadId)).toBe(0);
    expect(await leads.count('lead_activities where lead_id = $1', leadId)).toBe(0);
    expect(await leads.capture(ada, given)).toEqual({ outcome: 'FORGOTTEN' });
    // Another form that they sent in before, which the platform tells of late.
    expect(await leads.capture(ada, { ...given, externalId: newId() })).toEqual({ outcome: 'FORGOTTEN' });
    expect(await leads.capture(ada, { ...given, externalId: newId(), details: { phone: '+1 555 777 00 00' } })).toEqual(
      {
        outcome: 'FORGOTTEN',
      },
    );
    // Whoever comes anew is welcome, and no other workspace knows of it.
    const anew = await leads.captured(ada, { ...given, externalId: newId(), at: new Date() });
    expect(anew.contactId).not.toBe(contactId);
    expect((await leads.capture(await under.inbox('Far'), given)).outcome).toBe('CAPTURED');
  });

  it('of one lead leaves its contact where more is known of them, and takes it where not', async () => {
    const email = 'twice@example.com';
    const first = await leads.captured(ada, { externalId: newId(), details: { email } });
    const second = await leads.captured(ada, { externalId: newId(), details: { email } });
    await step(ada, 'deleteLead', 'id', first.leadId);
    expect(await leads.count('leads where contact_id = $1', first.contactId)).toBe(1);
    expect(await leads.count('contacts where id = $1', first.contactId)).toBe(1);
    await step(ada, 'deleteLead', 'id', second.leadId);
    expect(await leads.count('contacts where id = $1', first.contactId)).toBe(0);
  });

  it('with a conversation are the leads that came of it, unless they are to stay [promise 57]', async () => {
    const chat = async () => {
      const contactId = await under.contact(ada.workspaceId);
      const conversationId = await under.conversation(ada, { contact_id: contactId });
      const { leadId } = await leads.captured(ada, {
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
    expect(await leads.count('leads where id = $1', gone.leadId)).toBe(0);
    expect(await leads.count('leads where id = $1 and conversation_id is null', kept.leadId)).toBe(1);
  });

  it('waits for a legal hold', async () => {
    const { contactId, leadId } = await leads.captured(ada, { details: { email: 'held@example.com' } });
    await ada.client.ask('mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "court") { id } }', {
      id: contactId,
    });
    const refused = await ada.client.refusal('mutation ($id: ID!) { deleteLead(id: $id) { id } }', { id: leadId });
    expect(refused).toBe('LEGAL_HOLD');
    expect(await leads.count('leads where id = $1', leadId)).toBe(1);
  });
});

describe('what is old', () => {
  it('goes by the policy of the workspace, with whoever is known by nothing else, and is counted before', async () => {
    const inbox = await under.inbox('Old');
    const at = new Date(Date.now() - 40 * 86_400_000);
    const old = await leads.captured(inbox, { at, details: { email: 'old@example.com' } });
    const writer = await under.contact(inbox.workspaceId);
    await under.conversation(inbox, { contact_id: writer });
    await leads.captured(inbox, { source: LeadSource.CHAT, at, contactId: writer, details: { name: 'Writes' } });
    const young = await leads.captured(inbox, { details: { email: 'young@example.com' } });
    const { previewRetention } = await inbox.client.ask<{ previewRetention: { what: string; count: number }[] }>(
      '{ previewRetention(leadsDays: 30) { what count } }',
    );
    expect(previewRetention).toContainEqual({ what: 'leads', count: 2 });
    // The one who writes is known by more, and stays.
    expect(previewRetention).toContainEqual({ what: 'contacts', count: 1 });
    await inbox.client.ask('mutation { setRetention(leadsDays: 30) { leadsDays } }');
    await eventually(async () =>
      (await leads.count('leads where workspace_id = $1', inbox.workspaceId)) === 1 ? true : null,
    );
    expect(await leads.count('contacts where id = $1', old.contactId)).toBe(0);
    expect(await leads.count('contacts where id = any ($1)', [writer, young.contactId])).toBe(2);
  });
});
