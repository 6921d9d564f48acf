import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { newId } from '../../../platform/database/index.js';

interface Segment {
  readonly id: string;
  readonly name: string;
  readonly contacts: number;
  readonly filter: Readonly<Record<string, unknown>>;
}

let under: InboxUnderTest;
let ada: TestInbox;
let vic: TestInbox;
const ids: Record<string, string> = {};

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  vic = await under.colleague(ada, 'Vic', 'VIEWER');
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const people: Record<string, Record<string, unknown>> = {
    ann: {
      tags: ['vip', 'new'],
      language: 'en-GB',
      emails: ['ann@example.com'],
      custom_fields: { Plan: 'pro', Orders: 5, Since: '2024-05-01', City: 'İzmir' },
      last_seen_at: days(1),
      first_seen_at: days(2),
    },
    bob: { tags: ['vip'], language: 'en', custom_fields: { Plan: 'free', Orders: 12 }, last_seen_at: days(10) },
    can: {
      language: 'tr',
      phones: ['+905551112233'],
      custom_fields: { Orders: '7', Loyal: true },
      last_seen_at: days(40),
    },
    dee: { language: 'eng', blocked: true, tags: ['new'], last_seen_at: days(50), first_seen_at: days(400) },
  };
  for (const [name, columns] of Object.entries(people))
    ids[name] = await under.contact(ada.workspaceId, { name, first_seen_at: days(60), ...columns });
  await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: ids['bob'] ?? '' });
  // Who was merged into another is in none, and neither is anybody of another workspace.
  await under.contact(ada.workspaceId, { tags: ['vip'], merged_into: ids['ann'] });
  const eve = await under.inbox('Eve');
  await under.contact(eve.workspaceId, { tags: ['vip'], custom_fields: { Plan: 'pro' }, language: 'en' });
}, 60_000);
afterAll(() => under.stop());

const found = async (filter: Record<string, unknown>) => {
  const answer = await ada.client.ask<{ contacts: { nodes: { id: string }[] }; contactCount: number }>(
    'query ($filter: ContactFilter) { contacts(filter: $filter) { nodes { id } } contactCount(filter: $filter) }',
    { filter },
  );
  const names = answer.contacts.nodes.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
  expect(answer.contactCount).toBe(names.length);
  return names.join(' ');
};
const mutation = `mutation ($id: ID, $name: String!, $filter: ContactFilter!) {
  saveContactSegment(id: $id, name: $name, filter: $filter) { id name contacts filter { tags channelIds seenWithinDays fields { key comparison value } } } }`;
const save = async ({ client }: TestInbox, variables: Record<string, unknown>) =>
  (await client.ask<{ saveContactSegment: Segment }>(mutation, variables)).saveContactSegment;

it('finds who meets all that is asked, whoever was heard of last first', async () => {
  const field = (comparison: string, key: string, value?: unknown) => ({ fields: [{ key, comparison, value }] });
  const cases: [Record<string, unknown>, string][] = [
    [{}, 'ann bob can dee'],
    [{ tags: ['vip'] }, 'ann bob'],
    [{ tags: ['vip', 'new'] }, 'ann'],
    [{ tags: ['nobody'] }, ''],
    [{ withoutTags: ['vip'] }, 'can dee'],
    [{ languages: ['en'] }, 'ann bob'],
    [{ languages: ['EN-gb', 'tr'] }, 'ann can'],
    [{ languages: ['fi'] }, ''],
    [{ channelIds: [ada.channelId] }, 'bob'],
    [{ channelIds: [] }, ''],
    [{ seenWithinDays: 30 }, 'ann bob'],
    [{ notSeenForDays: 30 }, 'can dee'],
    [{ newWithinDays: 7 }, 'ann'],
    [{ hasEmail: true }, 'ann'],
    [{ hasPhone: false }, 'ann bob dee'],
    [{ hasLead: true }, ''],
    [{ blocked: true }, 'dee'],
    [{ blocked: false, tags: ['new'] }, 'ann'],
    [field('IS', 'Plan', 'pro'), 'ann'],
    [field('IS', 'Loyal', true), 'can'],
    [field('IS_NOT', 'Plan', 'pro'), 'bob can dee'],
    [field('CONTAINS', 'City', 'izm'), 'ann'],
    [field('CONTAINS', 'City', '%'), ''],
    [field('AT_LEAST', 'Orders', 5), 'ann bob'],
    [field('AT_LEAST', 'Orders', 5.5), 'bob'],
    [field('AT_MOST', 'Orders', 5), 'ann'],
    [field('AT_LEAST', 'Since', '2024-05-01'), 'ann'],
    [field('AT_MOST', 'Since', '2024-04-30'), ''],
    [field('IS_SET', 'Orders'), 'ann bob can'],
    [field('IS_NOT_SET', 'Orders'), 'dee'],
    [{ tags: ['vip'], fields: [{ key: 'Orders', comparison: 'AT_LEAST', value: 6 }] }, 'bob'],
    [field('IS', `'; drop table contacts; --`, `"}'`), ''],
  ];
  for (const [filter, names] of cases) expect([filter, await found(filter)]).toEqual([filter, names]);
});

it('walks a page at a time, however many there are [promise 15]', async () => {
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const {
      contacts,
    }: { contacts: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } } =
      await ada.client.ask(
        'query ($after: String) { contacts(filter: { hasPhone: false }, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    seen.push(...contacts.nodes.map(({ id }) => id));
    ({ hasNextPage: more, endCursor: after } = contacts.pageInfo);
  }
  expect(seen).toEqual([ids['ann'], ids['bob'], ids['dee']]);
});

