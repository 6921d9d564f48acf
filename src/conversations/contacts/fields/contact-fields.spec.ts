import { eventually } from '../../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { newId } from '../../../platform/database/index.js';

interface Field {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly choices: readonly string[];
  readonly contacts: number;
}

let under: InboxUnderTest;
let ada: TestInbox;
let vic: TestInbox;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  vic = await under.colleague(ada, 'Vic', 'VIEWER');
}, 60_000);
afterAll(() => under.stop());

const mutation = `mutation ($id: ID, $name: String!, $kind: ContactFieldKind!, $choices: [String!]) {
  saveContactField(id: $id, name: $name, kind: $kind, choices: $choices) { id key name kind choices contacts } }`;
const save = async ({ client }: TestInbox, variables: Record<string, unknown>) =>
  (await client.ask<{ saveContactField: Field }>(mutation, variables)).saveContactField;
const fields = async ({ client }: TestInbox) =>
  (await client.ask<{ contactFields: Field[] }>('{ contactFields { id key name kind choices contacts } }'))
    .contactFields;
const update = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { customFields } }';
const refused = async ({ client }: TestInbox, id: string, customFields: unknown) =>
  (
    (await client.post(update, { input: { id, customFields } })).errors?.[0]?.extensions as
      { reason?: string } | undefined
  )?.reason ?? null;
const held = async (id: string) => {
  const { rows } = await under.admin.query<{ custom_fields: unknown }>(
    'select custom_fields from contacts where id = $1',
    [id],
  );
  return rows[0]?.custom_fields;
};

it('takes values of the kind that a field is of, and no others [promise 15]', async () => {
  const inbox = await under.inbox('Kim');
  await save(inbox, { name: 'City', kind: 'TEXT' });
  await save(inbox, { name: 'Orders', kind: 'NUMBER' });
  await save(inbox, { name: 'Since', kind: 'DATE' });
  await save(inbox, { name: ' Plan ', kind: 'CHOICE', choices: [' pro', 'free', 'pro', ''] });
  await save(inbox, { name: 'Loyal', kind: 'YES_NO' });
  expect(await fields(inbox)).toMatchObject([
    { name: 'City', choices: [] },
    { name: 'Loyal', kind: 'YES_NO' },
    { name: 'Orders', kind: 'NUMBER' },
    { name: 'Plan', key: 'Plan', choices: ['pro', 'free'] },
    { name: 'Since', kind: 'DATE' },
  ]);
  const id = await under.contact(inbox.workspaceId);
  const right = { City: 'İzmir', Orders: 3, Since: '2024-02-29', Plan: 'pro', Loyal: false, free: 'as before' };
  expect(await inbox.client.ask(update, { input: { id, customFields: right } })).toEqual({
    updateContact: { customFields: right },
  });
  const wrong: [Record<string, unknown>, string][] = [
    [{ City: 7 }, 'FIELD_TEXT'],
    [{ Orders: '3' }, 'FIELD_NUMBER'],
    [{ Since: '2023-02-29' }, 'FIELD_DATE'],
    [{ Since: 'yesterday' }, 'FIELD_DATE'],
    [{ Plan: 'gold' }, 'FIELD_CHOICE'],
    [{ Loyal: 'yes' }, 'FIELD_YES_NO'],
  ];
  for (const [given, reason] of wrong) expect([given, await refused(inbox, id, given)]).toEqual([given, reason]);
  expect(await held(id)).toEqual(right);
});

it('is called otherwise without a contact being touched, and what was chosen stays when the choice goes', async () => {
  const inbox = await under.inbox('Lin');
  const id = await under.contact(inbox.workspaceId, { custom_fields: { Size: 'M' } });
  // What stood there freely becomes the field's.
  const made = await save(inbox, { name: 'Size', kind: 'CHOICE', choices: ['M', 'L'] });
  expect(made).toMatchObject({ key: 'Size', contacts: 1 });
  const { rows: before } = await under.admin.query('select xmin::text from contacts where id = $1', [id]);
  const renamed = await save(inbox, { id: made.id, name: 'Shirt', kind: 'CHOICE', choices: ['L'] });
  expect(renamed).toMatchObject({ id: made.id, key: 'Size', name: 'Shirt', choices: ['L'], contacts: 1 });
  const { rows: after } = await under.admin.query('select xmin::text from contacts where id = $1', [id]);
  expect(after).toEqual(before);
  expect(await refused(inbox, id, { Size: 'M', Note: 'x' })).toBeNull();
  expect(await refused(inbox, id, { Size: 'S', Note: 'x' })).toBe('FIELD_CHOICE');
  expect(await refused(inbox, id, { Size: 'L' })).toBeNull();
  expect(await refused(inbox, id, { Size: 'M' })).toBe('FIELD_CHOICE');
  // Another one under the old name has values of its own.
  expect(await save(inbox, { name: 'Size', kind: 'NUMBER' })).toMatchObject({ key: 'Size 2', contacts: 0 });
});

