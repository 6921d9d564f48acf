import { MetaStory, metaId, pageEvent } from '../../../../test/stories/meta-story.js';
import { eventually } from '../../../../test/support/client.js';

interface Proposal {
  readonly id: string;
  readonly kind: string;
  readonly value: string;
  readonly message: { readonly text: string } | null;
}
interface Contact {
  readonly id: string;
  readonly name: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  readonly proposals: readonly Proposal[];
}

let story: MetaStory;
let pageId: string;
let count = 0;

beforeAll(async () => {
  story = await MetaStory.start();
  const input = story.newPage();
  ({ pageId } = input);
  await story.connect('messenger', input);
  await rule([], 'TR');
}, 60_000);
afterAll(() => story.stop());

const shown = 'id name emails phones customFields proposals { id kind value message { text } }';
const rule = (applied: readonly string[], country: string | null) =>
  story.client.ask(
    'mutation ($applied: [ContactDetailKind!]!, $country: String) { setChatDetailRule(applied: $applied, country: $country) { applied country } }',
    { applied, country },
  );
/** Somebody writes; `by` the business where a member answered in the platform's own app. */
const write = async (customer: string, text: string, by: 'customer' | 'business' = 'customer') => {
  count += 1;
  const mid = `m-${String(count)}`;
  const [sender, recipient] = by === 'customer' ? [customer, pageId] : [pageId, customer];
  const message = { mid, text, ...(by === 'business' && { is_echo: true }) };
  await story.deliver(
    pageEvent('page', pageId, [
      { sender: { id: sender }, recipient: { id: recipient }, timestamp: Date.now(), message },
    ]),
  );
  return mid;
};
const byId = async (id: string | undefined) =>
  (await story.client.ask<{ contact: Contact }>(`query ($id: ID!) { contact(id: $id) { ${shown} } }`, { id })).contact;
const contactOf = async (customer: string) => byId((await story.thread(customer))?.contact.id);
const readBy = (customer: string, wanted: number) =>
  eventually(async () => {
    const contact = await contactOf(customer);
    return contact.proposals.length === wanted ? contact : null;
  }, 6_000);
const nothingWaits = () =>
  eventually(async () => {
    const { rows } = await story.sql.query(`select from due where kind = 'read-contact-details'`);
    return rows.length === 0 ? true : null;
  }, 6_000);
const settle = (what: 'apply' | 'dismiss', id: string) =>
  story.client.ask<Record<string, Contact>>(`mutation ($id: ID!) { ${what}ContactProposal(id: $id) { ${shown} } }`, {
    id,
  });

it('proposes what a contact wrote of themselves, with the message, and keeps it by one click [promise 15]', async () => {
  const customer = metaId('71');
  const text = 'Hi, my name is Grace Hopper, I work at Navy Yard. Call 0532 123 45 67 or mail Grace@Example.com';
  await write(customer, text);
  const contact = await readBy(customer, 4);
  expect(contact.proposals.map(({ kind, value, message }) => [kind, value, message?.text])).toEqual([
    ['EMAIL', 'grace@example.com', text],
    ['PHONE', '+905321234567', text],
    ['NAME', 'Grace Hopper', text],
    ['COMPANY', 'Navy Yard', text],
  ]);
  const [mail, phone, name, company] = contact.proposals.map(({ id }) => id);
  for (const id of [mail, phone, company]) await settle('apply', id ?? '');
  const { dismissContactProposal: after } = await settle('dismiss', name ?? '');
  expect(after).toMatchObject({
    name: contact.name,
    emails: ['grace@example.com'],
    phones: ['+905321234567'],
    customFields: { Company: 'Navy Yard' },
    proposals: [],
  });
  expect(await story.client.refusal('mutation ($id: ID!) { applyContactProposal(id: $id) { id } }', { id: name })).toBe(
    'NOT_FOUND',
  );
  // What is known and what was put away is not proposed again.
  await write(customer, `${text} !`);
  await nothingWaits();
  expect((await contactOf(customer)).proposals).toEqual([]);
});

it('proposes nothing of what a member or a machine wrote, or of what was taken back [promise 15]', async () => {
  const customer = metaId('72');
  await write(customer, 'Hello?');
  await write(customer, 'Our mail is shop@example.com, call +44 20 7946 0958', 'business');
  const thread = await story.thread(customer);
  await story.client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
    input: { conversationId: thread?.id, text: 'or mail other@example.com', idempotencyKey: 'only-once' },
  });
  await story.client.ask(
    'mutation ($id: ID!) { addNote(conversationId: $id, text: "their mail is note@example.com") { id } }',
    {
      id: thread?.id,
    },
  );
  const mid = await write(customer, 'I am at gone@example.com');
  await readBy(customer, 1);
  await story.deliver(
    pageEvent('page', pageId, [
      {
        sender: { id: customer },
        recipient: { id: pageId },
        timestamp: Date.now(),
        message: { mid, is_deleted: true },
      },
    ]),
  );
  await readBy(customer, 0);
  await nothingWaits();
  const { rows } = await story.sql.query('select value from contact_proposals where contact_id = $1', [
    thread?.contact.id,
  ]);
  expect(rows).toEqual([]);
});

it('keeps at once what the workspace says, where nothing of the kind is known and the message names one', async () => {
  await rule(['EMAIL', 'PHONE'], 'TR');
  const [one, two] = [metaId('73'), metaId('74')];
  await write(one, 'mail me: first@example.com');
  await eventually(async () => ((await contactOf(one)).emails.length === 1 ? true : null), 6_000);
  await write(one, 'or second@example.com');
  expect(await readBy(one, 1)).toMatchObject({
    emails: ['first@example.com'],
    proposals: [{ value: 'second@example.com' }],
  });
  await write(two, 'a@example.com is my wife, b@example.com is me');
  expect(await readBy(two, 2)).toMatchObject({ emails: [] });
  await rule([], 'TR');
});

it('goes with a merge and comes back with it', async () => {
  const [one, two] = [metaId('75'), metaId('76')];
  await write(one, 'hello');
  await write(two, 'mail two@example.com');
  const [keep, other] = [await contactOf(one), await readBy(two, 1)];
  await story.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
    a: keep.id,
    b: other.id,
  });
  expect((await byId(keep.id)).proposals).toEqual(other.proposals);
  await write(two, 'or three@example.com');
  await eventually(async () => ((await byId(keep.id)).proposals.length === 2 ? true : null), 6_000);
  await story.client.ask('mutation ($id: ID!) { unmergeContacts(keepId: $id) { id } }', { id: keep.id });
  expect((await byId(keep.id)).proposals).toEqual([]);
  expect((await byId(other.id)).proposals.map(({ value }) => value)).toEqual(['two@example.com', 'three@example.com']);
});

it('refuses a country that there is not', async () => {
  expect(await story.client.refusal('mutation { setChatDetailRule(applied: [], country: "XX") { country } }')).toBe(
    'BAD_USER_INPUT',
  );
  expect(await story.client.ask('{ chatDetailRule { applied country } }')).toEqual({
    chatDetailRule: { applied: [], country: 'TR' },
  });
});
