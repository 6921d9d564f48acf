import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);

afterAll(() => under.stop());

const merge =
  'mutation ($keep: ID!, $merge: [ID!]!) { mergeContacts(keepId: $keep, mergeIds: $merge) { id name emails phones tags customFields language blocked automationObjected processingRestricted firstSeenAt lastSeenAt identities { externalId } notes { text } conversations { nodes { id } } } }';
const unmerge = 'mutation ($keep: ID!) { unmergeContacts(keepId: $keep) { id name } }';

/** Everything that is kept of contacts, as it stands in the tables. */
async function everything(): Promise<Record<string, unknown[]>> {
  const rows = async (table: string, order: string) =>
    (
      await under.admin.query<{ row: unknown }>(
        `select to_jsonb(t) as row from ${table} t where workspace_id = $1 order by ${order}`,
        [ada.workspaceId],
      )
    ).rows;
  return {
    contacts: await rows('contacts', 'id'),
    identities: await rows('contact_identities', 'id'),
    conversations: await rows('conversations', 'id'),
    notes: await rows('contact_notes', 'id'),
  };
}

async function person(more: Record<string, unknown>) {
  const contact = await under.contact(ada.workspaceId, more);
  const address = { channel_id: ada.channelId, contact_id: contact };
  const identity = await under.identity(ada.workspaceId, address);
  const { rows } = await under.admin.query<{ thread_key: string; external_id: string }>(
    'select thread_key, external_id from contact_identities where id = $1',
    [identity],
  );
  const conversation = await under.conversation(ada, { contact_id: contact, thread_key: rows[0]?.thread_key });
  await under.insert('contact_notes', ada.workspaceId, { contact_id: contact, text: `about ${String(more['name'])}` });
  return { id: contact, conversation, externalId: rows[0]?.external_id ?? '', threadKey: rows[0]?.thread_key ?? '' };
}

const three = async () => {
  const keep = await person({
    name: 'Grace',
    tags: ['vip'],
    emails: ['g@example.com'],
    custom_fields: { size: 'M' },
    first_seen_at: '2026-03-01T10:00:00.123456Z',
    last_seen_at: '2026-03-02T10:00:00.123456Z',
  });
  const twin = await person({
    name: 'G. Hopper',
    language: 'en',
    tags: ['refund', 'vip'],
    emails: ['h@example.com'],
    phones: ['+15550001'],
    custom_fields: { size: 'L', plan: 'pro' },
    blocked: true,
    first_seen_at: '2026-01-01T00:00:00.000001Z',
    last_seen_at: '2026-03-02T10:00:00.123457Z',
  });
  const third = await person({
    name: null,
    language: 'tr',
    tags: ['new'],
    automation_objected: true,
    processing_restricted: true,
  });
  return { keep, twin, third };
};

it('makes one of three, and three of one again, to the last bit', async () => {
  const { keep, twin, third } = await three();
  const before = await everything();
  const { mergeContacts } = await ada.client.ask<{ mergeContacts: Record<string, unknown> }>(merge, {
    keep: keep.id,
    merge: [twin.id, third.id],
  });
  expect(mergeContacts).toMatchObject({
    id: keep.id,
    name: 'Grace',
    language: 'en',
    emails: ['g@example.com', 'h@example.com'],
    phones: ['+15550001'],
    tags: ['vip', 'refund', 'new'],
    customFields: { size: 'M', plan: 'pro' },
    blocked: true,
    automationObjected: true,
    processingRestricted: true,
    firstSeenAt: '2026-01-01T00:00:00.000Z',
  });
  const identities = (mergeContacts['identities'] as { externalId: string }[]).map(({ externalId }) => externalId);
  expect(identities.sort()).toEqual([keep, twin, third].map(({ externalId }) => externalId).sort());
  expect(mergeContacts['notes']).toHaveLength(3);
  const conversations = (mergeContacts['conversations'] as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
  expect(conversations.sort()).toEqual([keep, twin, third].map(({ conversation }) => conversation).sort());

  const listed = await ada.client.ask<{ contacts: { nodes: { id: string }[] }; contact: null; conversation: unknown }>(
    'query ($twin: ID!, $conversation: ID!) { contacts { nodes { id } } contact(id: $twin) { id } conversation(id: $conversation) { contact { id } } }',
    { twin: twin.id, conversation: twin.conversation },
  );
  expect(listed.contacts.nodes).toEqual([{ id: keep.id }]);
  expect(listed).toMatchObject({ contact: null, conversation: { contact: { id: keep.id } } });
  for (const gone of [twin.id, third.id]) {
    expect(
      await ada.client.refusal('mutation ($id: ID!) { addContactNote(contactId: $id, text: "x") { id } }', {
        id: gone,
      }),
    ).toBe('NOT_FOUND');
    expect(await ada.client.refusal(merge, { keep: keep.id, merge: [gone] })).toBe('NOT_FOUND');
  }

  const { unmergeContacts } = await ada.client.ask<{ unmergeContacts: unknown }>(unmerge, { keep: keep.id });
  expect(unmergeContacts).toEqual([
    { id: keep.id, name: 'Grace' },
    { id: twin.id, name: 'G. Hopper' },
    { id: third.id, name: null },
  ]);
  expect(await everything()).toEqual(before);
  expect(await ada.client.refusal(unmerge, { keep: keep.id })).toBe('CONFLICT');
  const { rows } = await under.admin.query<{ action: string }>(
    `select action from audit_entries where workspace_id = $1 and target = $2 order by seq`,
    [ada.workspaceId, keep.id],
  );
  expect(rows.map(({ action }) => action)).toEqual(['contact.merge', 'contact.unmerge']);
});

it('leaves what was changed since, and gives back what came over the addresses meanwhile', async () => {
  const { keep, twin, third } = await three();
  // One merge inside another: taking the outer one back leaves the inner one as it is.
  await ada.client.ask(merge, { keep: twin.id, merge: [third.id] });
  await ada.client.ask(merge, { keep: keep.id, merge: [twin.id] });
  await ada.client.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id } }', {
    input: {
      id: keep.id,
      name: 'Admiral Grace',
      tags: ['vip', 'refund', 'admiral'],
      customFields: { size: 'S', plan: 'max' },
    },
  });
  const other = await under.channel(ada.workspaceId);
  await under.identity(ada.workspaceId, { channel_id: other, contact_id: keep.id, thread_key: twin.threadKey });
  const later = await under.conversation(ada, { channel_id: other, contact_id: keep.id, thread_key: twin.threadKey });
  const own = await under.conversation(ada, { contact_id: keep.id });
  const before = (await under.feed(ada.workspaceId)).at(-1)?.seq ?? 0;
  await ada.client.ask(unmerge, { keep: keep.id });
  const told = (await under.feed(ada.workspaceId, before)).map(({ kind, ids }) => `${kind} ${String(ids[0])}`);
  expect(told.sort()).toEqual(
    [
      `ContactChanged ${keep.id}`,
      `ContactChanged ${twin.id}`,
      ...[twin.conversation, third.conversation, later].map((id) => `ConversationChanged ${id}`),
    ].sort(),
  );
  const contact = async (id: string) =>
    (
      await ada.client.ask<{ contact: Record<string, unknown> }>(
        'query ($id: ID!) { contact(id: $id) { name tags customFields emails blocked conversations { nodes { id } } } }',
        { id },
      )
    ).contact;
  const ids = (one: Record<string, unknown>) =>
    (one['conversations'] as { nodes: { id: string }[] }).nodes.map((node) => node.id).sort();
  const kept = await contact(keep.id);
  expect(kept).toMatchObject({
    name: 'Admiral Grace',
    tags: ['vip', 'admiral'],
    customFields: { size: 'S', plan: 'max' },
    emails: ['g@example.com'],
    blocked: false,
  });
  expect(ids(kept)).toEqual([keep.conversation, own].sort());
  expect(ids(await contact(twin.id))).toEqual([twin.conversation, third.conversation, later].sort());
  expect(await contact(third.id)).toBeNull();
  await ada.client.ask(unmerge, { keep: twin.id });
  expect(ids(await contact(third.id))).toEqual([third.conversation]);
});

