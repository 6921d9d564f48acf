import { startSandbox, type RunningSandbox } from '../server.ts';
import { appSecretProof, hubSignature } from '../signatures.ts';
import { call, receiver, until, type Answer } from '../testing.ts';
import { DEMO } from '../world/seed.ts';

const auth = { authorization: `Bearer ${DEMO.whatsappToken}` };
let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let messages: string;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  messages = `${sandbox.url}/graph/v26.0/${DEMO.phoneNumberId}/messages`;
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

const text = (body: string, more: object = {}) => ({
  messaging_product: 'whatsapp',
  to: '905550000099',
  type: 'text',
  text: { body },
  ...more,
});
const statuses = () => shop.received.flatMap(({ body }) => (body as Answer).entry[0].changes[0].value.statuses ?? []);

test('a text is accepted, then reported sent, delivered and read with the callback data', async () => {
  const answer = await call(messages, 'POST', text('Merhaba ü', { biz_opaque_callback_data: 'outbox-1' }), auth);
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    messaging_product: 'whatsapp',
    contacts: [{ input: '905550000099', wa_id: '905550000099', user_id: 'TR.8Kd2example' }],
    messages: [{ id: expect.stringMatching(/^wamid\./), message_status: 'accepted' }],
  });
  expect(answer.headers.get('x-app-usage')).toContain('call_count');
  await until('three statuses', () => statuses().length === 3);
  expect(
    statuses()
      .map((status) => status.status)
      .sort(),
  ).toEqual(['delivered', 'read', 'sent']);
  for (const status of statuses()) {
    expect(status).toMatchObject({
      id: answer.body.messages[0].id,
      recipient_id: '905550000099',
      biz_opaque_callback_data: 'outbox-1',
    });
  }
  for (const { raw, headers } of shop.received)
    expect(headers['x-hub-signature-256']).toBe(hubSignature(raw, 'sandbox-app-secret'));
  const ledger = await call(`${sandbox.url}/_sandbox/ledger?kind=sends`);
  expect(ledger.body.entries).toHaveLength(1);
  expect(ledger.body.entries[0]).toMatchObject({
    text: 'Merhaba ü',
    callbackData: 'outbox-1',
    customer: '905550000099',
  });
});

test('refusals use the envelope and codes of the platform', async () => {
  const codeOf = async (body: unknown, headers = auth) => {
    const { status, body: answer } = await call(messages, 'POST', body, headers);
    return [status, answer.error.code, answer.error.error_subcode ?? null];
  };
  expect(await codeOf(text('hi'), { authorization: 'Bearer nonsense' })).toEqual([401, 190, null]);
  expect(await codeOf(text('x'.repeat(4097)))).toEqual([400, 100, null]);
  expect(await codeOf({ ...text('hi'), messaging_product: undefined })).toEqual([400, 100, null]);
  expect(await codeOf({ ...text('hi'), to: DEMO.displayPhoneNumber })).toEqual([400, 131021, null]);
  expect(
    await codeOf({ ...text('hi'), type: 'template', template: { name: 'nope', language: { code: 'tr' } } }),
  ).toEqual([400, 132001, null]);
  expect(
    await codeOf({ ...text('hi'), type: 'template', template: { name: 'order_ready', language: { code: 'tr' } } }),
  ).toEqual([400, 132000, null]);
  const foreign = await call(`${sandbox.url}/graph/v26.0/660000000009999/messages`, 'POST', text('hi'), auth);
  expect([foreign.status, foreign.body.error.code, foreign.body.error.error_subcode]).toEqual([400, 100, 33]);
  const proven = appSecretProof(DEMO.whatsappToken, 'sandbox-app-secret');
  expect((await call(messages, 'POST', text('hi', { appsecret_proof: proven }), auth)).status).toBe(200);
  const proof = await call(messages, 'POST', text('hi', { appsecret_proof: 'wrong' }), auth);
  expect([proof.status, proof.body.error.code]).toEqual([400, 100]);
  await call(`${sandbox.url}/_sandbox/customers/whatsapp/905550000099`, 'PATCH', { window: 'closed' });
  expect(await codeOf(text('hi'))).toEqual([400, 131047, null]);
  await call(`${sandbox.url}/_sandbox/tokens/${DEMO.whatsappToken}/expire`, 'POST');
  expect(await codeOf(text('hi'))).toEqual([401, 190, 463]);
});

test('unknown people and closed windows fail late, as a status', async () => {
  await call(messages, 'POST', text('hi', { to: '4930000000' }), auth);
  await call(`${sandbox.url}/_sandbox/customers/whatsapp/905550000099`, 'PATCH', { window: 'closed-late' });
  await call(messages, 'POST', text('hi'), auth);
  await until('two failures', () => statuses().length === 2);
  expect(
    statuses()
      .map((status) => [status.status, status.errors[0].code])
      .sort(),
  ).toEqual([
    ['failed', 131026],
    ['failed', 131047],
  ]);
});