it('leaves out whoever is known by a form that is only answered, and knows who is a lead [promise 22]', async () => {
  const inbox = await under.inbox('Liv');
  const lead = async (name: string, answer_only: boolean) => {
    const contact_id = await under.contact(inbox.workspaceId, { name, answer_only, tags: ['vip'] });
    const row = { contact_id, original_contact_id: contact_id, source: 'CONTACT_FORM', answer_only };
    await under.insert('leads', inbox.workspaceId, row);
    return contact_id;
  };
  const [asked, bought] = [await lead('Asked', true), await lead('Bought', false)];
  const neither = await under.contact(inbox.workspaceId, { name: 'Neither', tags: ['vip'] });
  const seen = async (filter: Record<string, unknown> | null) => {
    const { contacts } = await inbox.client.ask<{ contacts: { nodes: { id: string }[] } }>(
      'query ($filter: ContactFilter) { contacts(filter: $filter) { nodes { id } } }',
      { filter },
    );
    return contacts.nodes.map(({ id }) => id).sort();
  };
  expect(await seen({ tags: ['vip'] })).toEqual([bought, neither].sort());
  expect(await seen({ hasLead: true })).toEqual([bought]);
  expect(await seen({ hasLead: false })).toEqual([neither]);
  expect(await seen(null)).toEqual([asked, bought, neither].sort());
  // Made one with somebody else, the stricter holds; taken back, neither is the other's.
  await inbox.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
    a: neither,
    b: asked,
  });
  expect(await seen({ tags: ['vip'] })).toEqual([bought]);
  await inbox.client.ask('mutation ($id: ID!) { unmergeContacts(keepId: $id) { id } }', { id: neither });
  expect(await seen({ tags: ['vip'] })).toEqual([bought, neither].sort());
});

it('keeps a filter under a name, says how many are in it now, and keeps a field that it looks at', async () => {
  const inbox = await under.inbox('Pat');
  for (const Orders of [1, 2, 3]) await under.contact(inbox.workspaceId, { custom_fields: { Orders }, tags: ['vip'] });
  const { saveContactField: field } = await inbox.client.ask<{ saveContactField: { id: string } }>(
    'mutation { saveContactField(name: "Orders", kind: NUMBER) { id } }',
  );
  const fields = [{ key: 'Orders', comparison: 'AT_LEAST', value: 2 }];
  const filter = { tags: [' vip ', 'vip'], channelIds: [inbox.channelId.toUpperCase()], seenWithinDays: 30, fields };
  const made = await save(inbox, { name: ' Good   ones ', filter });
  expect(made).toEqual({
    id: made.id,
    name: 'Good ones',
    contacts: 0,
    filter: { tags: ['vip'], channelIds: [inbox.channelId], seenWithinDays: 30, fields },
  });
  expect(await save(inbox, { id: made.id, name: 'Good', filter: { fields } })).toMatchObject({ contacts: 2 });
  const remove = 'mutation ($id: ID!) { deleteContactField(id: $id) }';
  expect(await inbox.client.refusal(remove, { id: field.id })).toBe('CONFLICT');
  expect(
    await inbox.client.refusal('mutation ($id: ID!) { deleteContactSegment(id: $id) }', { id: made.id }),
  ).toBeNull();
  expect(await inbox.client.refusal(remove, { id: field.id })).toBeNull();
  const told = (await under.feed(inbox.workspaceId))
    .map(({ detail }) => detail)
    .filter((detail) => detail === 'segments');
  expect(told).toHaveLength(3);
});

it('refuses what cannot be asked, and what is another workspace’s', async () => {
  const eve = await under.inbox('Eva');
  const own = await save(ada, { name: 'Own', filter: {} });
  await ada.client.ask('mutation { saveContactField(name: "Paid", kind: NUMBER) { id } }');
  const fields = (...list: object[]) => ({ fields: list });
  const cases: [TestInbox, Record<string, unknown>, string][] = [
    [ada, { name: ' ', filter: {} }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { seenWithinDays: 0 } }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { notSeenForDays: 3_651 } }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { languages: ['a language'] } }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: { channelIds: [eve.channelId] } }, 'NOT_FOUND'],
    [ada, { name: 'x', filter: fields({ key: ' ', comparison: 'IS_SET' }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Plan', comparison: 'IS' }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Plan', comparison: 'IS', value: { a: 1 } }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Plan', comparison: 'CONTAINS', value: 3 }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Plan', comparison: 'AT_LEAST', value: 'much' }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Paid', comparison: 'IS', value: 'much' }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', filter: fields({ key: 'Paid', comparison: 'AT_MOST', value: '2024-01-01' }) }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', id: newId(), filter: {} }, 'NOT_FOUND'],
    [eve, { name: 'x', id: own.id, filter: {} }, 'NOT_FOUND'],
    [vic, { name: 'x', filter: {} }, 'FORBIDDEN'],
  ];
  for (const [who, variables, code] of cases)
    expect([variables, await who.client.refusal(mutation, variables)]).toEqual([variables, code]);
  const { contactSegments } = await vic.client.ask<{ contactSegments: Segment[] }>('{ contactSegments { id name } }');
  expect(contactSegments).toEqual([{ id: own.id, name: 'Own' }]);
});