it('refuses merges that make no sense, and takes none back after 30 days', async () => {
  const { keep, twin } = await three();
  const refused = async (ids: string[]) =>
    (await ada.client.post(merge, { keep: keep.id, merge: ids })).errors?.[0]?.extensions;
  expect(await refused([keep.id.toUpperCase()])).toMatchObject({ code: 'BAD_USER_INPUT', field: 'mergeIds' });
  expect(await refused([])).toMatchObject({ code: 'BAD_USER_INPUT', field: 'mergeIds' });
  expect(await refused(Array.from({ length: 21 }, (_, index) => String(index)))).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'mergeIds',
  });
  await ada.client.ask(merge, { keep: keep.id, merge: [twin.id, twin.id] });
  await under.admin.query(`update contact_merges set merged_at = now() - interval '31 days' where kept_id = $1`, [
    keep.id,
  ]);
  expect(await ada.client.refusal(unmerge, { keep: keep.id })).toBe('CONFLICT');
});

it('takes back the merge that is named and leaves the others, which it tells of', async () => {
  const { keep, twin, third } = await three();
  await ada.client.ask(merge, { keep: keep.id, merge: [twin.id] });
  await ada.client.ask(merge, { keep: keep.id, merge: [third.id] });
  const some = 'mutation ($keep: ID!, $ids: [ID!]) { unmergeContacts(keepId: $keep, mergedIds: $ids) { id } }';
  const merges = async () => {
    const { contact } = await ada.client.ask<{
      contact: { merges: { mergedId: string; mergedAt: string; until: string }[] };
    }>('query ($id: ID!) { contact(id: $id) { merges { mergedId name mergedAt until } } }', { id: keep.id });
    return contact.merges;
  };
  expect((await merges()).map(({ mergedId }) => mergedId)).toEqual([third.id, twin.id]);
  expect(
    (await merges()).map(({ mergedAt, until }) => Math.round((Date.parse(until) - Date.parse(mergedAt)) / 86_400_000)),
  ).toEqual([30, 30]);
  // One of them cannot be taken back: nothing is.
  expect(await ada.client.refusal(some, { keep: keep.id, ids: [third.id, keep.id] })).toBe('CONFLICT');
  expect(await merges()).toHaveLength(2);
  expect(await ada.client.ask(some, { keep: keep.id, ids: [third.id.toUpperCase()] })).toEqual({
    unmergeContacts: [{ id: keep.id }, { id: third.id }],
  });
  expect((await merges()).map(({ mergedId }) => mergedId)).toEqual([twin.id]);
  const standing = async (id: string) =>
    (
      await ada.client.ask<{ contact: unknown }>(
        'query ($id: ID!) { contact(id: $id) { conversations { nodes { id } } } }',
        { id },
      )
    ).contact;
  expect(await standing(twin.id)).toBeNull();
  expect(await standing(third.id)).toEqual({ conversations: { nodes: [{ id: third.conversation }] } });
  await ada.client.ask(unmerge, { keep: keep.id });
  expect(await merges()).toEqual([]);
  expect(await standing(twin.id)).toEqual({ conversations: { nodes: [{ id: twin.conversation }] } });
});