test('a customer writes, the shop reads and answers, media travels both ways', async () => {
  const play = (event: object) =>
    call(`${sandbox.url}/_sandbox/play`, 'POST', {
      channel: 'whatsapp',
      accountId: DEMO.phoneNumberId,
      customerId: '905550000099',
      event,
    });
  const written = await play({ kind: 'text', text: 'ürün var mı?' });
  expect(written.body).toMatchObject({ acknowledged: true, ids: [expect.stringMatching(/^wamid\./)] });
  expect(shop.received[0]?.raw.toString()).toContain('\\u00fcr\\u00fcn');
  expect((shop.received[0]?.body as Answer).entry[0]).toMatchObject({
    id: DEMO.wabaId,
    changes: [
      {
        field: 'messages',
        value: {
          metadata: { phone_number_id: DEMO.phoneNumberId },
          messages: [{ from: '905550000099', text: { body: 'ürün var mı?' } }],
        },
      },
    ],
  });
  const read = await call(
    messages,
    'POST',
    {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: written.body.ids[0],
      typing_indicator: { type: 'text' },
    },
    auth,
  );
  expect(read.body).toEqual({ success: true });

  await play({ kind: 'image', caption: 'bu' });
  const image = (shop.received[1]?.body as Answer).entry[0].changes[0].value.messages[0].image;
  const about = await call(`${sandbox.url}/graph/v26.0/${image.id}`, 'GET', undefined, auth);
  expect(about.body).toMatchObject({ id: image.id, mime_type: 'image/jpeg', messaging_product: 'whatsapp' });
  expect(Buffer.from(image.sha256, 'base64').toString('hex')).toBe(about.body.sha256);
  expect((await fetch(about.body.url)).status).toBe(401);
  const file = await fetch(about.body.url, { headers: auth });
  expect([file.status, (await file.arrayBuffer()).byteLength]).toEqual([200, about.body.file_size]);

  await call(`${sandbox.url}/_sandbox/settings`, 'PATCH', { whatsappMediaUrlMs: -1000 });
  const late = await call(`${sandbox.url}/graph/v26.0/${image.id}`, 'GET', undefined, auth);
  expect((await fetch(late.body.url, { headers: auth })).status).toBe(403);

  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'image/png');
  form.set('file', new Blob([new Uint8Array([137, 80, 78, 71])], { type: 'image/png' }), 'a.png');
  const uploaded = (await (
    await fetch(`${sandbox.url}/graph/v26.0/${DEMO.phoneNumberId}/media`, { method: 'POST', body: form, headers: auth })
  ).json()) as { id: string };
  const sent = await call(
    messages,
    'POST',
    { messaging_product: 'whatsapp', to: '905550000099', type: 'image', image: { id: uploaded.id, caption: 'c' } },
    auth,
  );
  expect(sent.status).toBe(200);
});

test('numbers, subscription and token can be looked up', async () => {
  const base = `${sandbox.url}/graph/v26.0`;
  const numbers = await call(`${base}/${DEMO.wabaId}/phone_numbers?access_token=${DEMO.whatsappToken}`);
  expect(numbers.body.data).toEqual([
    expect.objectContaining({
      id: DEMO.phoneNumberId,
      verified_name: 'Demo Shop',
      display_phone_number: '+905550000001',
    }),
  ]);
  const number = await call(
    `${base}/${DEMO.phoneNumberId}?fields=display_phone_number,verified_name`,
    'GET',
    undefined,
    auth,
  );
  expect(number.body).toEqual({
    id: DEMO.phoneNumberId,
    verified_name: 'Demo Shop',
    display_phone_number: '+905550000001',
  });
  expect((await call(`${base}/${DEMO.wabaId}/subscribed_apps`, 'POST', undefined, auth)).body).toEqual({
    success: true,
  });
  expect((await call(`${base}/${DEMO.wabaId}/subscribed_apps`, 'GET', undefined, auth)).body.data).toHaveLength(1);
  expect((await call(`${base}/${DEMO.wabaId}/subscribed_apps`, 'DELETE', undefined, auth)).body).toEqual({
    success: true,
  });
  expect((await call(`${base}/${DEMO.wabaId}/subscribed_apps`, 'GET', undefined, auth)).body.data).toEqual([]);
  expect((await call(`${base}/me`, 'GET', undefined, auth)).body).toEqual({
    id: '730055599',
    name: 'Demo System User',
  });
  const debug = await call(
    `${base}/debug_token?input_token=${DEMO.whatsappToken}&access_token=${encodeURIComponent('550000000000001|sandbox-app-secret')}`,
  );
  expect(debug.body.data).toMatchObject({
    app_id: '550000000000001',
    is_valid: true,
    type: 'SYSTEM_USER',
    expires_at: 0,
  });
  expect(debug.body.data.granular_scopes[0].target_ids).toContain(DEMO.wabaId);
});
