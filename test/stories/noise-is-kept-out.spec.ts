import { Queues } from '../../src/platform/queue/index.js';
import { eventually } from '../support/client.js';
import { SandboxStory } from '../support/sandbox-story.js';

let story: SandboxStory;
beforeAll(async () => {
  story = await SandboxStory.start();
  await story.connect('whatsapp');
}, 60_000);
afterAll(() => story.stop());

const text = (words: string, customer: string) => story.play('whatsapp', { kind: 'text', text: words }, customer);
const spam = (id: string, is: boolean) =>
  story.client.ask<{ markSpam: { id: string; spam: boolean } }>(
    'mutation ($id: ID!, $is: Boolean!) { markSpam(conversationId: $id, spam: $is) { id spam } }',
    { id, is },
  );
const seen = async (id: string) => {
  const { all, junk, searched, inboxCounts } = await story.client.ask<{
    all: { nodes: { id: string }[] };
    junk: { nodes: { id: string }[] };
    searched: { nodes: { conversation: { id: string } }[] };
    inboxCounts: { unread: number };
  }>(
    `{ all: conversations { nodes { id } } junk: conversations(filter: { spam: true }) { nodes { id } }
       searched: searchMessages(query: "lottery") { nodes { conversation { id } } } inboxCounts { unread } }`,
  );
  const has = (nodes: { id: string }[]) => nodes.some((node) => node.id === id);
  const found = searched.nodes.some(({ conversation }) => conversation.id === id);
  return { listed: has(all.nodes), among: has(junk.nodes), found, unread: inboxCounts.unread };
};
const block = (id: string, blocked: boolean) =>
  story.client.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id blocked } }', {
    input: { id, blocked },
  });
const contactOf = async (id: string) => {
  const { conversation } = await story.client.ask<{ conversation: { contact: { id: string } } }>(
    'query ($id: ID!) { conversation(id: $id) { contact { id } } }',
    { id },
  );
  return conversation.contact.id;
};
const actions = async () => {
  const { auditLog } = await story.client.ask<{ auditLog: { nodes: { action: string; target: string }[] } }>(
    '{ auditLog(first: 100) { nodes { action target } } }',
  );
  return auditLog.nodes;
};

it('takes spam out of every list, and brings it back as it was', async () => {
  const customer = await story.newCustomer('whatsapp');
  await text('You won the lottery', customer);
  const id = await story.conversationOf('You won the lottery');
  expect(await seen(id)).toEqual({ listed: true, among: false, found: true, unread: 1 });
  expect(await spam(id, true)).toEqual({ markSpam: { id, spam: true } });
  expect(await seen(id)).toEqual({ listed: false, among: true, found: false, unread: 0 });
  // More of it stays where it is.
  await text('You won the lottery again', customer);
  await story.conversationOf('You won the lottery again');
  expect(await seen(id)).toEqual({ listed: false, among: true, found: false, unread: 0 });
  await spam(id, true);
  await spam(id, false);
  expect(await seen(id)).toEqual({ listed: true, among: false, found: true, unread: 1 });
  expect((await story.thread(id)).messages.nodes).toHaveLength(2);
  const done = (await actions()).filter(({ target }) => target === id).map(({ action }) => action);
  expect(done).toEqual(['conversation.unmark-spam', 'conversation.mark-spam']);
});

it('marks nothing that is not there', async () => {
  expect(await story.client.refusal('mutation { markSpam(conversationId: "x", spam: true) { id } }')).toBe('NOT_FOUND');
});

it('drafts no answer to spam', async () => {
  await story.client.ask(
    'mutation { addKnowledge(input: { kind: TEXT, title: "Hours", text: "The shop is open from 9:00 to 18:00." }) { id } }',
  );
  const customer = await story.newCustomer('whatsapp');
  await text('hello there', customer);
  const id = await story.conversationOf('hello there');
  const { rows } = await story.owner.query<{ id: string }>('select id from channels');
  await story.client.ask(
    'mutation ($channels: [ID!]) { createBot(input: { name: "Bot", mode: DRAFT, channelIds: $channels }) { id } }',
    { channels: rows.map((row) => row.id) },
  );
  await spam(id, true);
  await text('When is the shop open?', customer);
  await story.conversationOf('When is the shop open?');
  await eventually(async () => {
    const due = await story.owner.query(`select 1 from due where kind = 'draft-reply'`);
    return due.rows.length === 0 ? true : null;
  });
  const drafts = async () =>
    (await story.owner.query('select 1 from drafts where conversation_id = $1', [id])).rows.length;
  expect(await drafts()).toBe(0);
  await spam(id, false);
  await text('And when does it close?', customer);
  await eventually(async () => ((await drafts()) === 1 ? true : null));
});

it('writes nothing to a contact who is blocked, and counts what they write', async () => {
  const customer = await story.newCustomer('whatsapp');
  await text('before the block', customer);
  const id = await story.conversationOf('before the block');
  const contact = await contactOf(id);
  const [first] = (await story.thread(id)).messages.nodes;
  await block(contact, true);
  const before = await story.sends();
  const query = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }';
  for (const input of [{ text: 'hello?' }, { template: { name: 'hello_world', language: 'en_US', variables: [] } }]) {
    const variables = { input: { conversationId: id, idempotencyKey: JSON.stringify(input), ...input } };
    expect(await story.client.refusal(query, variables)).toBe('CONFLICT');
  }
  const react = 'mutation ($id: ID!) { reactToMessage(messageId: $id, emoji: "👍") { id } }';
  expect(await story.client.refusal(react, { id: first?.id })).toBe('CONFLICT');
  const act = 'mutation ($id: ID!) { setActivity(conversationId: $id, typing: true, viewing: true) }';
  await story.client.ask(act, { id });
  for (const words of ['during the block', 'and again']) await text(words, customer);
  expect((await story.thread(id)).messages.nodes).toHaveLength(1);
  const { rows } = await story.owner.query('select refused_messages from contacts where id = $1', [contact]);
  expect(rows).toEqual([{ refused_messages: 2 }]);
  expect(await story.sends()).toEqual(before);
  await block(contact, false);
  const { id: sent } = await story.send(id, { text: 'welcome back' });
  await story.settled(id, sent, 'SENT', 'DELIVERED', 'READ');
});

it('does not send what waited when its contact was blocked', async () => {
  const customer = await story.newCustomer('whatsapp');
  await text('wait for it', customer);
  const id = await story.conversationOf('wait for it');
  const path = '/660000000000001/messages$';
  await story.control('/faults', { match: { path }, action: { rateLimit: true, retryAfter: 60 }, times: 1 });
  const { id: waiting } = await story.send(id, { text: 'this waits' });
  await eventually(async () =>
    (await story.thread(id)).messages.nodes.some(({ error }) => error !== null) ? true : null,
  );
  await block(await contactOf(id), true);
  await story.owner.query(`update due set due_at = now() where kind = 'deliver-messages' and row_id = $1`, [id]);
  await story.app.app.get(Queues).sweep();
  await story.settled(id, waiting, 'FAILED');
  expect((await story.shown('whatsapp', customer)).map(({ text }) => text)).not.toContain('this waits');
});
