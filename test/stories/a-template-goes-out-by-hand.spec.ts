import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type GraphQLObjectType, buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { TestClient } from '../support/client.js';
import { SandboxStory } from '../support/sandbox-story.js';

interface Template {
  name: string;
  language: string;
  category: string;
  body: string;
  variables: number;
  status: string;
  unusable: string | null;
}

let story: SandboxStory;
let channelId: string;
let conversations = 0;

beforeAll(async () => {
  story = await SandboxStory.start();
  channelId = await story.connect('whatsapp');
}, 60_000);
afterAll(() => story.stop());

/** A customer who wrote so many hours ago. */
async function written(hours: number): Promise<{ id: string; customer: string }> {
  const customer = await story.newCustomer('whatsapp');
  const words = `question ${String((conversations += 1))}`;
  await story.play('whatsapp', { kind: 'text', text: words }, customer);
  const id = await story.conversationOf(words);
  if (hours > 0) await story.age(id, hours);
  return { id, customer };
}

const listed = async () =>
  (
    await story.client.ask<{ messageTemplates: Template[] }>(
      'query ($id: ID!) { messageTemplates(channelId: $id) { name language category body variables status unusable } }',
      { id: channelId },
    )
  ).messageTemplates;
const ready = { name: 'order_ready', language: 'tr', variables: ['42'] };
const attempt = async (id: string, input: Record<string, unknown>, client = story.client) => {
  const query = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id text kind } }';
  const { data, errors } = await client.post<{ sendMessage: { id: string; text: string; kind: string } }>(query, {
    input: { conversationId: id, idempotencyKey: randomUUID(), ...input },
  });
  return { sent: data?.sendMessage ?? null, code: errors?.[0]?.extensions.code, words: errors?.[0]?.message };
};
const sentTemplates = async () => (await story.sends()).filter(({ type }) => type === 'template');

it('lists the templates as the platform has them, and asks it once a minute', async () => {
  const templates = await listed();
  expect(templates).toContainEqual({
    ...ready,
    category: 'UTILITY',
    variables: 1,
    status: 'APPROVED',
    unusable: null,
    body: '{{1}} numaralı siparişiniz hazır.',
  });
  expect(templates).toContainEqual({
    name: 'delivery_today',
    language: 'en',
    category: 'UTILITY',
    variables: 4,
    status: 'APPROVED',
    unusable: null,
    body: 'Hello {{1}}\n\nYour parcel {{2}} comes today between {{3}}.\n\nDemo Shop\n\n[Follow it] https://shop.example/parcels/{{4}}',
  });
  expect(templates.find(({ name }) => name === 'summer_sale')?.unusable).toMatch(/PAUSED/);
  await Promise.all([listed(), listed()]);
  const { rows } = await story.owner.query<{ cause: string; purpose: string }>(
    `select cause, purpose from token_uses where cause like 'templates%'`,
  );
  expect(rows).toEqual([
    { purpose: 'PULL', cause: expect.stringMatching(/^templates for member [0-9a-f-]{36}$/) as string },
  ]);
});

it('goes out when the time for replies is over, filled in, and is what the customer reads [promise 30]', async () => {
  const { id, customer } = await written(25);
  const text = await attempt(id, { text: 'Your order is ready.' });
  expect(text).toMatchObject({ code: 'MESSAGING_WINDOW_CLOSED', sent: null });
  expect(text.words).toMatch(/an approved template can be sent/);
  const { sent } = await attempt(id, {
    template: { name: 'delivery_today', language: 'en', variables: ['Deniz', '42', ' 9 and\n 12 ', '42'] },
  });
  const words =
    'Hello Deniz\n\nYour parcel 42 comes today between 9 and 12.\n\nDemo Shop\n\n[Follow it] https://shop.example/parcels/42';
  expect(sent).toMatchObject({ kind: 'TEMPLATE', text: words });
  await story.settled(id, sent?.id ?? '', 'DELIVERED', 'READ');
  const [entry] = (await sentTemplates()).slice(-1);
  expect(entry).toMatchObject({ customer, body: { template: { name: 'delivery_today', language: { code: 'en' } } } });
  expect((await story.shown('whatsapp', customer)).at(-1)?.text).toContain(
    'Your parcel 42 comes today between 9 and 12.',
  );
});

it.each<[string, object, RegExp]>([
  ['too few values', { ...ready, variables: [] }, /1 places to fill in; 0 values were given/],
  ['too many values', { ...ready, variables: ['1', '2'] }, /1 places to fill in; 2 values/],
  ['a place left empty', { ...ready, variables: [' \n '] }, /Fill in every place/],
  ['a value that is too long', { ...ready, variables: ['x'.repeat(1_025)] }, /at most 1024/],
  ['another language', { ...ready, language: 'de' }, /no template with this name in this language/],
  ['a name that there is not', { ...ready, name: 'no_such' }, /no template with this name/],
  ['one that is not approved', { name: 'summer_sale', language: 'en', variables: [] }, /has not approved it/],
])('refuses %s before anything leaves', async (_, template, words) => {
  const { id } = await written(25);
  const before = await story.sends();
  const answer = await attempt(id, { template });
  expect([answer.code, answer.sent]).toEqual(['BAD_USER_INPUT', null]);
  expect(answer.words).toMatch(words);
  expect(await story.sends()).toEqual(before);
});

