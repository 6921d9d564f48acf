import { createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { appSecret } from '../support/app.js';
import { MetaStory, cursorsOf, metaJson, mustIncrease, pageEvent, whatsAppEvent } from './meta-story.js';

const sign = (body: string | Buffer, secret = appSecret) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe('webhooks are believed only when signed', () => {
  let story: MetaStory;
  let page: string;
  let customers = 0;
  beforeAll(async () => {
    story = await MetaStory.start();
    const input = story.newPage();
    page = input.pageId;
    await story.connect('messenger', input);
  });
  afterAll(() => story.stop());

  const newCustomer = () => `7300000000${String((customers += 1)).padStart(4, '0')}`;
  const item = (customer: string, mid: string, text = 'hi') => ({
    sender: { id: customer },
    recipient: { id: page },
    timestamp: Date.now(),
    message: { mid, text },
  });
  const message = (customer: string, mid: string, text = 'hi') => pageEvent('page', page, [item(customer, mid, text)]);
  const counts = async () => {
    const { rows } = await story.sql.query<Record<string, string>>(
      'select (select count(*) from messages) as messages, (select count(*) from deliveries) as deliveries, (select count(*) from contacts) as contacts',
    );
    return rows[0] ?? {};
  };
  /** Posts raw bytes with headers that fetch would tidy up. */
  const post = (body: string | Buffer, headers: Readonly<Record<string, string | string[]>>) =>
    new Promise<number>((resolve, reject) => {
      const url = new URL('/webhooks/meta', story.app.url);
      const call = request(url, { method: 'POST', headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      call.on('error', reject);
      call.end(body);
    });
  const json = { 'content-type': 'application/json' };

  it('answers Meta’s check with the challenge as text, and nobody else’s', async () => {
    const ask = async (query: Record<string, string>) => {
      const response = await fetch(`${story.app.url}/webhooks/meta?${new URLSearchParams(query).toString()}`);
      return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
    };
    const right = { 'hub.mode': 'subscribe', 'hub.challenge': '7720415586', 'hub.verify_token': 'a-word-to-repeat' };
    const answer = await ask(right);
    expect(answer).toMatchObject({ status: 200, text: '7720415586' });
    expect(answer.type).toMatch(/^text\/plain/);
    const wrong = [
      { ...right, 'hub.verify_token': 'a-word-to-repeaT' },
      { ...right, 'hub.verify_token': '' },
      { ...right, 'hub.mode': 'unsubscribe' },
      { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    ];
    for (const query of wrong) expect((await ask(query)).status).toBe(403);
    const script = await ask({ ...right, 'hub.challenge': '<script>alert(1)</script>' });
    expect(script.status).not.toBe(200);
    expect(script.text).not.toContain('<script>');
  });

  it('refuses 200 wrong signatures with 401 and keeps nothing of them', async () => {
    const before = await counts();
    const body = metaJson(message(newCustomer(), 'forged'));
    const good = sign(body);
    const wrong = Array.from({ length: 200 }, (_, index) => {
      const at = 7 + (index % 64);
      const digit = good[at] === 'f' ? '0' : (parseInt(good[at] ?? '0', 16) + 1).toString(16);
      const flipped = good.slice(0, at) + digit + good.slice(at + 1);
      const kinds = [
        flipped,
        sign(body, `${appSecret}x`),
        sign(`${body} `),
        `sha256=${randomBytes(32).toString('hex')}`,
        good.replace('sha256=', 'sha1='),
        good.slice(7),
        good.slice(0, -2),
        `${good}00`,
        'sha256=',
        `sha256=${randomBytes(32).toString('base64')}`,
      ];
      return kinds[index % kinds.length] ?? '';
    });
    const statuses: number[] = [];
    for (let at = 0; at < wrong.length; at += 20)
      statuses.push(
        ...(await Promise.all(
          wrong.slice(at, at + 20).map((signature) => post(body, { ...json, 'x-hub-signature-256': signature })),
        )),
      );
    expect(statuses).toEqual(wrong.map(() => 401));
    await story.app.drainDeliveries();
    expect(await counts()).toEqual(before);
  });

  it('refuses a missing and a repeated header, and bytes that were written anew', async () => {
    const before = await counts();
    const body = metaJson(message(newCustomer(), 'forged2', 'ürün'));
    expect(await post(body, json)).toBe(401);
    expect(
      await post(body, {
        ...json,
        'x-hub-signature': `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`,
      }),
    ).toBe(401);
    expect(await post(body, { ...json, 'x-hub-signature-256': [sign(body), sign(body)] })).toBe(401);
    expect(await post(body, { ...json, 'x-hub-signature-256': [sign('x'), sign(body)] })).toBe(401);
    expect(await post(JSON.stringify(JSON.parse(body)), { ...json, 'x-hub-signature-256': sign(body) })).toBe(401);
    await story.app.drainDeliveries();
    expect(await counts()).toEqual(before);
  });

  it('takes whatever content type the right bytes come with', async () => {
    const customer = newCustomer();
    for (const [index, type] of [
      'application/json; charset=utf-8',
      'text/plain',
      'application/x-www-form-urlencoded',
    ].entries()) {
      const body = metaJson(message(customer, `typed-${String(index)}`, 'ürün'));
      expect(await post(body, { 'content-type': type, 'x-hub-signature-256': sign(body) })).toBe(200);
    }
    await story.app.drainDeliveries();
    expect((await story.threadOf(customer)).messages.nodes).toHaveLength(3);
  });

  it('knows the documented vector', async () => {
    const body =
      '{"object":"page","entry":[{"id":"900000000000001","time":1790000000000,"messaging":[{"sender":{"id":"7100000000000001"},"recipient":{"id":"900000000000001"},"timestamp":1790000000000,"message":{"mid":"m_test1","text":"\\u00fcr\\u00fcn"}}]}]}';
    const signature = 'sha256=cc9ac466ae8aa535726c01fa29da05b8a59c1dfc61f524423d66900351056924';
    expect(await post(body, { ...json, 'x-hub-signature-256': signature })).toBe(200);
    await story.app.drainDeliveries();
  });

  it('makes one message and tells it once, however often and however parallel it is delivered', async () => {
    const customer = newCustomer();
    const watch = await story.watch();
    const before = await counts();
    const body = metaJson(message(customer, 'five'));
    const statuses = await Promise.all([1, 2, 3, 4, 5].map(() => story.webhook(body)));
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    // Meta may write the same anew: other spaces, another batch.
    await story.deliver(JSON.stringify(JSON.parse(body), null, 1));
    await story.deliver(pageEvent('page', page, [item(customer, 'six'), item(customer, 'five')]));
    const thread = await story.threadOf(customer);
    expect(thread.messages.nodes.map(({ externalId }) => externalId).sort()).toEqual(['five', 'six']);
    expect(thread.unreadCount).toBe(2);
    await watch.until(({ message: told }) => told?.externalId === 'six');
    const added = watch.events.filter(
      ({ __typename, message: told }) => __typename === 'MessageAdded' && told?.externalId === 'five',
    );
    expect(added).toHaveLength(1);
    // A repeat is nothing out of the ordinary: none is set aside as if it could not be stored.
    expect((await counts())['deliveries']).toEqual(before['deliveries']);
    mustIncrease(cursorsOf(watch.events));
    watch.end();
  });

  it('applies 49 of 50 and sets the bad one aside, whatever is bad about it', async () => {
    const bad: unknown[] = [
      { sender: { id: '1' }, recipient: { id: page }, timestamp: 1, message: 7 },
      { sender: { id: { deep: true } }, recipient: { id: page }, timestamp: 1, message: { mid: 'x', text: 'y' } },
      { sender: { id: '1' }, recipient: { id: page }, timestamp: 1, message: { text: 'no id' } },
      { recipient: { id: page }, timestamp: 1, message: { mid: 'nobody', text: 'y' } },
    ];
    for (const [round, broken] of bad.entries()) {
      const before = Number((await counts())['deliveries']);
      const customer = newCustomer();
      const items: unknown[] = Array.from({ length: 49 }, (_, index) =>
        item(customer, `b${String(round)}-${String(index)}`),
      );
      items.splice(17, 0, broken);
      const body = { object: 'page', entry: items.map((one) => ({ id: page, time: Date.now(), messaging: [one] })) };
      await story.deliver(body);
      const thread = await story.threadOf(customer);
      expect(thread.messages.nodes).toHaveLength(49);
      expect(thread.unreadCount).toBe(49);
      const { rows } = await story.sql.query<{ reason: string | null }>('select reason from deliveries');
      expect(rows).toHaveLength(before + 1);
      expect(rows.every(({ reason }) => reason !== null)).toBe(true);
    }
  });

  it('answers 200 to what it does not know, and to accounts that nobody connected, and keeps no body [promise 2]', async () => {
    const before = await counts();
    await story.deliver({ object: 'user', entry: [{ id: '1', changes: [{ field: 'email' }] }] });
    await story.deliver({ object: 'page' });
    await story.deliver({ object: 'page', entry: [] });
    await story.deliver(
      pageEvent('page', '900000000000009', [{ ...item(newCustomer(), 'x'), recipient: { id: '900000000000009' } }]),
    );
    await story.deliver(whatsAppEvent('770000000000009', '660000000000009', { messages: [] }));
    const after = await counts();
    expect({ messages: after['messages'], contacts: after['contacts'] }).toEqual({
      messages: before['messages'],
      contacts: before['contacts'],
    });
  });

  it('answers 200 to malformed bodies with a right signature, and goes on', async () => {
    const before = await counts();
    const bodies: (string | Buffer)[] = [
      '{"object":"page","entry":[',
      'null',
      '[]',
      '7',
      '',
      '"page"',
      Buffer.from([0xff, 0xfe, 0x00]),
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    ];
    for (const body of bodies) expect(await post(body, { ...json, 'x-hub-signature-256': sign(body) })).toBe(200);
    const customer = newCustomer();
    await story.deliver(message(customer, `after-${customer}`));
    expect((await story.threadOf(customer)).messages.nodes).toHaveLength(1);
    expect(Number((await counts())['messages'])).toBe(Number(before['messages']) + 1);
  });

  it('is not bent by names that mean something to JavaScript', async () => {
    const customer = newCustomer();
    const body = metaJson(message(customer, `proto-${customer}`)).replace(
      '{"object"',
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"object"',
    );
    await story.deliver(body.replace('"text"', '"__proto__":{"is_echo":true},"text"'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await story.threadOf(customer)).messages.nodes).toMatchObject([{ text: 'hi', direction: 'INBOUND' }]);
  });

  it('takes 3 MB and refuses more with 413', async () => {
    const padded = (size: number) => {
      const body = metaJson({ ...message(newCustomer(), `large-${String(size)}`), padding: '' });
      return body.replace('"padding":""', `"padding":"${'x'.repeat(size - body.length)}"`);
    };
    const most = padded(3_000_000);
    expect(await post(most, { ...json, 'x-hub-signature-256': sign(most) })).toBe(200);
    const over = padded(4_000_000);
    expect(await post(over, { ...json, 'x-hub-signature-256': sign(over) }).catch(() => 413)).toBe(413);
    await story.app.drainDeliveries();
    expect(await story.message('large-3000000')).not.toBeNull();
    expect(await story.message('large-4000000')).toBeNull();
  });
});
