import { Config } from '../../src/platform/config/index.js';
import { eventually } from '../support/client.js';
import { Queues } from '../../src/platform/queue/index.js';
import { ConsentStory } from './consent-story.js';
import { mailsIn } from '../support/written-mails.js';

const page = '900000000000001';
const [ayse, john] = ['7100000000000001', '7100000000000002'];

interface Thread {
  readonly id: string;
  readonly messages: {
    readonly nodes: readonly { externalId: string; text: string; direction: string; status: string }[];
  };
}

describe('a connection ends and comes back', () => {
  let story: ConsentStory;
  let channelId = '';

  beforeAll(async () => {
    story = await ConsentStory.start();
    const { state } = await story.consent('MESSENGER');
    channelId = (await story.complete(state, [page]))[0]?.id ?? '';
  }, 60_000);
  afterAll(() => story.stop());

  const write = (customerId: string, text: string) =>
    story.control<{ ids: string[] }>('POST', '/play', {
      channel: 'messenger',
      customerId,
      event: { kind: 'text', text },
    });
  const threads = async () =>
    (
      await story.client.ask<{ conversations: { nodes: Thread[] } }>(
        '{ conversations(first: 20) { nodes { id messages(first: 20) { nodes { externalId text direction status } } } } }',
      )
    ).conversations.nodes;
  const texts = async () =>
    (await threads())
      .flatMap(({ messages }) => messages.nodes)
      .filter(({ direction }) => direction === 'INBOUND')
      .map(({ text }) => text)
      .sort();
  const heard = (...expected: string[]) =>
    eventually(async () => ((await texts()).join() === [...expected].sort().join() ? true : null), 15_000);
  /** How many replies each channel says that it holds. */
  const held = async () =>
    (await story.client.ask<{ channels: { heldMessages: number }[] }>('{ channels { heldMessages } }')).channels.map(
      ({ heldMessages }) => heldMessages,
    );
  const webhooksTo = (webhookUrl: string) => story.control('PATCH', '/settings', { webhookUrl });

  it('removed on facebook.com it is expired at once, says so by mail too, and is called no more [promise 55]', async () => {
    await story.sql.query('update users set email_verified_at = now()');
    await write(ayse, 'before the gap');
    await heard('before the gap');
    expect(await story.control('POST', '/deauthorize', {})).toMatchObject({ status: 200 });
    const channel = await story.channel(channelId);
    expect([channel.status, channel.lastError]).toEqual([
      'EXPIRED',
      expect.stringMatching(/removed on facebook.com. Connect/),
    ]);
    const calls = (await story.calls()).length;
    const [thread] = await threads();
    const { sendMessage } = await story.client.ask<{ sendMessage: { status: string } }>(
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { status } }',
      { input: { conversationId: thread?.id, text: 'held for you', idempotencyKey: 'one' } },
    );
    expect(sendMessage.status).toBe('HELD');
    expect(await held()).toEqual([1]);
    await story.sql.query(
      "update due set due_at = now() - interval '20 seconds' where kind in ('token-expiry', 'token-refresh', 'mail-notifications')",
    );
    await story.app.app.get(Queues).sweep();
    const folder = story.app.app.get(Config).mailFolder;
    const mail = await eventually(async () => {
      const mails = await mailsIn(folder);
      return mails.find(({ text }) => text.includes('lost its access')) ?? null;
    }, 20_000);
    // Words are broken over lines in a mail.
    expect(mail.text.replaceAll(/\s+/g, ' ')).toContain(
      'Messenger: The app was removed on facebook.com. Connect the account again',
    );
    expect((await story.calls()).length).toBe(calls);
  }, 60_000);

  it('connected again it is the same channel; what was held leaves, what was missed is fetched, once', async () => {
    await webhooksTo('http://127.0.0.1:9/nowhere');
    const missed = await write(ayse, 'in the gap');
    await write(john, 'a new customer in the gap');
    await webhooksTo(`${story.app.url}/webhooks/meta`);
    const { state, options } = await story.consent('MESSENGER');
    expect(options.find(({ kind }) => kind === 'MESSENGER')?.alreadyConnected).toBe(true);
    const [again] = await story.complete(state, [page]);
    expect(again).toMatchObject({ id: channelId, status: 'CONNECTED' });
    await heard('before the gap', 'in the gap', 'a new customer in the gap');
    await eventually(async () => {
      const sent = (await threads())
        .flatMap(({ messages }) => messages.nodes)
        .find(({ text }) => text === 'held for you');
      return sent !== undefined && ['SENT', 'DELIVERED', 'READ'].includes(sent.status) ? true : null;
    }, 15_000);
    expect(await held()).toEqual([0]);
    // The platform delivers late what was fetched already.
    await story.control('POST', '/play', {
      channel: 'messenger',
      customerId: ayse,
      event: { kind: 'text', text: 'in the gap', id: missed.ids[0] },
    });
    await write(ayse, 'after the gap');
    await heard('before the gap', 'in the gap', 'a new customer in the gap', 'after the gap');
    const all = (await threads()).flatMap(({ messages }) => messages.nodes.map(({ externalId }) => externalId));
    expect(new Set(all).size).toBe(all.length);
    const { rows } = await story.sql.query('select 1 from channels where gap_since is not null');
    expect(rows).toEqual([]);
  }, 60_000);

  it('disconnected it is called no more, takes no webhook, and shows its history [promise 51] [promise 52] [promise 53]', async () => {
    const before = await texts();
    await story.client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { id } }', { id: channelId });
    await eventually(async () => {
      const { rows } = await story.sql.query('select 1 from channels where token is not null');
      return rows.length === 0 ? true : null;
    }, 15_000);
    const told = (await story.calls())
      .slice(-2)
      .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`);
    expect(told).toEqual([`DELETE ${page}/subscribed_apps`, 'DELETE 730055501/permissions']);
    const calls = (await story.calls()).length;
    await write(ayse, 'to nobody');
    await story.app.drainDeliveries();
    expect(await texts()).toEqual(before);
    expect(
      await story.client.refusal('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
        input: { conversationId: (await threads())[0]?.id, text: 'too late', idempotencyKey: 'two' },
      }),
    ).toBe('CHANNEL_EXPIRED');
    expect((await story.calls()).length).toBe(calls);
  }, 60_000);
});