it('goes with all its values, also those that merges remember, and those of no other workspace', async () => {
  const [inbox, other] = [await under.inbox('Mia'), await under.inbox('Ned')];
  const custom_fields = { Plan: 'pro', City: 'Bursa' };
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1) ids.push(await under.contact(inbox.workspaceId, { custom_fields }));
  const elsewhere = await under.contact(other.workspaceId, { custom_fields });
  const [keepId = '', mergeId = ''] = ids;
  await inbox.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
    a: keepId,
    b: mergeId,
  });
  const { id } = await save(inbox, { name: 'Plan', kind: 'CHOICE', choices: ['pro'] });
  expect(await fields(inbox)).toMatchObject([{ contacts: 3 }]);
  const remove = 'mutation ($id: ID!) { deleteContactField(id: $id) }';
  expect(await inbox.client.ask(remove, { id })).toEqual({ deleteContactField: true });
  expect(await fields(inbox)).toEqual([]);
  await eventually(async () => {
    const { rows } = await under.admin.query('select from contact_fields where id = $1', [id]);
    return rows.length === 0 ? true : null;
  }, 20_000);
  await inbox.client.ask('mutation ($id: ID!) { unmergeContacts(keepId: $id) { id } }', { id: keepId });
  for (const one of ids) expect(await held(one)).toEqual({ City: 'Bursa' });
  expect(await held(elsewhere)).toEqual(custom_fields);
  expect(await inbox.client.refusal(remove, { id })).toBe('NOT_FOUND');
  const { rows } = await under.admin.query('select action from audit_entries where target = $1 order by seq', [id]);
  expect(rows).toEqual([{ action: 'contact-field.save' }, { action: 'contact-field.delete' }]);
});

it('takes no value for a field that is being removed', async () => {
  const inbox = await under.inbox('Oya');
  await under.insert('contact_fields', inbox.workspaceId, {
    key: 'Plan',
    name: 'Plan',
    kind: 'TEXT',
    removed_at: new Date(),
  });
  const id = await under.contact(inbox.workspaceId, { custom_fields: { Plan: 'pro' } });
  expect(await refused(inbox, id, { Plan: 'pro', City: 'Van' })).toBeNull();
  expect(await held(id)).toEqual({ City: 'Van' });
  expect(await fields(inbox)).toEqual([]);
});

it('refuses what cannot be', async () => {
  const eve = await under.inbox('Eve');
  const own = await save(ada, { name: 'Own', kind: 'TEXT' });
  const cases: [TestInbox, Record<string, unknown>, string][] = [
    [ada, { name: ' ', kind: 'TEXT' }, 'BAD_USER_INPUT'],
    [ada, { name: 'x'.repeat(61), kind: 'TEXT' }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', kind: 'CHOICE', choices: [' '] }, 'BAD_USER_INPUT'],
    [ada, { name: 'x', kind: 'CHOICE', choices: ['y'.repeat(101)] }, 'BAD_USER_INPUT'],
    [ada, { id: own.id, name: 'Own', kind: 'NUMBER' }, 'BAD_USER_INPUT'],
    [ada, { name: 'oWN', kind: 'TEXT' }, 'CONFLICT'],
    [ada, { id: newId(), name: 'x', kind: 'TEXT' }, 'NOT_FOUND'],
    [eve, { id: own.id, name: 'x', kind: 'TEXT' }, 'NOT_FOUND'],
    [vic, { name: 'x', kind: 'TEXT' }, 'FORBIDDEN'],
  ];
  for (const [who, variables, code] of cases)
    expect([variables, await who.client.refusal(mutation, variables)]).toEqual([variables, code]);
  expect(await vic.client.refusal('mutation ($id: ID!) { deleteContactField(id: $id) }', { id: own.id })).toBe(
    'FORBIDDEN',
  );
  expect(await fields(eve)).toEqual([]);
  expect((await fields(vic)).map(({ name }) => name)).toEqual(['Own']);
});
