import { randomUUID } from 'node:crypto';
import { eventually } from '../support/client.js';
import { type Platform, SandboxStory, platforms } from '../support/sandbox-story.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

interface Capabilities {
  reactions: boolean;
  reactionEmojis: string[] | null;
  typing: boolean;
  seen: boolean;
  templates: boolean;
  quickReplies: number;
  quickReplyLength: number;
  quickReplyTextLength: number;
}

let story: SandboxStory;
let visitor: TestVisitor;
const conversations: Record<string, string> = {};
const capabilities: Record<string, Capabilities> = {};

beforeAll(async () => {
  story = await SandboxStory.start();
  for (const platform of platforms) {
    await story.connect(platform);
    await story.play(platform, { kind: 'text', text: `a question on ${platform}` });
    conversations[platform] = await story.conversationOf(`a question on ${platform}`);
  }
  visitor = new TestVisitor(story.app.url, await createWebChat(story.client));
  await visitor.open();
  await visitor.call('POST', 'messages', { text: 'a question on the site', idempotencyKey: randomUUID() });
  conversations['site'] = await story.conversationOf('a question on the site');
  for (const [name, id] of Object.entries(conversations)) {
    const { conversation } = await story.client.ask<{ conversation: { channel: { capabilities: Capabilities } } }>(
      `query ($id: ID!) { conversation(id: $id) { channel { capabilities {
         reactions reactionEmojis typing seen templates quickReplies quickReplyLength quickReplyTextLength } } } }`,
      { id },
    );
    capabilities[name] = conversation.channel.capabilities;
  }
}, 60_000);
afterAll(() => story.stop());

const everywhere = [...platforms, 'site'];
const idOf = (name: string) => conversations[name] ?? '';
const firstOf = async (name: string) => (await story.thread(idOf(name))).messages.nodes.at(-1)?.id ?? '';
const refused = async (conversation: string, input: Record<string, unknown>) => {
  const query = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }';
  const variables = { input: { conversationId: conversation, idempotencyKey: randomUUID(), ...input } };
  return (await story.client.post(query, variables)).errors?.[0];
};

it.each(platforms)('offers answers on %s, and hears which was chosen', async (platform) => {
  const titles = ['Red', 'Dark blue'];
  const { id } = await story.send(idOf(platform), { text: 'Which colour?', quickReplies: titles });
  await story.settled(idOf(platform), id, 'SENT', 'DELIVERED', 'READ');
  const shown = (await story.shown(platform)).at(-1);
  expect(shown?.buttons.map(({ title }) => title)).toEqual(titles);
  const pressed = shown?.buttons[1];
  const press = { quick_reply: 'quick_reply', button: 'button_reply', row: 'list_reply' }[pressed?.kind ?? ''];
  const kind = platform === 'telegram' ? 'callback' : press;
  await story.play(platform, {
    kind,
    text: pressed?.title,
    payload: pressed?.id,
    replyTo: shown?.id,
    targetId: shown?.id,
  });
  const answer = await eventually(async () => {
    const [last] = (await story.thread(idOf(platform))).messages.nodes;
    return last?.direction === 'INBOUND' && last.postback !== null ? last : null;
  });
  expect(answer).toMatchObject({ text: 'Dark blue', postback: { title: 'Dark blue' } });
  const { messages } = await story.thread(idOf(platform));
  expect(messages.nodes.find((message) => message.id === id)?.quickReplies).toEqual(titles);
});

it('offers answers to a visitor of the site', async () => {
  const { id } = await story.send(idOf('site'), { text: 'Which colour?', quickReplies: ['Red', 'Dark blue'] });
  await story.settled(idOf('site'), id, 'SENT', 'DELIVERED', 'READ');
  const { body } = await visitor.call<{ messages: { quickReplies: string[] }[] }>('GET', 'messages');
  expect(body.messages.at(-1)?.quickReplies).toEqual(['Red', 'Dark blue']);
  expect(body.messages.at(0)?.quickReplies).toEqual([]);
});

