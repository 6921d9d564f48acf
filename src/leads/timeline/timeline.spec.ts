import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { LeadsUnderTest } from '../../../test/support/leads.js';
import { LeadSource } from '../enums.js';

let under: InboxUnderTest;
let leads: LeadsUnderTest;
let ada: TestInbox;
let bob: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  leads = new LeadsUnderTest(under);
  ({ ada, bob, vic } = await under.team());
}, 60_000);
afterAll(() => under.stop());

interface SeenActivity {
  readonly id: string;
  readonly kind: string;
  readonly source: string | null;
  readonly status: string | null;
  readonly text: string | null;
  readonly by: { readonly id: string } | null;
  readonly about: { readonly id: string } | null;
}
interface SeenPage {
  readonly nodes: SeenActivity[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What a lead went through, the oldest first, read in pages. */
async function activity(inbox: TestInbox, id: string, first = 100): Promise<SeenActivity[]> {
  const found: SeenActivity[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { lead }: { lead: { activity: SeenPage } } = await inbox.client.ask(
      `query ($id: ID!, $first: Int, $after: String) { lead(id: $id) { activity(first: $first, after: $after) {
         nodes { id kind source status text by { id } about { id } } pageInfo { hasNextPage endCursor } } } }`,
      { id, first, after },
    );
    found.push(...lead.activity.nodes);
    ({ hasNextPage: more, endCursor: after } = lead.activity.pageInfo);
  }
  return found.reverse();
}

const addNote = 'mutation ($id: ID!, $text: String!) { addLeadNote(leadId: $id, text: $text) { id } }';
const deleteNote = 'mutation ($id: ID!) { deleteLeadNote(id: $id) { id } }';
const none = { source: null, status: null, text: null, by: null, about: null };

describe('what happened with a lead', () => {
  it('is told from the first touch on, with who did it, in pages without gaps [promise 15]', async () => {
    const { leadId: id } = await leads.captured(ada, { details: { email: 'path@example.com' } });
    const [byAda, byBob] = [{ id: ada.member.memberId }, { id: bob.member.memberId }];
    await leads.update(ada, { id, status: 'CONTACTED', ownerId: byBob.id, tags: ['vip', 'big'] });
    await bob.client.ask(addNote, { id, text: ' Wants\n two ' });
    await leads.update(bob, { id, ownerId: null, tags: [], fields: { size: 'L' } });
    // Nothing is different: nothing happened.
    await leads.update(bob, { id, ownerId: null, tags: [] });
    const told = [
      { ...none, kind: 'CAPTURED', source: 'CONTACT_FORM' },
      { ...none, kind: 'STATUS', by: byAda, status: 'CONTACTED' },
      { ...none, kind: 'OWNER', by: byAda, about: byBob },
      { ...none, kind: 'TAGS', by: byAda, text: 'vip, big' },
      { ...none, kind: 'NOTE', by: byBob, text: 'Wants\n two' },
      { ...none, kind: 'OWNER', by: byBob },
      { ...none, kind: 'TAGS', by: byBob, text: '' },
      { ...none, kind: 'FIELDS', by: byBob },
    ].map((one) => ({ ...one, id: expect.any(String) as string }));
    expect(await activity(vic, id)).toEqual(told);
    expect(await activity(vic, id, 3)).toEqual(told);
  });

  it('says so where the same person sends in another, and where contacts are made one and two again', async () => {
    const { leadId: first, contactId } = await leads.captured(ada, { details: { email: 'often@example.com' } });
    await leads.captured(ada, { source: LeadSource.LEAD_AD, details: { email: 'often@example.com' } });
    const keep = await under.contact(ada.workspaceId, { name: 'Keep' });
    await ada.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
      a: keep,
      b: contactId,
    });
    await ada.client.ask('mutation ($id: ID!) { unmergeContacts(keepId: $id) { id } }', { id: keep });
    expect((await activity(ada, first)).map(({ kind, source }) => [kind, source])).toEqual([
      ['CAPTURED', 'CONTACT_FORM'],
      ['AGAIN', 'LEAD_AD'],
      ['MERGED', null],
      ['UNMERGED', null],
    ]);
  });

  it('is of one lead alone where several are asked at once', async () => {
    const inbox = await under.inbox('Many');
    for (const name of ['One', 'Two', 'Three']) await leads.create(inbox, { name, note: `about ${name}` });
    const { leads: page } = await inbox.client.ask<{ leads: { nodes: { name: string; activity: SeenPage }[] } }>(
      '{ leads { nodes { name activity(first: 1) { nodes { text } pageInfo { hasNextPage } } } } }',
    );
    expect(page.nodes.map((lead) => [lead.name, lead.activity.nodes, lead.activity.pageInfo.hasNextPage])).toEqual(
      ['Three', 'Two', 'One'].map((name) => [name, [{ text: `about ${name}` }], true]),
    );
  });

  it('is written down for those who look after the workspace: that a lead was changed and in what, and no word of it', async () => {
    const { id } = await leads.create(ada, { name: 'Audited' });
    await leads.update(bob, { id, status: 'WON', tags: ['secret label'] });
    const { rows } = await under.admin.query(
      `select actor, detail from audit_entries where target = $1 and action = 'lead.update'`,
      [id],
    );
    expect(rows).toEqual([{ actor: `member:${bob.member.memberId}`, detail: { changed: ['status', 'tags'] } }]);
  });
});

