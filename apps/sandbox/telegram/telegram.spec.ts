import { startSandbox, type RunningSandbox } from '../server.ts';
import { call, receiver, type Answer } from '../testing.ts';

const token = '7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL';
const secret = 'a-secret_of-the-business';

let sandbox: RunningSandbox;
let business: Awaited<ReturnType<typeof receiver>>;
beforeEach(async () => {
  business = await receiver();
  sandbox = await startSandbox({ webhookUrl: business.url });
});
afterEach(async () => {
  await sandbox.close();
  await business.close();
});

const bot = (method: string, body: object = {}, as = token) =>
  call(`${sandbox.url}/telegram/bot${as}/${method}`, 'POST', body);
const control = (path: string, body?: object, method = body ? 'POST' : 'GET') =>
  call(`${sandbox.url}/_sandbox/${path}`, method, body);
const play = async (event: object, more: object = {}): Promise<Answer> =>
  (await control('play', { channel: 'telegram', customerId: '5550001', event, ...more })).body;
const listen = () =>
  bot('setWebhook', {
    url: business.url,
    secret_token: secret,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member', 'message_reaction'],
  });

describe('the pretend Bot API', () => {
  it('knows its bots by their tokens', async () => {
    expect((await bot('getMe')).body).toEqual({
      ok: true,
      result: expect.objectContaining({ id: 7_000_000_001, is_bot: true, username: 'demo_shop_bot' }) as unknown,
    });
    expect(await bot('getMe', {}, `${token}x`)).toMatchObject({
      status: 401,
      body: { ok: false, error_code: 401, description: 'Unauthorized' },
    });
    expect(await bot('getMe', {}, 'nonsense')).toMatchObject({ status: 404 });
    await control(`tokens/${encodeURIComponent(token)}/invalidate`, {});
    expect(await bot('getMe')).toMatchObject({ status: 401 });
    expect(await bot('noSuchMethod', {}, 'nonsense')).toMatchObject({ status: 404 });
  });

  it('sends updates where it was told, with the secret, and only those that were asked for', async () => {
    expect(await play({ kind: 'text' })).toMatchObject({ acknowledged: false, attempts: [] });
    expect(await bot('setWebhook', { url: 'http://example.com/x' })).toMatchObject({ status: 400 });
    expect(await bot('setWebhook', { url: 'https://example.com:444/x' })).toMatchObject({ status: 400 });
    expect(await bot('setWebhook', { url: business.url, secret_token: 'no blanks' })).toMatchObject({ status: 400 });
    await bot('setWebhook', { url: business.url, secret_token: secret });
    expect(await play({ kind: 'reaction', messageId: 1 })).toMatchObject({ acknowledged: false });
    await listen();
    expect(await play({ kind: 'text', text: 'Merhaba' })).toMatchObject({ acknowledged: true });
    const [received, ...more] = business.received;
    expect(more).toEqual([]);
    expect(received?.headers['x-telegram-bot-api-secret-token']).toBe(secret);
    expect(received?.body).toMatchObject({
      update_id: expect.any(Number) as unknown,
      message: {
        from: { id: 5_550_001, first_name: 'Ayşe Kaya' },
        chat: { id: 5_550_001, type: 'private' },
        text: 'Merhaba',
      },
    });
    expect((await bot('getWebhookInfo')).body.result).toMatchObject({ url: business.url });
    await bot('deleteWebhook');
    expect((await bot('getWebhookInfo')).body.result).toMatchObject({ url: '' });
  });

  it('plays every kind of event that it names', async () => {
    await listen();
    const { kinds } = (await control('state')).body;
    expect(kinds.telegram.length).toBeGreaterThan(20);
    for (const kind of kinds.telegram as string[]) {
      const answer = await play({ kind });
      expect([kind, answer.acknowledged, answer.ids.length]).toEqual([kind, true, 1]);
    }
    expect(business.received).toHaveLength(kinds.telegram.length);
    expect(
      (await control('play', { channel: 'telegram', customerId: '5550001', event: { kind: 'none' } })).status,
    ).toBe(400);
  });

  it('lets a bot answer whoever wrote, and nobody else', async () => {
    await listen();
    const send = (more: object = {}) => bot('sendMessage', { chat_id: 5_550_001, text: 'Hello', ...more });
    expect(await send()).toMatchObject({
      status: 403,
      body: { description: expect.stringContaining('initiate') as unknown },
    });
    const { ids } = await play({ kind: 'text', text: 'Merhaba' });
    const messageId = Number(ids[0].split(':')[1]);
    expect((await send({ reply_parameters: { message_id: messageId } })).body).toMatchObject({
      ok: true,
      result: { chat: { id: 5_550_001 }, reply_to_message: { message_id: messageId } },
    });
    expect(await send({ chat_id: 1 })).toMatchObject({
      status: 400,
      body: { description: 'Bad Request: chat not found' },
    });
    expect(await send({ text: '' })).toMatchObject({ status: 400 });
    expect(await send({ text: 'x'.repeat(4_097) })).toMatchObject({ status: 400 });
    expect(await send({ reply_parameters: { message_id: 999 } })).toMatchObject({ status: 400 });
    expect(await send({ reply_parameters: { message_id: 999, allow_sending_without_reply: true } })).toMatchObject({
      status: 200,
    });
    await play({ kind: 'blocked' });
    expect(await send()).toMatchObject({
      status: 403,
      body: { description: 'Forbidden: bot was blocked by the user' },
    });
    await play({ kind: 'unblocked' });
    expect(await send()).toMatchObject({ status: 200 });
    const { entries } = (await control('ledger?kind=sends')).body;
    expect(entries).toHaveLength(3);
  });

  it('gives a file to its own bot alone, and keeps no token in the ledger', async () => {
    await listen();
    await play({ kind: 'photo', caption: 'look' });
    const { file_id: id } = (business.received.at(-1)?.body as Answer).message.photo.at(-1);
    const { result } = (await bot('getFile', { file_id: id })).body;
    const file = await fetch(`${sandbox.url}/telegram/file/bot${token}/${result.file_path}`);
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBe(result.file_size);
    const other = (await control('telegram-bots', { name: 'Other' })).body;
    expect(await bot('getFile', { file_id: id }, other.token)).toMatchObject({ status: 400 });
    expect((await fetch(`${sandbox.url}/telegram/file/bot${other.token}/${result.file_path}`)).status).toBe(404);
    const ledger = JSON.stringify((await control('ledger')).body);
    expect(ledger).toContain('/telegram/bot7000000001/getFile');
    expect(ledger).not.toContain(token.split(':')[1]);
    expect(ledger).not.toContain(secret);
  });

  it('answers as a fault asks for, in its own words', async () => {
    await listen();
    await play({ kind: 'text' });
    await control('faults', { match: { path: '/sendMessage$' }, action: { rateLimit: true, retryAfter: 7 } });
    const send = () => bot('sendMessage', { chat_id: 5_550_001, text: 'Hello' });
    expect(await send()).toMatchObject({
      status: 429,
      body: { ok: false, error_code: 429, parameters: { retry_after: 7 } },
    });
    await control('faults', { match: { path: '/sendMessage$' }, action: { status: 500 } });
    expect(await send()).toMatchObject({ status: 500, body: { ok: false, error_code: 500 } });
    expect(await send()).toMatchObject({ status: 200 });
  });
});
