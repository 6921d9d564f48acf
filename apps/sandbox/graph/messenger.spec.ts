import { startSandbox, type RunningSandbox } from '../server.ts';
import { hubSignature } from '../signatures.ts';
import { call, receiver, until, type Answer } from '../testing.ts';
import { DEMO } from '../world/seed.ts';

const psid = '7100000000000001';
let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let base: string;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url, appSecret: 'meta-secret', instagramAppSecret: 'ig-secret' });
  base = `${sandbox.url}/graph/v26.0`;
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

const send = (body: object, token: string = DEMO.pageToken, target = 'me') =>
  call(`${base}/${target}/messages?access_token=${token}`, 'POST', body);
const items = () =>
  shop.received.flatMap(({ body }) => (body as Answer).entry.flatMap((entry: Answer) => entry.messaging ?? []));

test('a Messenger send echoes with app id and metadata, then delivery and read follow', async () => {
  const sent = await send({
    recipient: { id: psid },
    messaging_type: 'RESPONSE',
    message: { text: 'Merhaba', metadata: 'outbox-7' },
  });
  expect(sent.body).toEqual({ recipient_id: psid, message_id: expect.stringMatching(/^m_/) });
  await until('three events', () => items().length === 3);
  const mid = sent.body.message_id;
  expect(items().find((item) => item.message)).toMatchObject({
    sender: { id: DEMO.pageId },
    recipient: { id: psid },
    message: { mid, text: 'Merhaba', is_echo: true, app_id: 550000000000001, metadata: 'outbox-7' },
  });
  expect(items().find((item) => item.delivery)?.delivery).toEqual({ mids: [mid], watermark: expect.any(Number) });
  expect(items().find((item) => item.read)?.read).toEqual({ watermark: expect.any(Number) });
  for (const { raw, headers } of shop.received)
    expect(headers['x-hub-signature-256']).toBe(hubSignature(raw, 'meta-secret'));
});

test('Instagram echoes carry no metadata, and a direct sign-in is signed with its own secret', async () => {
  const sent = await call(
    `${sandbox.url}/instagram/v26.0/me/messages`,
    'POST',
    { recipient: { id: '7200000000000001' }, message: { text: 'selam', metadata: 'x' } },
    { authorization: `Bearer ${DEMO.instagramLoginToken}` },
  );
  expect(sent.status).toBe(200);
  await until('echo and seen', () => items().length === 2);
  const echo = items().find((item) => item.message);
  expect(echo.message).toEqual({ mid: sent.body.message_id, text: 'selam', is_echo: true });
  expect(items().find((item) => item.read).read).toEqual({ mid: sent.body.message_id });
  expect((shop.received[0]?.body as Answer).object).toBe('instagram');
  for (const { raw, headers } of shop.received)
    expect(headers['x-hub-signature-256']).toBe(hubSignature(raw, 'ig-secret'));
  const linked = await send({ recipient: { id: '7200000000000001' }, message: { text: 'through the page' } });
  expect(linked.status).toBe(200);
});

test('limits and refusals are those of the platform', async () => {
  const codeOf = async (body: object, token?: string) => {
    const { body: answer } = await send(body, token);
    return [answer.error.code, answer.error.error_subcode ?? null];
  };
  const to = (message: object, more: object = {}) => ({ recipient: { id: psid }, message, ...more });
  expect((await send(to({ text: 'x'.repeat(2000) }))).status).toBe(200);
  expect(await codeOf(to({ text: 'x'.repeat(2001) }))).toEqual([100, null]);
  expect(await codeOf({ recipient: { id: '7200000000000001' }, message: { text: 'ü'.repeat(501) } })).toEqual([
    100,
    null,
  ]);
  expect((await send({ recipient: { id: '7200000000000001' }, message: { text: 'ü'.repeat(500) } })).status).toBe(200);
  expect(await codeOf({ recipient: { id: '1' }, message: { text: 'hi' } })).toEqual([100, 2018001]);
  expect(await codeOf(to({ text: 'hi' }, { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }))).toEqual([
    100,
    null,
  ]);
  expect(await codeOf(to({ text: 'hi' }, { sender_action: 'typing_on' }))).toEqual([100, null]);
  expect((await send({ recipient: { id: psid }, sender_action: 'typing_on' })).body).toEqual({ recipient_id: psid });
  await call(`${sandbox.url}/_sandbox/customers/messenger/${psid}`, 'PATCH', { window: 'closed' });
  expect(await codeOf(to({ text: 'hi' }))).toEqual([10, 2018278]);
  expect((await send(to({ text: 'sorry' }, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }))).status).toBe(200);
  await call(`${sandbox.url}/_sandbox/customers/messenger/${psid}`, 'PATCH', { blocked: true });
  expect(await codeOf(to({ text: 'hi' }))).toEqual([551, 1545041]);
  await call(`${sandbox.url}/_sandbox/tokens/${DEMO.pageToken}/invalidate`, 'POST', { subcode: 460 });
  expect(await codeOf(to({ text: 'hi' }))).toEqual([190, 460]);
});

