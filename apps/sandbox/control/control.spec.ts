import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSandbox, type RunningSandbox } from '../server.ts';
import { hubSignature } from '../signatures.ts';
import { call, receiver, until, type Answer } from '../testing.ts';
import { DEMO } from '../world/seed.ts';

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let answer: (count: number) => number;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;

beforeEach(async () => {
  answer = () => 200;
  shop = await receiver((count) => answer(count));
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

const people = { messenger: '7100000000000001', instagram: '7200000000000001', whatsapp: '905550000099' };

test('every kind of event can be played on its channel, signed, in its envelope', async () => {
  const { kinds } = (await control('/state')).body as { kinds: Record<keyof typeof people, string[]> };
  expect(kinds.whatsapp.length).toBeGreaterThan(20);
  const objects = { messenger: 'page', instagram: 'instagram', whatsapp: 'whatsapp_business_account' };
  for (const channel of ['messenger', 'instagram', 'whatsapp'] as const) {
    const first = await control('/play', 'POST', {
      channel,
      customerId: people[channel],
      event: { kind: 'text', text: 'مرحبا' },
    });
    const targetId = first.body.ids[0];
    for (const kind of kinds[channel]) {
      const before = shop.received.length;
      const played = await control('/play', 'POST', {
        channel,
        customerId: kind === 'system' ? '4915550000088' : people[channel],
        event: { kind, targetId },
      });
      expect([channel, kind, played.status]).toEqual([channel, kind, 200]);
      const delivery = shop.received[before];
      expect([channel, kind, (delivery?.body as Answer)?.object]).toEqual([channel, kind, objects[channel]]);
      expect(delivery?.headers['x-hub-signature-256']).toBe(hubSignature(delivery?.raw ?? '', 'sandbox-app-secret'));
    }
    // A phone number that changed belongs to the same person under a new id.
    if (channel === 'whatsapp')
      expect((await control('/thread?channel=whatsapp&customerId=905560000099')).body.customer.name).toBe(
        'Jürgen Weiß',
      );
  }
  const unknown = await control('/play', 'POST', {
    channel: 'whatsapp',
    customerId: 'TR.hiddenPhone1',
    event: { kind: 'postcard' },
  });
  expect([unknown.status, unknown.body.error]).toEqual([400, expect.stringContaining('is not an event of whatsapp')]);
});

test('the exact shapes of the trickier events', async () => {
  const bodyOf = async (channel: keyof typeof people, event: object, customerId: string = people[channel]) =>
    (await control('/play', 'POST', { channel, customerId, event, dryRun: true })).body.body.entry[0];
  expect((await bodyOf('instagram', { kind: 'story_reply', id: 'x', text: 'wow' })).messaging[0].message).toEqual({
    mid: 'x',
    text: 'wow',
    reply_to: { story: { url: expect.any(String), id: '1790000000001' } },
  });
  expect((await bodyOf('instagram', { kind: 'reaction', targetId: 'y', remove: true })).messaging[0].reaction).toEqual({
    mid: 'y',
    action: 'unreact',
  });
  expect((await bodyOf('instagram', { kind: 'unsend', targetId: 'y' })).messaging[0].message).toEqual({
    mid: 'y',
    is_deleted: true,
  });
  const standby = await bodyOf('messenger', { kind: 'postback', standby: true });
  expect([standby.messaging, standby.standby[0].postback.payload]).toEqual([undefined, undefined]);
  const hidden = (await bodyOf('whatsapp', { kind: 'text', text: 'hi' }, 'TR.hiddenPhone1')).changes[0].value;
  expect([hidden.messages[0].from, hidden.contacts[0].wa_id, hidden.messages[0].from_user_id]).toEqual([
    undefined,
    undefined,
    'TR.hiddenPhone1',
  ]);
  expect((await bodyOf('whatsapp', { kind: 'system' })).changes[0].value).toMatchObject({
    messages: [
      { type: 'system', from: '905550000099', system: { type: 'user_changed_number', wa_id: '905560000099' } },
    ],
  });
  expect((await bodyOf('whatsapp', { kind: 'text' })).changes[0].value.messages[0].from).toBe('905550000099');
  expect(
    (await bodyOf('whatsapp', { kind: 'nfm_reply' })).changes[0].value.messages[0].interactive.nfm_reply.response_json,
  ).toBe('{"flow_token":"t1","size":"M"}');
  expect(
    (await bodyOf('whatsapp', { kind: 'text', adReferral: true })).changes[0].value.messages[0].referral.ctwa_clid,
  ).toBe('sandbox-click-1');
  expect(
    (await bodyOf('whatsapp', { kind: 'reaction', targetId: 'w', remove: true })).changes[0].value.messages[0].reaction,
  ).toEqual({ message_id: 'w' });
});

test('a lead is announced by id and fetched with the answers', async () => {
  const lead = { kind: 'leadgen', id: '120000000000055', fields: { full_name: 'Ayşe K', email: 'a@example.com' } };
  await control('/play', 'POST', { channel: 'messenger', customerId: people.messenger, event: lead });
  expect((shop.received[0]?.body as Answer).entry[0].changes[0]).toMatchObject({
    field: 'leadgen',
    value: { leadgen_id: lead.id, page_id: DEMO.pageId },
  });
  const fetched = await call(`${sandbox.url}/graph/v26.0/${lead.id}?access_token=${DEMO.pageToken}`);
  expect(fetched.body.field_data).toEqual([
    { name: 'full_name', values: ['Ayşe K'] },
    { name: 'email', values: ['a@example.com'] },
  ]);
  expect(
    (await call(`${sandbox.url}/graph/v26.0/${lead.id}?access_token=${DEMO.whatsappToken}`)).body.error,
  ).toMatchObject({ code: 100, error_subcode: 33 });
});

test('deliveries that are not answered 200 come again, and the ledger knows', async () => {
  await control('/settings', 'PATCH', { retryGapsMs: [20, 40] });
  answer = (count) => (count < 3 ? 503 : 200);
  const played = await control('/play', 'POST', {
    channel: 'messenger',
    customerId: people.messenger,
    event: { kind: 'text', text: 'hi' },
  });
  expect(played.body.acknowledged).toBe(false);
  await until(
    'the third attempt',
    async () => (await control('/ledger?kind=webhooks')).body.entries[0].acknowledged === true,
  );
  const [entry] = (await control('/ledger?kind=webhooks')).body.entries;
  expect(entry.attempts.map((attempt: { status: number }) => attempt.status)).toEqual([503, 503, 200]);
  expect(new Set(shop.received.map(({ raw }) => raw.toString())).size).toBe(1);
  expect((await control(`/ledger?since=${entry.seq}`)).body.entries).toEqual([]);
});

test('raw deliveries are sent as they are, with any signature', async () => {
  await control('/raw-webhook', 'POST', { body: '{"broken": ', sign: 'wrong', repeat: 3, parallel: 2 });
  expect(shop.received).toHaveLength(3);
  expect(shop.received[0]?.raw.toString()).toBe('{"broken": ');
  expect(shop.received[0]?.headers['x-hub-signature-256']).not.toBe(hubSignature('{"broken": ', 'sandbox-app-secret'));
  await control('/raw-webhook', 'POST', { body: { a: 'ü/' }, sign: false });
  expect(shop.received[3]?.raw.toString()).toBe('{"a":"\\u00fc\\/"}');
  expect(shop.received[3]?.headers['x-hub-signature-256']).toBeUndefined();
  await control('/raw-webhook', 'POST', { body: { a: 1 } });
  expect(shop.received[4]?.headers['x-hub-signature-256']).toBe(hubSignature('{"a":1}', 'sandbox-app-secret'));
});

test('a burst reports what was acknowledged and what was not', async () => {
  answer = (count) => (count === 2 ? 503 : 200);
  const { body } = await control('/burst', 'POST', {
    channel: 'whatsapp',
    count: 95,
    batch: 10,
    customers: 7,
    concurrency: 4,
  });
  expect(body.deliveries).toBe(10);
  expect(body.acknowledged.length + body.refused[0].ids.length).toBe(95);
  expect(body.refused).toHaveLength(1);
  const carried = shop.received.flatMap((delivery) =>
    (delivery.body as Answer).entry[0].changes[0].value.messages.map((message: { id: string }) => message.id),
  );
  expect(new Set(carried).size).toBe(95);
  expect(carried).toEqual(expect.arrayContaining(body.acknowledged));
});

test('faults strike before or after a send takes effect', async () => {
  const send = () =>
    call(`${sandbox.url}/graph/v26.0/me/messages?access_token=${DEMO.pageToken}`, 'POST', {
      recipient: { id: people.messenger },
      message: { text: 'hi' },
    });
  const accepted = async () => (await control('/ledger?kind=sends')).body.entries.length;
  const fault = (action: object, match: object = { path: '/messages$' }, more: object = {}) =>
    control('/faults', 'POST', { match, action, ...more });
  await fault({ status: 500 });
  expect((await send()).status).toBe(500);
  await fault({ resetBeforeAccept: true });
  await expect(send()).rejects.toThrow();
  await fault({ rateLimit: true, retryAfter: 120 });
  const limited = await send();
  expect([
    limited.body.error.code,
    JSON.parse(limited.headers.get('x-business-use-case-usage') ?? '')[DEMO.pageId][0].estimated_time_to_regain_access,
  ]).toEqual([80006, 2]);
  await fault({ error: { code: 190, subcode: 463 } });
  expect((await send()).body.error).toMatchObject({ code: 190, error_subcode: 463 });
  await fault({ garbage: true });
  expect(typeof (await send()).body).toBe('string');
  expect(await accepted()).toBe(0);
  await fault({ resetAfterAccept: true });
  await expect(send()).rejects.toThrow();
  await fault({ statusAfterAccept: 500 });
  expect((await send()).status).toBe(500);
  await fault({ hangAfterAccept: true });
  await expect(
    fetch(`${sandbox.url}/graph/v26.0/me/messages?access_token=${DEMO.pageToken}`, {
      method: 'POST',
      body: JSON.stringify({ recipient: { id: people.messenger }, message: { text: 'hi' } }),
      signal: AbortSignal.timeout(200),
    }),
  ).rejects.toThrow();
  expect(await accepted()).toBe(3);
  await fault({ status: 503 }, { account: DEMO.pageId, nth: 2 });
  expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([200, 503, 200]);
  await control('/faults', 'DELETE');
  const seeded = async () => {
    await fault({ status: 503 }, { rate: 0.5, seed: 7 });
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await send()).status);
    await control('/faults', 'DELETE');
    return statuses;
  };
  const run = await seeded();
  expect(new Set(run)).toEqual(new Set([200, 503]));
  expect(await seeded()).toEqual(run);
});

