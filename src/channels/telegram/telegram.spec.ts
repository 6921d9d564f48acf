import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChannelsUnderTest, origin } from '../../../test/support/channels.js';
import type { GraphCall, GraphReply } from '../../../test/support/fake-graph.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Deliveries } from '../../platform/deliveries/index.js';
import { Channels } from '../channels.js';
import type { OpenChannel } from '../channel-adapter.js';
import { InboundTopics, type RoutedItem, eachWorkspace } from '../inbound-topics.js';
import { DisconnectChannel } from '../disconnect-channel.js';
import { ConnectTelegram } from './connect-telegram.js';
import { TelegramPace } from './telegram-pace.js';
import { TelegramWebhookController } from './telegram-webhook.controller.js';
import { TelegramChannel } from './telegram.channel.js';

let channels: ChannelsUnderTest;
let applied: { workspaceId: string; item: RoutedItem }[] = [];
let number = 4_200;
let stored: () => number;

beforeAll(async () => {
  channels = await ChannelsUnderTest.start({ PUBLIC_URL: 'https://parley.example.com' });
  stored = channels.countStored();
  channels.module.get(InboundTopics).on('messages', {
    apply: (batches) =>
      eachWorkspace(batches, async (workspaceId, items) => {
        applied.push(...items.map((item) => ({ workspaceId, item })));
        return [];
      }),
  });
});
afterAll(() => channels.stop());
beforeEach(async () => {
  await drain();
  applied = [];
  channels.graph.calls.length = 0;
});

const ok = (result: unknown): GraphReply => ({ body: { ok: true, result } });
const no = (status: number, description: string, parameters?: object): GraphReply => ({
  status,
  body: { ok: false, error_code: status, description, ...(parameters && { parameters }) },
});
const methodOf = (call: GraphCall) => call.path.split('/').at(-1) ?? '';

/** A bot that Telegram knows, and what Telegram says to each method else. */
function bot(answers: Record<string, (call: GraphCall) => GraphReply> = {}) {
  const id = (number += 1);
  const token = `${String(id)}:AAHtestTokenOfABotThatOpensNothing00`;
  channels.graph.answer = (call) => {
    const known = call.path.match(/\/bot(\d+):/)?.[1] === String(id);
    const answer = answers[methodOf(call)];
    if (!known) return no(401, 'Unauthorized');
    if (answer !== undefined) return answer(call);
    if (methodOf(call) === 'getMe') return ok({ id, is_bot: true, first_name: 'Demo Shop', username: 'demo_bot' });
    return ok(true);
  };
  return { id: String(id), token };
}
const connect = (actor: MemberActor, botToken: string) =>
  channels.module.get(ConnectTelegram).run(actor, origin, { botToken });
const told = () => channels.graph.calls.filter((call) => methodOf(call) === 'setWebhook');
const bodyOf = (call: GraphCall | undefined) => call?.body as Record<string, string>;

async function connected() {
  const actor = await channels.workspace();
  const { id, token } = bot();
  const channel = await connect(actor, token);
  const webhook = bodyOf(told().at(-1));
  return { actor, botId: id, token, channel, secret: webhook['secret_token'] ?? '', url: webhook['url'] ?? '' };
}
const rows = async (text: string, ...values: unknown[]) =>
  (await channels.admin.query<Record<string, unknown>>(text, values)).rows;

async function call(channelId: string, secret: string | undefined, body: unknown = update(1)) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = { status: 200, headers: {} as Record<string, string> };
  const reply = {
    type: () => reply,
    status: (status: number) => ((answer.status = status), reply),
    header: (name: string, value: string) => ((answer.headers[name] = value), reply),
  };
  const headers = secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret };
  const text = await channels.module
    .get(TelegramWebhookController)
    .receive(channelId, { body: bytes, headers } as unknown as FastifyRequest, reply as unknown as FastifyReply);
  return { ...answer, text };
}
const update = (messageId: number, more: object = {}) => ({
  update_id: 810_000 + messageId,
  message: {
    message_id: messageId,
    from: { id: 5550001, is_bot: false, first_name: 'Ayse' },
    chat: { id: 5550001, type: 'private' },
    date: 1_790_000_000,
    text: 'merhaba',
    ...more,
  },
});
const drain = () => channels.module.get(Deliveries).drain();

