import { randomUUID } from 'node:crypto';
import { ChannelDefinitions } from '../../src/channels/channel-definitions.js';
import { eventually } from '../support/client.js';
import { type OtherChannel, OtherChannels } from '../support/other-channels.js';
import { type Platform, SandboxStory, platforms } from '../support/sandbox-story.js';

/** What is asked of every channel alike, whoever plays its customer. */
interface Played {
  readonly kind: string;
  readonly write: (text: string) => Promise<unknown>;
  readonly reached: () => Promise<readonly string[]>;
  readonly acknowledge: OtherChannel['acknowledge'];
}

let story: SandboxStory;
let others: OtherChannels;
let definitions: ChannelDefinitions;
const played: Record<string, Played> = {};
const names = [...platforms, 'line', 'mail', 'site'] as const;

beforeAll(async () => {
  others = await OtherChannels.start();
  story = await SandboxStory.start(others.environment);
  definitions = story.app.app.get(ChannelDefinitions);
  for (const platform of platforms) {
    await story.connect(platform);
    played[platform] = onPlatform(platform);
  }
  for (const [name, channel] of Object.entries(others.all)) {
    await channel.connect(story);
    const { kind, write, reached, acknowledge } = channel;
    played[name] = { kind, write: (text) => write.call(channel, text), reached, acknowledge };
  }
}, 60_000);
afterAll(async () => {
  await story.stop();
  await others.stop();
});

function onPlatform(platform: Platform): Played {
  return {
    kind: { messenger: 'MESSENGER', instagram: 'INSTAGRAM', whatsapp: 'WHATSAPP', telegram: 'TELEGRAM' }[platform],
    write: (text) => story.play(platform, { kind: 'text', text }),
    reached: async () =>
      (await story.shown(platform)).filter(({ from }) => from !== 'customer').map(({ text }) => text ?? ''),
    // The pretend platforms say by themselves that a customer has read, Telegram never does.
    acknowledge: platform === 'telegram' ? null : () => Promise.resolve('READ'),
  };
}

const of = (name: string) => {
  const one = played[name];
  if (one === undefined) throw new Error(`Nobody plays ${name}.`);
  return one;
};
const definitionOf = (name: string) => {
  const definition = definitions.all.find(({ kind }) => String(kind) === of(name).kind);
  if (definition === undefined) throw new Error(`There is no channel ${of(name).kind}.`);
  return definition;
};
const conversations: Record<string, string> = {};
const idOf = (name: string) => conversations[name] ?? '';
const refused = async (name: string, input: Record<string, unknown>) => {
  const query = 'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }';
  const variables = { input: { conversationId: idOf(name), idempotencyKey: randomUUID(), ...input } };
  return (await story.client.post(query, variables)).errors?.[0];
};
const answer = async (name: string, text: string, more: Record<string, unknown> = {}) => {
  const { id } = await story.send(idOf(name), { text, ...more });
  const status = await story.settled(idOf(name), id, 'SENT', 'DELIVERED', 'READ', 'FAILED', 'UNCONFIRMED');
  return { id, status };
};
const times = async (name: string, text: string) => (await of(name).reached()).filter((words) => words === text).length;