test('accounts and people can be added, opened threads are read, and a reset forgets it all', async () => {
  const page = await control('/pages', 'POST', { id: '900000000000777', name: 'Second', token: 'EAASECOND' });
  expect([page.status, page.body.token]).toEqual([201, 'EAASECOND']);
  expect((await control('/pages', 'POST', { id: '900000000000777' })).status).toBe(400);
  const number = await control('/whatsapp-numbers', 'POST', {});
  await control('/customers', 'POST', { channel: 'whatsapp', phone: '905551112233', name: 'Yeni' });
  await control('/settings', 'PATCH', { receipts: 'delivered' });
  const sent = await call(
    `${sandbox.url}/graph/${number.body.id}/messages`,
    'POST',
    { messaging_product: 'whatsapp', to: '+90 555 111 22 33', type: 'text', text: { body: 'hi' } },
    { authorization: `Bearer ${number.body.token}` },
  );
  const where = { channel: 'whatsapp', accountId: number.body.id, customerId: '905551112233' };
  await until(
    'delivered',
    async () =>
      (await control(`/thread?${new URLSearchParams(where).toString()}`)).body.messages[0].status === 'delivered',
  );
  expect((await control('/open', 'POST', where)).body.read).toEqual([sent.body.messages[0].id]);
  expect((shop.received.at(-1)?.body as Answer).entry[0].changes[0].value.statuses[0].status).toBe('read');
  await control('/reset', 'POST');
  const state = (await control('/state')).body;
  expect(state.accounts.map((account: { id: string }) => account.id)).toEqual([
    DEMO.pageId,
    DEMO.instagramId,
    DEMO.instagramLoginId,
    DEMO.phoneNumberId,
    DEMO.botId,
  ]);
  const stranger = await call(`${sandbox.url}/_sandbox/reset`, 'POST', {}, { origin: 'https://elsewhere.example' });
  expect(stranger.status).toBe(400);
});