it('goes without other words and without answers to choose from', async () => {
  const { id } = await written(0);
  expect(await attempt(id, { template: ready, text: 'and more' })).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(await attempt(id, { template: ready, quickReplies: ['Yes'] })).toMatchObject({ code: 'BAD_USER_INPUT' });
});

it('is sent only in a thread that the customer opened: no first contact [promise 29] [promise 30]', async () => {
  const { id } = await written(0);
  // As a thread is that somebody began in the phone's own app: the business wrote, the customer never did.
  await story.owner.query('update conversations set last_inbound_at = null where id = $1', [id]);
  const before = await story.sends();
  for (const input of [{ template: ready }, { text: 'Hello, we have an offer.' }])
    expect(await attempt(id, input)).toMatchObject({ code: 'MESSAGING_WINDOW_CLOSED', sent: null });
  expect(await story.sends()).toEqual(before);
});

it('is sent by a person and by no program [promise 28] [promise 30]', async () => {
  const { id } = await written(25);
  const { createApiToken } = await story.client.ask<{ createApiToken: { secret: string } }>(
    'mutation { createApiToken(name: "a program", role: EDITOR) { secret } }',
  );
  const program = new TestClient(story.app.url);
  program.token = createApiToken.secret;
  const before = await story.sends();
  expect(await attempt(id, { template: ready }, program)).toMatchObject({ code: 'FORBIDDEN', sent: null });
  expect(await story.sends()).toEqual(before);
});

it('gives the first message again for the same key, also where the platform cannot be asked', async () => {
  const { id } = await written(25);
  const idempotencyKey = randomUUID();
  const { sent } = await attempt(id, { template: ready, idempotencyKey });
  expect(sent).not.toBeNull();
  await story.control('/tokens/EAASANDBOXSYSTEM770000000000001TOKEN/expire', {});
  expect((await attempt(id, { template: ready, idempotencyKey })).sent?.id).toBe(sent?.id);
  await story.control('/tokens/EAASANDBOXSYSTEM770000000000001TOKEN/restore', {});
});

it('is sent one at a time, and not to a list [promise 30]', async () => {
  const { id } = await written(25);
  await story.control('/faults', {
    match: { path: '/660000000000001/messages$' },
    action: { rateLimit: true, retryAfter: 60 },
    times: 1,
  });
  const first = await attempt(id, { template: ready });
  expect(first.sent).not.toBeNull();
  expect(await attempt(id, { template: ready })).toMatchObject({ code: 'CONFLICT', sent: null });
  // What a person sends by hand in a minute goes out; what follows waits.
  const codes: (string | undefined)[] = [];
  for (let sent = 0; sent < 12; sent += 1)
    codes.push((await attempt((await written(25)).id, { template: ready })).code);
  expect(codes.at(-1)).toBe('RATE_LIMITED');
  expect(codes.filter((code) => code === undefined).length).toBeLessThan(10);
});

it('has no operation that writes to several people, to an address, or to a page [promise 29] [promise 30]', () => {
  const schema = buildSchema(readFileSync(path.join(import.meta.dirname, '../../schema.graphql'), 'utf8'));
  const mutations = schema.getMutationType() as GraphQLObjectType;
  const inputsOf = (name: string): [string, string][] =>
    (mutations.getFields()[name]?.args ?? []).flatMap((argument): [string, string][] => {
      const type = getNamedType(argument.type);
      const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [argument];
      return fields.map((field) => [field.name, String(field.type)]);
    });
  // Whatever gives a message and takes words sends it: into one conversation that is there, or as an answer in it.
  const speaking = Object.values(mutations.getFields()).filter(({ type }) => getNamedType(type).name === 'Message');
  const wordy = speaking.map(({ name }) => name).sort();
  // A note and a shared draft are read by members alone.
  expect(wordy).toEqual(['addNote', 'cancelMessage', 'reactToMessage', 'retryMessage', 'sendMessage', 'shareDraft']);
  for (const [name, type] of inputsOf('sendMessage')) {
    expect([name, /^(to|recipient|phone|address|handle|contactId|pageId|postId|conversationIds)/i.test(name)]).toEqual([
      name,
      false,
    ]);
    if (name === 'conversationId') expect(type).toBe('ID!');
  }
  const all = Object.keys(mutations.getFields()).join(' ');
  expect(all).not.toMatch(/broadcast|campaign|bulk(Send|Message)|publish|createPost|sendTo|startConversation/i);
});