it('leaves no channel out', () => {
  expect(
    Object.values(played)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(definitions.all.map(({ kind }) => String(kind)).sort());
});

describe.each(names)('%s', (name) => {
  it('brings what the customer writes, and takes an answer to it, once', async () => {
    const words = `a question on ${name}`;
    await of(name).write(words);
    conversations[name] = await story.conversationOf(words);
    const [message] = (await story.thread(idOf(name))).messages.nodes;
    expect(message).toMatchObject({ text: words, direction: 'INBOUND', author: 'CONTACT', status: 'RECEIVED' });
    const sent = await answer(name, `an answer on ${name}`);
    expect(['SENT', 'DELIVERED', 'READ']).toContain(sent.status);
    expect(await times(name, `an answer on ${name}`)).toBe(1);
  });

  it('tells what became of the answer, where it tells', async () => {
    const { id } = await answer(name, `what becomes of this on ${name}?`);
    const { acknowledge } = of(name);
    if (acknowledge === null) {
      expect((await story.thread(idOf(name))).messages.nodes[0]).toMatchObject({ id, status: 'SENT' });
      return;
    }
    await eventually(async () => ((await times(name, `what becomes of this on ${name}?`)) === 1 ? true : null), 15_000);
    const status = await acknowledge();
    expect(await story.settled(idOf(name), id, status)).toBe(status);
  });

  it('carries a text of the length that it says, and refuses a longer one before anything leaves', async () => {
    const { maxTextLength } = definitionOf(name).capabilities;
    const before = (await of(name).reached()).length;
    const error = await refused(name, { text: 'x'.repeat(maxTextLength + 1) });
    expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', field: 'text' } });
    expect(error?.message).toContain(String(maxTextLength));
    expect((await of(name).reached()).length).toBe(before);
  });

  it('has a subject and copies where it has threads, and nowhere else', async () => {
    if (definitionOf(name).threads === true) {
      expect((await answer(name, 'with a subject', { subject: 'Another', cc: ['b@mail.example'] })).status).toBe(
        'SENT',
      );
      expect(await times(name, 'with a subject')).toBe(1);
      return;
    }
    const before = (await of(name).reached()).length;
    for (const [field, value] of Object.entries({
      subject: 'Another',
      cc: ['b@mail.example'],
      bcc: ['b@mail.example'],
    }))
      expect(await refused(name, { text: 'with a subject', [field]: value })).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', field },
      });
    expect((await of(name).reached()).length).toBe(before);
  });

  it('refuses what it does not declare, and only that: answers to choose from, templates, reactions', async () => {
    const can = definitionOf(name).capabilities;
    const before = (await of(name).reached()).length;
    const many = Array.from({ length: can.quickReplies + 1 }, (_, index) => `Choice ${String(index)}`);
    expect(await refused(name, { text: 'Which?', quickReplies: many })).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT', field: 'quickReplies' },
    });
    if (!can.templates)
      expect(
        await refused(name, { template: { name: 'hello_world', language: 'en_US', variables: [] } }),
      ).toMatchObject({
        extensions: { code: 'BAD_USER_INPUT', field: 'template' },
      });
    const first = (await story.thread(idOf(name))).messages.nodes.find(({ direction }) => direction === 'INBOUND')?.id;
    const reaction = await story.client.post(
      'mutation ($id: ID!, $emoji: String) { reactToMessage(messageId: $id, emoji: $emoji) { id } }',
      { id: first, emoji: can.reactionEmojis?.[0] ?? '👍' },
    );
    expect(reaction.errors?.[0]?.extensions.code ?? 'done').toBe(can.reactions ? 'done' : 'BAD_USER_INPUT');
    expect((await of(name).reached()).length).toBe(before);
  });

  it('is answered as long as its window says, and not longer', async () => {
    const { window } = definitionOf(name);
    if (window.hours === null) {
      await story.age(idOf(name), 10 * 8_766);
      expect(['SENT', 'DELIVERED', 'READ']).toContain((await answer(name, 'ten years later')).status);
      expect(await times(name, 'ten years later')).toBe(1);
      return;
    }
    // What is past the free window is for people alone, where the platform has a rule for them; then it is over.
    const last = window.humanAgentHours ?? window.hours;
    await story.age(idOf(name), last - 1);
    expect(['SENT', 'DELIVERED', 'READ']).toContain((await answer(name, 'an hour before the end')).status);
    expect(await times(name, 'an hour before the end')).toBe(1);
    const before = (await of(name).reached()).length;
    await story.age(idOf(name), 2);
    expect(await refused(name, { text: 'an hour after it' })).toMatchObject({
      extensions: { code: 'MESSAGING_WINDOW_CLOSED' },
    });
    expect((await of(name).reached()).length).toBe(before);
  });
});