test('the page and its files are served, and every sample file is what it says', async () => {
  const html = await fetch(sandbox.url);
  expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
  const text = await html.text();
  expect(text).toContain('pretend');
  for (const [, file] of text.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g))
    expect([file, (await fetch(sandbox.url + String(file))).status]).toEqual([file, 200]);
  const { SAMPLES } = await import('../media/samples.ts');
  const { fileTypeFromBuffer } = await import('file-type');
  for (const sample of Object.values(SAMPLES)) {
    const found = await fileTypeFromBuffer(new Uint8Array(sample.make()));
    expect(sample.mimeType.split(';')[0]).toBe(found?.mime.split(';')[0]);
  }
});

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

test('as a process it says one line, names a taken port, and goes when its parent goes', async () => {
  const env = { ...process.env, NODE_OPTIONS: '', SANDBOX_PORT: '0', SANDBOX_PARENT: 'ipc' };
  const child = fork(main, { env, silent: true, execArgv: [] });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const { listening } = JSON.parse(line.toString()) as { listening: string };
  expect((await fetch(`${listening}/_sandbox/state`)).status).toBe(200);
  const second = spawn(process.execPath, [main], {
    env: { ...env, SANDBOX_PORT: new URL(listening).port, SANDBOX_PARENT: '' },
  });
  let errors = '';
  second.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  expect(await once(second, 'close')).toEqual([1, null]);
  expect(errors).toContain(`port ${new URL(listening).port} is taken`);
  child.disconnect();
  expect((await once(child, 'exit'))[0]).toBe(0);
}, 20_000);