describe('a note about a lead', () => {
  it('is deleted by its author or by those who run the workspace, and by nobody else', async () => {
    const { id } = await leads.create(ada, { name: 'Noted', note: 'of Ada' });
    await bob.client.ask(addNote, { id, text: 'of Bob' });
    const noted = async () => (await activity(ada, id)).filter(({ kind }) => kind === 'NOTE');
    const [ofAda, ofBob] = await noted();
    const { errors } = await bob.client.post(deleteNote, { id: ofAda?.id });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'NOTE_OF_ANOTHER' });
    expect(await vic.client.refusal(deleteNote, { id: ofBob?.id })).toBe('FORBIDDEN');
    expect(await noted()).toHaveLength(2);
    await bob.client.ask(deleteNote, { id: ofBob?.id });
    expect(await noted()).toEqual([ofAda]);
    await bob.client.ask(addNote, { id, text: 'another of Bob' });
    await ada.client.ask(deleteNote, { id: (await noted())[1]?.id });
    expect(await noted()).toEqual([ofAda]);
  });

  it('is the only thing that can be deleted of what happened', async () => {
    const { id } = await leads.create(ada, { name: 'Lasting' });
    const [captured] = await activity(ada, id);
    expect(await ada.client.refusal(deleteNote, { id: captured?.id })).toBe('NOT_FOUND');
    expect(await activity(ada, id)).toHaveLength(1);
  });

  it.each([
    ['nothing', ' \n ', 'text'],
    ['too much', 'x'.repeat(10_001), 'text'],
  ])('is refused in words where it says %s', async (_what, text, field) => {
    const { id } = await leads.create(ada, { name: 'Quiet' });
    const { errors } = await ada.client.post(addNote, { id, text });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('is seen on open screens at once, and nobody who may only look writes one', async () => {
    const { id } = await leads.create(ada, { name: 'Live' });
    const { inboxCursor } = await ada.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
    const events = vic.client.watch<{ __typename: string; lead?: { activity: SeenPage } }>(
      'subscription ($after: String) { inboxEvents(after: $after) { __typename ... on LeadChanged { lead { activity(first: 1) { nodes { text } } } } } }',
      { after: inboxCursor },
    );
    expect(await vic.client.refusal(addNote, { id, text: 'no' })).toBe('FORBIDDEN');
    await bob.client.ask(addNote, { id, text: 'look' });
    const event = await events.until(({ __typename }) => __typename === 'LeadChanged', 20_000);
    expect(event.lead?.activity.nodes).toEqual([{ text: 'look' }]);
    events.end();
  });
});
