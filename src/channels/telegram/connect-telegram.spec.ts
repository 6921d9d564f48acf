import type { GraphCall, GraphReply } from '../../../test/support/fake-graph.js';
import { TelegramBots, bodyOf, methodOf, no, ok } from '../../../test/support/telegram-bots.js';
import { Workspaces } from '../../platform/database/index.js';
import { Channels } from '../channels.js';
import { TelegramChannel } from './telegram.channel.js';

let telegram: TelegramBots;
beforeAll(async () => void (telegram = await TelegramBots.start()));
afterAll(() => telegram.stop());
beforeEach(() => telegram.forget());

describe('connecting a bot', () => {
  it('asks whose token it is, tells Telegram the address and a secret, and keeps both secret [promise 2] [promise 24]', async () => {
    const { actor, botId, token, channel, secret, url } = await telegram.connected();
    expect(telegram.channels.graph.calls.map(methodOf)).toEqual(['getMe', 'setWebhook']);
    expect(channel).toMatchObject({ kind: 'TELEGRAM', status: 'CONNECTED', name: 'Demo Shop', externalId: botId });
    expect(url).toBe(`https://parley.example.com/webhooks/telegram/${channel.id}`);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(bodyOf(telegram.told()[0])).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member', 'message_reaction'],
      drop_pending_updates: false,
    });
    const [row] = await telegram.rows('select * from channels where id = $1', channel.id);
    const dump = JSON.stringify(row, (_, value: unknown) =>
      value instanceof Object && 'data' in value
        ? Buffer.from((value as { data: number[] }).data).toString('latin1')
        : value,
    );
    expect(dump).toContain(botId);
    expect(dump).not.toContain(token.split(':')[1]);
    expect(dump).not.toContain(secret);
    const uses = await telegram.rows(
      'select purpose, host, cause from token_uses where channel_id = $1 order by id',
      channel.id,
    );
    const host = new URL(telegram.channels.graph.url).host;
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
    await expect(telegram.connect(await telegram.channels.workspace(), botToken)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'botToken',
    });
    expect(telegram.channels.graph.calls).toEqual([]);
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
    const actor = await telegram.channels.workspace();
    const { details, ...plain } = expected as { details?: object };
    const failure: unknown = await telegram
      .connect(actor, telegram.bot(answers).token)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject(plain);
    if (details !== undefined) expect(failure).toMatchObject({ retryAfter: 7 });
    expect((failure as Error).message).not.toContain('PROVIDER TEXT');
    expect(await telegram.rows('select 1 from channels where workspace_id = $1', actor.workspaceId)).toEqual([]);
  });

  it('keeps one bot in one workspace, and touches nothing of it for another (case W7)', async () => {
    const { token, channel, secret } = await telegram.connected();
    telegram.channels.graph.calls.length = 0;
    await expect(telegram.connect(await telegram.channels.workspace(), token)).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'botToken',
    });
    expect(telegram.channels.graph.calls.map(methodOf)).toEqual(['getMe']);
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('keeps the channel when the bot is connected again, with a new secret; the old one is worth nothing', async () => {
    const { actor, token, channel, secret } = await telegram.connected();
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 200 });
    const again = await telegram.connect(actor, token);
    const renewed = bodyOf(telegram.told().at(-1))['secret_token'];
    expect(again.id).toBe(channel.id);
    expect(renewed).not.toBe(secret);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await telegram.call(channel.id, renewed)).toMatchObject({ status: 200 });
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 401 });
  });

  it('ends with the secret that Telegram was told last, though two connect it at once', async () => {
    const actor = await telegram.channels.workspace();
    const { token } = telegram.bot();
    const both = await Promise.all([telegram.connect(actor, token), telegram.connect(actor, token)]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    const last = bodyOf(telegram.told().at(-1));
    expect(last['url']).toContain(both[0].id);
    expect(await telegram.call(both[0].id, last['secret_token'])).toMatchObject({ status: 200 });
  });
});

describe('a channel that is opened', () => {
  it('can turn its webhook on again, with the secret that stands', async () => {
    const { actor, channel, secret } = await telegram.connected();
    const open = await telegram.channels.module
      .get(Workspaces)
      .run(actor.workspaceId, (tx) =>
        telegram.channels.module.get(Channels).openChannel(tx, channel.id, { purpose: 'SUBSCRIBE', cause: 'a test' }),
      );
    telegram.channels.graph.calls.length = 0;
    await telegram.channels.module.get(TelegramChannel).subscribe(open!, AbortSignal.timeout(5_000));
    expect(bodyOf(telegram.told()[0])).toMatchObject({ secret_token: secret });
    telegram.channels.graph.answer = () => no(400, 'Bad Request: bad webhook');
    await expect(
      telegram.channels.module.get(TelegramChannel).subscribe(open!, AbortSignal.timeout(5_000)),
    ).rejects.toThrow('HTTP 400');
  });
});
