import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

interface ContactPage {
  readonly contacts: {
    readonly nodes: { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

let under: InboxUnderTest;
let ada: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);

afterAll(() => under.stop());

const update =
  'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { name emails phones tags customFields language blocked } }';

it('lists contacts, whoever was last heard of first, a page at a time', async () => {
  const inbox = await under.inbox('Lee');
  const people: { id: string; seen: string; name: string; tags: string[] }[] = [];
  for (let count = 0; count < 17; count += 1) {
    // Some of them a microsecond apart, some at the same moment.
    const one = {
      seen: `2026-05-01T00:00:00.00000${String(count % 5)}Z`,
      name: count % 2 === 0 ? 'Grace Hopper' : 'Alan Turing',
      tags: count % 3 === 0 ? ['vip'] : [],
    };
    people.push({
      id: await under.contact(inbox.workspaceId, { name: one.name, tags: one.tags, last_seen_at: one.seen }),
      ...one,
    });
  }
  people.sort((a, b) => (a.seen + a.id < b.seen + b.id ? 1 : -1));
  const walk = async (variables: Record<string, unknown>) => {
    const found: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { contacts }: ContactPage = await inbox.client.ask<ContactPage>(
        'query ($search: String, $tag: String, $after: String) { contacts(search: $search, tag: $tag, first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { ...variables, after },
      );
      found.push(...contacts.nodes.map((node) => node.id));
      ({ hasNextPage: more, endCursor: after } = contacts.pageInfo);
    }
    return found;
  };
  const ids = (which: (one: (typeof people)[0]) => boolean) => people.filter(which).map(({ id }) => id);
  expect(await walk({})).toEqual(ids(() => true));
  expect(await walk({ tag: 'vip' })).toEqual(ids(({ tags }) => tags.includes('vip')));
  expect(await walk({ search: 'hopper gra' })).toEqual(ids(({ name }) => name.startsWith('Grace')));
  expect(await walk({ search: 'turing', tag: 'vip' })).toEqual(
    ids(({ name, tags }) => name.startsWith('Alan') && tags.includes('vip')),
  );
  expect(await walk({ search: 'nobody' })).toEqual([]);
});

it('changes what is said and nothing else, and tells of it once', async () => {
  const id = await under.contact(ada.workspaceId, { tags: ['old'], language: 'tr', custom_fields: { plan: 'pro' } });
  const input = {
    id,
    name: '  Grace   Hopper ',
    emails: [' G@Example.com', 'g@example.com'],
    phones: ['+90 (555) 123-45.67'],
    language: 'pt_BR',
    blocked: true,
    customFields: { plan: null, size: 'M', orders: 3, loyal: true },
  };
  const answer = {
    name: 'Grace Hopper',
    emails: ['g@example.com'],
    phones: ['+905551234567'],
    language: 'pt-BR',
    blocked: true,
    tags: ['old'],
    customFields: { size: 'M', orders: 3, loyal: true },
  };
  const told = async () =>
    (await under.feed(ada.workspaceId)).filter(({ ids }) => ids[0] === id).map(({ kind }) => kind);
  expect(await ada.client.ask(update, { input })).toEqual({ updateContact: answer });
  expect(await ada.client.ask(update, { input })).toEqual({ updateContact: answer });
  expect(await ada.client.ask(update, { input: { id } })).toEqual({ updateContact: answer });
  expect(await told()).toEqual(['ContactChanged']);
  const { updateContact } = await ada.client.ask<{ updateContact: unknown }>(update, {
    input: { id, name: '', language: '', emails: [], tags: ['new'], blocked: null },
  });
  expect(updateContact).toEqual({ ...answer, name: null, language: null, emails: [], tags: ['new'] });
  await ada.client.ask('mutation ($id: ID!) { addContactNote(contactId: $id, text: " likes blue ") { id } }', { id });
  expect(await told()).toEqual(['ContactChanged', 'ContactChanged', 'ContactChanged']);
  const { contact } = await ada.client.ask<{ contact: unknown }>(
    'query ($id: ID!) { contact(id: $id) { notes { text author { user { name } } } } }',
    { id },
  );
  expect(contact).toEqual({ notes: [{ text: 'likes blue', author: { user: { name: 'Ada' } } }] });
});

it('refuses what cannot be kept, and says which field', async () => {
  const id = await under.contact(ada.workspaceId);
  const cases: [Record<string, unknown>, string][] = [
    [{ emails: ['not an address'] }, 'emails'],
    [{ emails: Array.from({ length: 21 }, (_, index) => `a${String(index)}@example.com`) }, 'emails'],
    [{ phones: ['call me'] }, 'phones'],
    [{ tags: ['x'.repeat(51)] }, 'tags'],
    [{ customFields: ['a'] }, 'customFields'],
    [{ customFields: { nested: { deep: 1 } } }, 'customFields'],
    [
      { customFields: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${String(index)}`, 1])) },
      'customFields',
    ],
    [{ language: 'a language' }, 'language'],
    [{ name: 'x'.repeat(201) }, 'name'],
  ];
  for (const [given, field] of cases) {
    const { errors } = await ada.client.post(update, { input: { id, ...given } });
    expect([given, errors?.[0]?.extensions]).toEqual([
      given,
      expect.objectContaining({ code: 'BAD_USER_INPUT', field }),
    ]);
  }
  expect((await under.feed(ada.workspaceId)).filter(({ ids }) => ids[0] === id)).toEqual([]);
});

it('finds people however their name is typed, and by parts of addresses and numbers', async () => {
  const inbox = await under.inbox('Lee');
  const names = {
    iade: 'İade Merkezi',
    ayse: 'Ayşe Yıldız Çağlar',
    ibrahim: 'IBRAHIM ışık',
    soren: 'Søren Łukasz Groß',
    arabic: 'مُحَمَّد أحمد',
    accents: 'José Nguyễn',
    careful: 'فاطمة هدى',
  };
  const people: Record<string, string> = {};
  for (const [key, name] of Object.entries(names)) people[key] = await under.contact(inbox.workspaceId, { name });
  people['mail'] = await under.contact(inbox.workspaceId, { name: null, emails: ['Gül.Şen@example.com'] });
  people['phone'] = await under.contact(inbox.workspaceId, { name: null, phones: ['+905551234567'] });
  const found = async (search: string) => {
    const { contacts } = await inbox.client.ask<ContactPage>(
      'query ($search: String) { contacts(search: $search) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      { search },
    );
    return contacts.nodes.map(({ id }) => Object.keys(people).find((key) => people[key] === id));
  };
  const cases: [string, string][] = [
    ...['İade', 'iade', 'ıade', 'IADE', 'İAD', 'iade merk'].map((typed): [string, string] => [typed, 'iade']),
    ...['ayse', 'AYŞE', 'yildiz', 'YILDIZ', 'Yıldız ayş', 'caglar'].map((typed): [string, string] => [typed, 'ayse']),
    ...['ibrahim', 'İbrahim', 'isik', 'IŞIK'].map((typed): [string, string] => [typed, 'ibrahim']),
    ...['soren', 'Lukasz', 'gross', 'GROß'].map((typed): [string, string] => [typed, 'soren']),
    ...['محمد', 'احمد', 'مُحَمَّد'].map((typed): [string, string] => [typed, 'arabic']),
    ...['فاطمه', 'فاطمة هدي'].map((typed): [string, string] => [typed, 'careful']),
    ...['jose', 'nguyen', 'NGUYỄN'].map((typed): [string, string] => [typed, 'accents']),
    ...['gul.sen@example.com', 'gül', 'gul.sen@exam', 'Example.com'].map((typed): [string, string] => [typed, 'mail']),
    ...['+90 555 123', '0555 123 45 67', '5551234567', '00905551234567', '90555'].map((typed): [string, string] => [
      typed,
      'phone',
    ]),
  ];
  for (const [typed, who] of cases) expect([typed, await found(typed)]).toEqual([typed, [who]]);
  for (const typed of ['ayşegül', "a' | b", 'ayse＇ | jose', '\\', 'iade ayse'])
    expect([typed, await found(typed)]).toEqual([typed, []]);
});

it('tells which labels are in use, those used most first, of this workspace alone', async () => {
  const inbox = await under.inbox('Lee');
  for (const tags of [['vip', 'b2b'], ['vip'], ['a'], ['a', 'vip']]) await under.contact(inbox.workspaceId, { tags });
  await under.contact(inbox.workspaceId, { tags: ['gone'], merged_into: await under.contact(inbox.workspaceId) });
  const { contactTags } = await inbox.client.ask<{ contactTags: string[] }>('{ contactTags }');
  expect(contactTags).toEqual(['vip', 'a', 'b2b']);
});

it('says of each address whether it is known to be theirs', async () => {
  const { workspaceId } = ada;
  const contact_id = await under.contact(workspaceId);
  const mail = await under.channel(workspaceId, { kind: 'EMAIL', provider: 'email' });
  const chat = await under.channel(workspaceId, { kind: 'WEB_CHAT', provider: 'web-chat' });
  const identity = (channel_id: string, external_id: string) =>
    under.identity(workspaceId, { channel_id, contact_id, external_id });
  await identity(ada.channelId, '905551234567');
  await identity(chat, 'user:42');
  await identity(chat, '0190-a-visitor');
  const written = ['proven@example.com', 'forged@example.com', 'silent@example.com'];
  for (const address of written) await identity(mail, address);
  const thread = await under.conversation({ ...ada, channelId: mail }, { contact_id });
  const mailed = (sender: string, authenticated: boolean) =>
    under.message({ ...ada, channelId: mail }, thread, { content: { mail: { sender, authenticated } } });
  await mailed('proven@example.com', false);
  await mailed('proven@example.com', true);
  await mailed('forged@example.com', true);
  await mailed('forged@example.com', false);
  const { contact } = await ada.client.ask<{ contact: { identities: { externalId: string; verified: boolean }[] } }>(
    'query ($id: ID!) { contact(id: $id) { identities { externalId verified } } }',
    { id: contact_id },
  );
  expect(contact.identities.filter(({ verified }) => verified).map(({ externalId }) => externalId)).toEqual([
    '905551234567',
    'user:42',
    'proven@example.com',
  ]);
  expect(contact.identities).toHaveLength(6);
});
