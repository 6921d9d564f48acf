import { randomUUID } from 'node:crypto';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';

const bot = { id: '7000000001', token: '7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL' };
const fields = `id kind text direction status error externalId editedAt postback { title payload } referral { ref }
  reactions { emoji by } replyTo { text } attachments { kind status contentType url }`;
interface Message {
  readonly id: string;
  readonly kind: string;
  readonly text: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly externalId: string | null;
  readonly editedAt: string | null;
  readonly replyTo: { text: string } | null;
  readonly reactions: readonly { emoji: string; by: string }[];
  readonly attachments: readonly { kind: string; status: string; contentType: string; url: string | null }[];
}
interface Thread {
  readonly id: string;
  readonly contact: { name: string; identities: { kind: string; externalId: string; handle: string }[] };
  readonly messagingWindow: { open: boolean; closesAt: string | null; reason: string | null };
  readonly messages: { readonly nodes: readonly Message[] };
}
interface Entry {
  readonly path?: string;
  readonly params?: Record<string, unknown>;
  readonly text?: string;
  readonly status?: number;
}

describe('a Telegram message is answered', () => {
  let app: TestApp;
  let client: TestClient;
  let channelId: string;

  beforeAll(async () => {
    app = await startTestApp();
    client = await TestClient.signedUp(app.url);
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  const sandbox = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${app.sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const play = (event: object, more: object = {}, customerId = '5550001') =>
    sandbox<{ acknowledged: boolean; ids: string[]; attempts: { status: number }[] }>('POST', 'play', {
      channel: 'telegram',
      accountId: bot.id,
      customerId,
      event,
      ...more,
    });
  const calls = async (method: string) =>
    (await sandbox<{ entries: Entry[] }>('GET', 'ledger?kind=telegram')).entries.filter(({ path }) =>
      path?.endsWith(`/${method}`),
    );
  const connect = async () =>
    (
      await client.ask<{ connectTelegram: { id: string; kind: string; status: string; name: string } }>(
        `mutation ($input: ConnectTelegramInput!) { connectTelegram(input: $input) { id kind status name externalId } }`,
        { input: { botToken: ` ${bot.token} ` } },
      )
    ).connectTelegram;
  const thread = async (): Promise<Thread | null> => {
    const { conversations } = await client.ask<{ conversations: { nodes: Thread[] } }>(
      `{ conversations(first: 10) { nodes { id contact { name identities { kind externalId handle } }
         messagingWindow { open closesAt reason } messages(first: 50) { nodes { ${fields} } } } } }`,
    );
    expect(conversations.nodes.length).toBeLessThan(2);
    return conversations.nodes[0] ?? null;
  };
  const message = (externalId: string | undefined, holds: (message: Message) => boolean = () => true) =>
    eventually(async () => {
      const found = (await thread())?.messages.nodes.find((one) => one.externalId === externalId);
      return found !== undefined && holds(found) ? found : null;
    });
  const send = async (text: string, replyToId?: string) => {
    const conversationId = (await thread())!.id;
    const input = { conversationId, text, idempotencyKey: randomUUID(), ...(replyToId && { replyToId }) };
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
      { input },
    );
    return sendMessage.id;
  };
  const settled = (id: string, status: string) =>
    eventually(async () => {
      const found = (await thread())?.messages.nodes.find((one) => one.id === id);
      return found?.status === status ? found : null;
    }, 15_000);

  it('arrives from a bot that a member connected, and is answered [promise 1] [promise 2]', async () => {
    expect(await play({ kind: 'text', text: 'too early' })).toMatchObject({ acknowledged: false, attempts: [] });
    const channel = await connect();
    expect(channel).toMatchObject({ kind: 'TELEGRAM', status: 'CONNECTED', name: 'Demo Shop', externalId: bot.id });
    channelId = channel.id;
    const { ids } = await play({ kind: 'text', text: 'merhaba, kargo nerede?' });
    const arrived = await message(ids[0]);
    expect(arrived).toMatchObject({ kind: 'TEXT', text: 'merhaba, kargo nerede?', status: 'RECEIVED' });
    expect(await thread()).toMatchObject({
      contact: { name: 'Ayşe Kaya', identities: [{ kind: 'TELEGRAM', externalId: '5550001', handle: '@ayse' }] },
      messagingWindow: { open: true, closesAt: null, reason: null },
    });
    const sent = await settled(await send('Yolda, yarın sizde.', arrived.id), 'SENT');
    expect(sent.replyTo?.text).toBe('merhaba, kargo nerede?');
    const { entries } = await sandbox<{ entries: Entry[] }>('GET', 'ledger?kind=sends');
    expect(entries).toMatchObject([{ text: 'Yolda, yarın sizde.', id: sent.externalId }]);
    const reacted = play({ kind: 'reaction', targetId: sent.externalId, emoji: '🔥' });
    await reacted;
    expect(await message(sent.externalId ?? '', ({ reactions }) => reactions.length > 0)).toMatchObject({
      reactions: [{ emoji: '🔥', by: 'CONTACT' }],
    });
  });

  it('is the same message however often it comes, and changes when it is edited (cases W3, W4)', async () => {
    const { ids } = await play({ kind: 'text', text: 'ilk' });
    const id = ids[0]?.split(':')[1];
    await Promise.all([1, 2, 3, 4].map(() => play({ kind: 'text', text: 'ilk', id })));
    await play({ kind: 'edit', targetId: ids[0], text: 'ikinci' });
    expect(await message(ids[0], ({ editedAt }) => editedAt !== null)).toMatchObject({ text: 'ikinci' });
    const all = (await thread())?.messages.nodes.filter(({ externalId }) => externalId === ids[0]);
    expect(all).toHaveLength(1);
  });

  it('may be a picture, kept here; the address that holds the token is nowhere [promise 24] [promise 26]', async () => {
    const { ids } = await play({ kind: 'photo', caption: 'bu mu?' });
    const picture = await message(ids[0], ({ attachments }) => attachments[0]?.status === 'READY');
    expect(picture).toMatchObject({ kind: 'IMAGE', text: 'bu mu?', attachments: [{ contentType: 'image/jpeg' }] });
    const file = await fetch(new URL(picture.attachments[0]?.url ?? '', app.url));
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100);
    expect(JSON.stringify(await thread())).not.toContain(bot.token.split(':')[1]);
  });

  it('may be the press of a button, which is answered, or a link that was followed', async () => {
    const { ids } = await play({ kind: 'callback', text: 'Evet', payload: 'yes' });
    expect(await message(ids[0])).toMatchObject({ kind: 'POSTBACK', postback: { title: 'Evet', payload: 'yes' } });
    await eventually(async () =>
      (await calls('answerCallbackQuery')).some(({ status }) => status === 200) ? true : null,
    );
    const start = await play({ kind: 'start', payload: 'flyer_7' });
    expect(await message(start.ids[0])).toMatchObject({ text: '/start flyer_7', referral: { ref: 'flyer_7' } });
  });

  it('is not taken from a group: the bot says why and leaves', async () => {
    await play({ kind: 'added_to_group' });
    await play({ kind: 'group_message', text: 'words of others' });
    await eventually(async () => ((await calls('leaveChat')).length > 0 ? true : null));
    const { entries } = await sandbox<{ entries: Entry[] }>('GET', 'ledger?kind=sends');
    expect(entries.filter(({ text }) => text?.includes('private chats only'))).toHaveLength(1);
    expect(JSON.stringify(await thread())).not.toContain('words of others');
  });

  it('cannot be answered once the customer has blocked the bot, and can again when they write', async () => {
    await play({ kind: 'blocked' });
    const shut = await eventually(async () => {
      const found = await thread();
      return found?.messagingWindow.open === false ? found : null;
    });
    expect(shut.messagingWindow.reason).toContain('blocked');
    await expect(send('Orada mısınız?')).rejects.toThrow(/blocked/);
    await play({ kind: 'unblocked' }, {});
    // Telegram tells whole seconds; within one, whoever let the bot in again can be reached.
    await eventually(async () => ((await thread())?.messagingWindow.open === true ? true : null));
    await settled(await send('Hoş geldiniz.'), 'SENT');
  });

  it('waits where Telegram says so, and the channel says what is wrong where the token is gone', async () => {
    await sandbox('POST', 'faults', { match: { path: '/sendMessage$' }, action: { rateLimit: true, retryAfter: 1 } });
    await settled(await send('Birazdan.'), 'SENT');
    await sandbox('POST', `tokens/${encodeURIComponent(bot.token)}/invalidate`, {});
    const held = await settled(await send('Token gitti.'), 'HELD');
    expect(held.error).toContain('@BotFather');
    const { channel } = await client.ask<{ channel: { status: string; lastError: string } }>(
      'query ($id: ID!) { channel(id: $id) { status lastError } }',
      { id: channelId },
    );
    expect(channel).toMatchObject({ status: 'EXPIRED', lastError: expect.stringContaining('@BotFather') as string });
    await sandbox('POST', `tokens/${encodeURIComponent(bot.token)}/restore`, {});
    expect(await connect()).toMatchObject({ id: channelId, status: 'CONNECTED' });
    await settled(held.id, 'SENT');
  });

  it('is refused with a wrong secret, and after a disconnect; the history stays [promise 51] [promise 52] [promise 53]', async () => {
    for (const sign of [false, 'wrong', 'twice', 'empty', 'truncated'])
      expect([sign, (await play({ kind: 'text', text: 'x' }, { sign })).attempts[0]?.status]).toEqual([sign, 401]);
    const { botWebhooks } = await sandbox<{ botWebhooks: Record<string, { url: string; secret: string }> }>(
      'GET',
      'state',
    );
    const webhook = botWebhooks[bot.id]!;
    const post = () =>
      fetch(webhook.url, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': webhook.secret },
        body: '{"update_id":1}',
      });
    expect((await post()).status).toBe(200);
    await client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { status } }', { id: channelId });
    expect((await post()).status).toBe(404);
    await eventually(async () => ((await calls('deleteWebhook')).length > 0 ? true : null));
    expect((await thread())?.messages.nodes.length).toBeGreaterThan(5);
  });
});