it.each(everywhere)('refuses what %s cannot carry before anything leaves, saying what it can', async (name) => {
  const before = await story.sends();
  const can = capabilities[name];
  const many = Array.from({ length: (can?.quickReplies ?? 0) + 1 }, (_, index) => `Choice ${String(index)}`);
  const tooMany = await refused(idOf(name), { text: 'Which?', quickReplies: many });
  expect(tooMany).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'quickReplies' } });
  expect(tooMany?.message).toContain(String(can?.quickReplies));
  const long = await refused(idOf(name), {
    text: 'Which?',
    quickReplies: ['x'.repeat((can?.quickReplyLength ?? 0) + 1)],
  });
  expect(long).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'quickReplies' } });
  expect(long?.message).toContain(String(can?.quickReplyLength));
  for (const quickReplies of [
    ['Yes', 'Yes '],
    ['Yes', ' '],
    ['x'.repeat(300)],
    many.slice(0, 1).concat(Array<string>(30).fill('a')),
  ])
    expect(await refused(idOf(name), { text: 'Which?', quickReplies })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'quickReplies' },
    });
  if (can?.templates === false) {
    const template = await refused(idOf(name), { template: { name: 'hello_world', language: 'en_US', variables: [] } });
    expect(template).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'template' } });
    expect(template?.message).toContain('no templates');
  }
  if (can?.reactions === false) {
    const { errors } = await story.client.post(
      'mutation ($id: ID!) { reactToMessage(messageId: $id, emoji: "👍") { id } }',
      {
        id: await firstOf(name),
      },
    );
    expect(errors?.[0]?.message).toContain('no reactions');
  }
  expect(await story.sends()).toEqual(before);
});

it.each(platforms)('reacts on %s, changes it and takes it off', async (platform) => {
  const id = await firstOf(platform);
  const emojis = capabilities[platform]?.reactionEmojis ?? ['👍', '🎉'];
  const [one = '', other = one] = emojis;
  const mine = async () => (await story.shown(platform)).find(({ from }) => from === 'customer')?.reactions['business'];
  expect(await story.react(id, one)).toEqual([{ emoji: one, by: 'MEMBER' }]);
  expect(await mine()).toBe(one);
  expect(await story.react(id, other)).toEqual([{ emoji: other, by: 'MEMBER' }]);
  expect(await mine()).toBe(other);
  expect(await story.react(id, null)).toEqual([]);
  expect(await mine()).toBeUndefined();
  const { rows } = await story.owner.query<{ cause: string }>(
    `select cause from token_uses where cause = $1 and purpose = 'SEND'`,
    [`reaction to message ${id}`],
  );
  expect(rows).toHaveLength(one === other ? 2 : 3);
});

it('says what a reaction may be, and asks nobody for another', async () => {
  const id = await firstOf('instagram');
  const before = await story.sends();
  const react = (emoji: string) =>
    story.client.post('mutation ($id: ID!, $e: String) { reactToMessage(messageId: $id, emoji: $e) { id } }', {
      id,
      e: emoji,
    });
  expect((await react('🎉')).errors?.[0]?.message).toBe('This channel takes these reactions: ❤️');
  for (const none of ['thanks', '❤️ ❤️', 'x'.repeat(100)])
    expect((await react(none)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'emoji' });
  expect((await react('❤')).errors).toBeUndefined();
  expect((await story.sends()).length).toBe(before.length + 1);
});

it('keeps the state that stands when a platform refuses a reaction, and says why', async () => {
  const id = await firstOf('messenger');
  await story.react(id, '👍');
  const path = '/900000000000001/messages$';
  await story.control('/faults', { match: { path }, action: { error: { code: 551 } } });
  const query = 'mutation ($id: ID!) { reactToMessage(messageId: $id, emoji: "👎") { id } }';
  const { errors } = await story.client.post(query, { id });
  expect(errors?.[0]?.extensions.code).toBe('PLATFORM_REFUSED');
  expect(errors?.[0]?.message).toMatch(/cannot be reached/);
  await story.control('/faults', { match: { path }, action: { resetBeforeAccept: true } });
  expect((await story.client.post(query, { id })).errors?.[0]).toMatchObject({ extensions: { code: 'UNAVAILABLE' } });
  const { messages } = await story.thread(idOf('messenger'));
  expect(messages.nodes.find((message) => message.id === id)?.reactions).toEqual([{ emoji: '👍', by: 'MEMBER' }]);
});