test('profiles, pages, subscriptions and permissions answer as documented', async () => {
  const get = (path: string, token: string = DEMO.pageToken) =>
    call(`${base}/${path}`, 'GET', undefined, { authorization: `Bearer ${token}` });
  expect((await get(`${psid}?fields=first_name,last_name,profile_pic`)).body).toEqual({
    id: psid,
    first_name: 'Ayşe',
    last_name: 'Kaya',
    profile_pic: expect.stringContaining('/cdn/media/'),
  });
  expect((await fetch((await get(`${psid}?fields=profile_pic`)).body.profile_pic)).headers.get('content-type')).toBe(
    'image/png',
  );
  expect((await get('7100000000000003?fields=first_name')).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  expect((await get('7200000000000001?fields=name,username')).body).toEqual({
    id: '7200000000000001',
    name: 'Lina Haddad',
    username: 'lina.h',
  });
  expect((await get(`${DEMO.pageId}?fields=name,instagram_business_account{id,username}`)).body).toEqual({
    id: DEMO.pageId,
    name: 'Demo Shop',
    instagram_business_account: { id: DEMO.instagramId, username: 'demo.shop' },
  });
  expect(
    (await call(`${sandbox.url}/instagram/v26.0/me?fields=user_id,username&access_token=${DEMO.instagramLoginToken}`))
      .body,
  ).toMatchObject({ user_id: DEMO.instagramLoginId, username: 'demo.atelier' });
  const pages = await get('me/accounts?fields=id,name,access_token,tasks', DEMO.userToken);
  expect(pages.body.data[0]).toMatchObject({
    id: DEMO.pageId,
    access_token: DEMO.pageToken,
    tasks: expect.arrayContaining(['MESSAGING']),
  });
  const form = await fetch(`${base}/${DEMO.pageId}/subscribed_apps`, {
    method: 'POST',
    body: new URLSearchParams({ subscribed_fields: 'messages,message_reads', access_token: DEMO.pageToken }),
  });
  expect(await form.json()).toEqual({ success: true });
  expect((await get(`${DEMO.pageId}/subscribed_apps`)).body.data).toEqual([
    expect.objectContaining({ id: '550000000000001', subscribed_fields: ['messages', 'message_reads'] }),
  ]);
  expect((await call(`${base}/${DEMO.pageId}/subscribed_apps?access_token=${DEMO.pageToken}`, 'DELETE')).body).toEqual({
    success: true,
  });
  expect((await get('me/permissions')).body.data).toContainEqual({ permission: 'pages_messaging', status: 'granted' });
  expect((await call(`${base}/me/permissions?access_token=${DEMO.userToken}`, 'DELETE')).body).toEqual({
    success: true,
  });
  expect((await get('me')).body.error).toMatchObject({ code: 190, error_subcode: 458 });
});

test('without a subscription nothing is delivered, once that is asked for', async () => {
  await call(`${sandbox.url}/_sandbox/settings`, 'PATCH', { requireSubscription: true });
  await send({ recipient: { id: psid }, message: { text: 'hi' } });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(shop.received).toHaveLength(0);
  await call(
    `${base}/${DEMO.pageId}/subscribed_apps?subscribed_fields=message_echoes&access_token=${DEMO.pageToken}`,
    'POST',
  );
  await send({ recipient: { id: psid }, message: { text: 'hi' } });
  await until('the echo', () => shop.received.length === 1);
  expect(items()[0].message.is_echo).toBe(true);
});