describe('connecting a bot', () => {
  it('asks whose token it is, tells Telegram the address and a secret, and keeps both secret [promise 2] [promise 24]', async () => {
    const { actor, botId, token, channel, secret, url } = await connected();
    expect(channels.graph.calls.map(methodOf)).toEqual(['getMe', 'setWebhook']);
    expect(channel).toMatchObject({ kind: 'TELEGRAM', status: 'CONNECTED', name: 'Demo Shop', externalId: botId });
    expect(url).toBe(`https://parley.example.com/webhooks/telegram/${channel.id}`);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(bodyOf(told()[0])).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member', 'message_reaction'],
      drop_pending_updates: false,
    });
    const [row] = await rows('select * from channels where id = $1', channel.id);
    const dump = JSON.stringify(row, (_, value: unknown) =>
      value instanceof Object && 'data' in value
        ? Buffer.from((value as { data: number[] }).data).toString('latin1')
        : value,
    );
    expect(dump).toContain(botId);
    expect(dump).not.toContain(token.split(':')[1]);
    expect(dump).not.toContain(secret);
    const uses = await rows(
      'select purpose, host, cause from token_uses where channel_id = $1 order by id',
      channel.id,
    );
    const host = new URL(channels.graph.url).host;
    const cause = `member ${actor.memberId}`;
    expect(uses).toEqual([
      { purpose: 'VERIFY', host, cause },
      { purpose: 'SUBSCRIBE', host, cause },
    ]);
  });

  it.each([
    '',
    'EAATOKEN',
    '4201',
    '4201:short',
    '4201:AAHtestTokenOfABotThatOpens/../getMe0',
    `4201:${'a'.repeat(101)}`,
  ])('refuses what is no token before anybody is asked: %s', async (botToken) => {
    await expect(connect(await channels.workspace(), botToken)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'botToken',
    });
    expect(channels.graph.calls).toEqual([]);
  });

  it.each<[string, Record<string, (call: GraphCall) => GraphReply>, object]>([
    [
      'a token that Telegram does not know',
      { getMe: () => no(401, 'Unauthorized') },
      { code: 'BAD_USER_INPUT', field: 'botToken' },
    ],
    ['a token of another form', { getMe: () => no(404, 'Not Found') }, { code: 'BAD_USER_INPUT', field: 'botToken' }],
    [
      'a limit',
      { getMe: () => no(429, 'PROVIDER TEXT', { retry_after: 7 }) },
      { code: 'UNAVAILABLE', details: { retryAfter: 7 } },
    ],
    ['a fault', { getMe: () => ({ status: 502, raw: '<html>' }) }, { code: 'UNAVAILABLE' }],
    ['a broken connection', { getMe: () => ({ trouble: 'reset' }) }, { code: 'UNAVAILABLE' }],
    ['garbage', { getMe: () => ({ raw: 'OK' }) }, { code: 'PLATFORM_REFUSED' }],
    ['an answer without an id', { getMe: () => ok({ is_bot: true }) }, { code: 'PLATFORM_REFUSED' }],
    ['an account that is no bot', { getMe: () => ok({ id: 1, is_bot: false }) }, { code: 'PLATFORM_REFUSED' }],
    [
      'an address that Telegram cannot call',
      { setWebhook: () => no(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook') },
      { code: 'PLATFORM_REFUSED', message: expect.stringContaining('PUBLIC_URL') as string },
    ],
    ['a refusal of the webhook', { setWebhook: () => no(400, 'PROVIDER TEXT') }, { code: 'PLATFORM_REFUSED' }],
  ])('says what is wrong and stores nothing: %s', async (_, answers, expected) => {
    const actor = await channels.workspace();
    const { details, ...plain } = expected as { details?: object };
    const failure: unknown = await connect(actor, bot(answers).token).catch((error: unknown) => error);
    expect(failure).toMatchObject(plain);
    if (details !== undefined) expect(failure).toMatchObject({ retryAfter: 7 });
    expect((failure as Error).message).not.toContain('PROVIDER TEXT');
    expect(await rows('select 1 from channels where workspace_id = $1', actor.workspaceId)).toEqual([]);
  });

  it('keeps one bot in one workspace, and touches nothing of it for another (case W7)', async () => {
    const { token, channel, secret } = await connected();
    channels.graph.calls.length = 0;
    await expect(connect(await channels.workspace(), token)).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'botToken',
    });
    expect(channels.graph.calls.map(methodOf)).toEqual(['getMe']);
    expect(await call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('keeps the channel when the bot is connected again, with a new secret; the old one is worth nothing', async () => {
    const { actor, token, channel, secret } = await connected();
    expect(await call(channel.id, secret)).toMatchObject({ status: 200 });
    const again = await connect(actor, token);
    const renewed = bodyOf(told().at(-1))['secret_token'];
    expect(again.id).toBe(channel.id);
    expect(renewed).not.toBe(secret);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await call(channel.id, renewed)).toMatchObject({ status: 200 });
    expect(await call(channel.id, secret)).toMatchObject({ status: 401 });
  });

  it('ends with the secret that Telegram was told last, though two connect it at once', async () => {
    const actor = await channels.workspace();
    const { token } = bot();
    const both = await Promise.all([connect(actor, token), connect(actor, token)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    const last = bodyOf(told().at(-1));
    expect(last['url']).toContain(both[0].id);
    expect(await call(both[0].id, last['secret_token'])).toMatchObject({ status: 200 });
  });
});

describe('a call of Telegram', () => {
  it('is believed by its secret alone, and stored before anybody reads it [promise 31]', async () => {
    const { channel, secret, actor } = await connected();
    const before = stored();
    expect(await call(channel.id, secret, update(1))).toEqual({ status: 200, headers: {}, text: 'OK' });
    expect(await call(channel.id, secret, '{no json')).toMatchObject({ status: 200 });
    expect(stored()).toBe(before + 2);
    await drain();
    expect(applied).toMatchObject([
      { workspaceId: actor.workspaceId, item: { channelId: channel.id, kind: 'TELEGRAM' } },
    ]);
    expect(await rows('select reason from deliveries where workspace_id = $1', actor.workspaceId)).toHaveLength(1);
  });

  it('is refused with every other secret, and nothing is stored (case W1)', async () => {
    const { channel, secret } = await connected();
    const other = await connected();
    const before = stored();
    const wrong = [
      undefined,
      '',
      secret.slice(1),
      `${secret}x`,
      secret.toLowerCase(),
      `${secret}, ${secret}`,
      other.secret,
    ];
    const bytes = Buffer.from(secret);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      wrong.push(changed.toString('latin1'));
    }
    for (const one of wrong) expect([one, (await call(channel.id, one)).status]).toEqual([one, 401]);
    expect(wrong.length).toBeGreaterThan(300);
    expect(stored()).toBe(before);
    expect(await call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('is unknown for a channel that is none, is no Telegram channel, or was disconnected [promise 52]', async () => {
    const { actor, channel, secret } = await connected();
    // Its secret is known from now on; that it is connected is asked again each time.
    expect(await call(channel.id, secret)).toMatchObject({ status: 200 });
    await drain();
    applied = [];
    for (const id of ['', 'none', "'", '\0', '0199a3c4-0000-7000-8000-00000000dead', channel.id.toUpperCase()])
      expect([id, (await call(id, secret)).status]).toEqual([id, 404]);
    await channels.module.get(DisconnectChannel).run(actor, origin, channel.id, false);
    expect(await call(channel.id, secret)).toMatchObject({ status: 404 });
    await drain();
    expect(applied).toEqual([]);
  });

  it('is not taken while Postgres does not answer', async () => {
    const { channel, secret } = await connected();
    const held = await channels.admin
      .query('begin; lock table channel_directory in access exclusive mode')
      .catch(() => null);
    expect(held).not.toBeNull();
    try {
      expect(await call(channel.id, secret)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    } finally {
      await channels.admin.query('rollback');
    }
    expect(await call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('cannot reach another workspace by what it says', async () => {
    const mine = await connected();
    const theirs = await connected();
    const body = `{"update_id":1},"channel":"${theirs.channel.id}","body":{"update_id":2,"message":{"message_id":1,"chat":{"id":1},"text":"x"}}`;
    expect(await call(mine.channel.id, mine.secret, body)).toMatchObject({ status: 200 });
    await drain();
    expect(applied).toEqual([]);
  });
});

describe('errands', () => {
  const settle = async (method: string, count: number) => {
    for (let round = 0; round < 200; round += 1) {
      if (channels.graph.calls.filter((one) => methodOf(one) === method).length >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`Telegram was not asked to ${method}: ${channels.graph.calls.map(methodOf).join(', ')}`);
  };
  const query = (id: string) => ({
    update_id: 9,
    callback_query: {
      id,
      from: { id: 5550001 },
      message: { message_id: 1, chat: { id: 5550001, type: 'private' } },
      data: 'yes',
    },
  });
  const group = { id: -1001, type: 'supergroup', title: 'Friends' };

  it('answer the press of a button, with a cause written down [promise 25]', async () => {
    const { channel, secret } = await connected();
    await call(channel.id, secret, query('4382'));
    await drain();
    await settle('answerCallbackQuery', 1);
    expect(channels.graph.calls.at(-1)?.body).toEqual({ callback_query_id: '4382' });
    const uses = await rows(
      `select purpose, cause from token_uses where channel_id = $1 and purpose = 'SEND'`,
      channel.id,
    );
    expect(uses).toEqual([{ purpose: 'SEND', cause: expect.stringMatching(/^delivery [0-9a-f-]{36}$/) as string }]);
  });

  it('leave a group at once and say why; nothing of it is kept', async () => {
    const { channel, secret } = await connected();
    const said = { message_id: 7, from: { id: 1 }, chat: group, date: 1, text: 'words of others' };
    const joined = { chat: group, from: { id: 1 }, date: 1, new_chat_member: { user: { id: 42 }, status: 'member' } };
    await call(channel.id, secret, { update_id: 1, my_chat_member: joined });
    await call(channel.id, secret, { update_id: 2, message: said });
    await drain();
    await settle('leaveChat', 1);
    await call(channel.id, secret, { update_id: 3, message: said });
    await call(channel.id, secret, {
      update_id: 4,
      my_chat_member: { ...joined, new_chat_member: { status: 'left' } },
    });
    await drain();
    const calls = channels.graph.calls.filter((one) => methodOf(one) !== 'getMe' && methodOf(one) !== 'setWebhook');
    expect(calls.map(methodOf)).toEqual(['sendMessage', 'leaveChat']);
    expect(calls[0]?.body).toEqual({
      chat_id: -1001,
      text: expect.stringContaining('https://t.me/demo_bot') as string,
    });
  });

  it('leave a channel without a word', async () => {
    const { channel, secret } = await connected();
    const joined = {
      chat: { id: -1002, type: 'channel' },
      from: { id: 1 },
      date: 1,
      new_chat_member: { status: 'administrator' },
    };
    await call(channel.id, secret, { update_id: 1, my_chat_member: joined });
    await drain();
    await settle('leaveChat', 1);
    expect(channels.graph.calls.map(methodOf)).not.toContain('sendMessage');
  });
});

describe('files', () => {
  const open = (token: string): OpenChannel => ({
    workspaceId: 'w',
    id: 'c',
    kind: 'TELEGRAM' as OpenChannel['kind'],
    externalId: '1',
    settings: {},
    token,
  });
  const fetchFile = (token: string, mediaId: string | null = 'file1', max = 1_000) =>
    channels.module
      .get(TelegramChannel)
      .fetchMedia(open(token), { url: null, mediaId, sha256: null }, max, AbortSignal.timeout(5_000));

  it('are asked for by id and fetched where they lie', async () => {
    const { token } = bot({
      getFile: () => ok({ file_id: 'file1', file_size: 5, file_path: 'photos/a b.jpg' }),
      'a%20b.jpg': () => ({ raw: 'bytes', headers: { 'content-type': 'application/octet-stream' } }),
    });
    expect(await fetchFile(token)).toEqual({
      kind: 'fetched',
      body: Buffer.from('bytes'),
      contentType: null,
      name: null,
    });
    expect(channels.graph.calls.map(({ method, path }) => `${method} ${path.replace(token, 'TOKEN')}`)).toEqual([
      'POST /telegram/botTOKEN/getFile',
      'GET /telegram/file/botTOKEN/photos/a%20b.jpg',
    ]);
  });

  it.each<[string, Record<string, (call: GraphCall) => GraphReply>, string]>([
    ['too large for a bot', { getFile: () => no(400, 'Bad Request: file is too big') }, 'refused'],
    ['larger than is kept', { getFile: () => ok({ file_size: 1_001, file_path: 'f' }) }, 'refused'],
    [
      'larger than announced',
      { getFile: () => ok({ file_path: 'f' }), f: () => ({ raw: 'x'.repeat(1_001) }) },
      'refused',
    ],
    ['gone', { getFile: () => no(400, 'Bad Request: invalid file_id') }, 'gone'],
    ['gone where it lay', { getFile: () => ok({ file_path: 'f' }), f: () => no(404, 'Not Found') }, 'gone'],
    ['without a place', { getFile: () => ok({ file_id: 'x' }) }, 'gone'],
    ['in a place that leads elsewhere', { getFile: () => ok({ file_path: '../../botX/getMe' }) }, 'gone'],
    ['limited', { getFile: () => no(429, 'Too Many Requests', { retry_after: 3 }) }, 'retry'],
    ['a fault', { getFile: () => ({ status: 500, raw: '' }) }, 'retry'],
    ['a dead token', { getFile: () => no(401, 'Unauthorized') }, 'retry'],
    ['a broken connection', { getFile: () => ({ trouble: 'reset' }) }, 'retry'],
  ])('are not there, for a reason that holds no address: %s', async (_, answers, kind) => {
    const { token } = bot(answers);
    const outcome = await fetchFile(token);
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).not.toMatch(/bot\d|AAH|PROVIDER/);
  });

  it('are not asked for by what is no id', async () => {
    const { token } = bot();
    expect((await fetchFile(token, '../x')).kind).toBe('gone');
    expect((await fetchFile(token, null)).kind).toBe('gone');
    expect(channels.graph.calls).toEqual([]);
  });
});

describe('a channel that is opened', () => {
  it('can turn its webhook on again, with the secret that stands', async () => {
    const { actor, channel, secret } = await connected();
    const open = await channels.module
      .get(Workspaces)
      .run(actor.workspaceId, (tx) =>
        channels.module.get(Channels).openChannel(tx, channel.id, { purpose: 'SUBSCRIBE', cause: 'a test' }),
      );
    channels.graph.calls.length = 0;
    await channels.module.get(TelegramChannel).subscribe(open!, AbortSignal.timeout(5_000));
    expect(bodyOf(told()[0])).toMatchObject({ secret_token: secret });
    channels.graph.answer = () => no(400, 'Bad Request: bad webhook');
    await expect(channels.module.get(TelegramChannel).subscribe(open!, AbortSignal.timeout(5_000))).rejects.toThrow(
      'HTTP 400',
    );
  });
});

describe('the pace', () => {
  const signal = AbortSignal.timeout(20_000);
  it('is one message a second in a chat, and does not hold up other chats', async () => {
    const pace = new TelegramPace();
    expect(await pace.turn('1', 'a', signal)).toBeNull();
    const order: string[] = [];
    const turn = (chat: string) => pace.turn('1', chat, signal).then(() => order.push(chat));
    await Promise.all([turn('a'), turn('b'), turn('c')]);
    expect(order).toEqual(['b', 'c', 'a']);
    expect(await pace.turn('2', 'a', signal)).toBeNull();
  });

  it('is thirty a second for a bot; who would wait long comes back later', async () => {
    const pace = new TelegramPace();
    const turns = Array.from({ length: 100 }, (_, index) => pace.turn('1', String(index), signal));
    const later = (await Promise.all(turns)).filter((seconds) => seconds !== null);
    // 2.5 seconds are waited here at the most, which is the time of some 75 messages.
    expect(later.length).toBeGreaterThan(20);
    expect(later.length).toBeLessThan(30);
    expect(Math.max(...later)).toBeGreaterThanOrEqual(3);
  });

  it('stops for as long as Telegram says', async () => {
    const pace = new TelegramPace();
    pace.hold('1', 60);
    expect(await pace.turn('1', 'a', signal)).toBe(60);
    expect(await pace.turn('2', 'a', signal)).toBeNull();
  });

  it('sends nothing where the time ran out while waiting', async () => {
    const { token, channel } = await connected();
    channels.graph.calls.length = 0;
    const open: OpenChannel = {
      workspaceId: 'w',
      id: channel.id,
      kind: channel.kind,
      externalId: '777',
      settings: {},
      token,
    };
    const message = {
      id: 'x',
      recipient: [{ externalId: '5', handle: null }] as const,
      text: 'x',
      attachments: [],
      replyToExternalId: null,
      humanAgent: false,
    };
    const send = (limit: AbortSignal) => channels.module.get(TelegramChannel).send(open, message, limit);
    await send(AbortSignal.timeout(5_000));
    expect(await send(AbortSignal.timeout(50))).toMatchObject({ kind: 'retry' });
    expect(channels.graph.calls).toHaveLength(1);
  });
});