it('reacts to what customers wrote, and to nothing else', async () => {
  const own = (await story.send(idOf('whatsapp'), { text: 'our own words' })).id;
  await story.settled(idOf('whatsapp'), own, 'SENT', 'DELIVERED', 'READ');
  const query = 'mutation ($id: ID!) { reactToMessage(messageId: $id, emoji: "👍") { id } }';
  expect((await story.client.post(query, { id: own })).errors?.[0]?.message).toMatch(/Only what a customer wrote/);
  for (const id of [randomUUID(), 'x'])
    expect((await story.client.post(query, { id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});

const sendsOf = async (platform: Platform, ...types: string[]) =>
  (await story.sends()).filter(({ channel, type }) => channel === platform && types.includes(String(type)));

describe('typing and seen', () => {
  const act = (id: string, typing: boolean) =>
    story.client.ask(
      'mutation ($id: ID!, $typing: Boolean!) { setActivity(conversationId: $id, typing: $typing, viewing: true) }',
      {
        id,
        typing,
      },
    );
  const read = (id: string) =>
    story.client.ask('mutation ($id: ID!) { markRead(conversationId: $id) { id unreadCount } }', { id });

  it.each<[Platform, string, string | null]>([
    ['messenger', 'typing_on', 'mark_seen'],
    ['instagram', 'typing_on', 'mark_seen'],
    ['whatsapp', 'typing', 'read'],
  ])('are shown on %s, once however often they are said', async (platform, typing, seen) => {
    await story.play(platform, { kind: 'text', text: `are you there, ${platform}?` });
    await eventually(async () =>
      (await story.thread(idOf(platform))).messages.nodes[0]?.text?.startsWith('are you') ? true : null,
    );
    await Promise.all(Array.from({ length: 10 }, () => act(idOf(platform), true)));
    await eventually(async () => ((await sendsOf(platform, typing)).length > 0 ? true : null));
    await read(idOf(platform));
    await read(idOf(platform));
    if (seen !== null) await eventually(async () => ((await sendsOf(platform, seen)).length > 0 ? true : null));
    expect(await sendsOf(platform, typing)).toHaveLength(1);
    if (seen !== null) expect(await sendsOf(platform, seen)).toHaveLength(1);
    const shown = (await story.shown(platform)).filter(({ from }) => from === 'customer');
    expect(shown.at(-1)?.status).toBe('read');
  });

  it('are not shown to whoever may not be written to, nor by somebody who is not typing', async () => {
    const before = (await story.sends()).length;
    const customer = await story.newCustomer('whatsapp');
    await story.play('whatsapp', { kind: 'text', text: 'later, nobody may write' }, customer);
    const id = await story.conversationOf('later, nobody may write');
    await story.age(id, 25);
    await act(id, true);
    await read(id);
    await act(idOf('telegram'), false);
    // Something that does leave shows that the others had their time.
    await story.react(await firstOf('whatsapp'), '✅');
    expect((await story.sends()).slice(before).map(({ type }) => type)).toEqual(['reaction']);
  });

  it('hold nobody up while the platform hangs', async () => {
    const path = '/17841400000000001|/900000000000001/messages$';
    await story.control('/faults', { match: { path }, action: { hangBeforeAccept: true }, times: 3 });
    await story.play('instagram', { kind: 'text', text: 'one more' });
    const answered = await Promise.all([act(idOf('instagram'), true), read(idOf('instagram'))]);
    expect(answered).toHaveLength(2);
    await story.control('/faults', {}, 'DELETE');
  });
});
