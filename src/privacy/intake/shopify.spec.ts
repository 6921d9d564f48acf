import { createHmac } from 'node:crypto';
import { PrivacyDoors, shopifySecret } from '../../../test/support/privacy-doors.js';

let doors: PrivacyDoors;

beforeAll(async () => {
  doors = await PrivacyDoors.open();
}, 60_000);
afterAll(() => doors.close());

describe("Shopify's compliance topics", () => {
  const call = (topic: string, body: Record<string, unknown>, hmac?: string) => doors.askedByShopify(topic, body, hmac);
  const newest = async () =>
    (
      await doors.under.admin.query<{ code: string; kind: string }>(
        `select code, kind, id from instance_privacy_requests where origin = 'SHOPIFY'
         union all select code, kind, id from privacy_requests where origin = 'SHOPIFY' order by id desc limit 1`,
      )
    ).rows[0];
  const shop = { shop_id: 954001, shop_domain: 'demo-shop.myshopify.com' };

  it('have a signature that a known vector proves', async () => {
    expect((await call('shop/redact', shop, 'ju06CNFitwYbdjNAkCvC93Whb4fPto3pGMZI4ieEc+Q=')).status).toBe(200);
    await doors.lookedFor();
    const { code, kind } = (await newest()) ?? { code: '', kind: '' };
    expect(kind).toBe('ERASE');
    // Nobody here belongs to this shop: nothing of it is stored, and nobody has to say so.
    expect((await doors.stateOf(code)).status).toBe('COMPLETED');
  });

  it('P8: are refused with a wrong signature: 401', async () => {
    const good = createHmac('sha256', shopifySecret).update(JSON.stringify(shop)).digest('base64');
    for (const hmac of [
      '',
      'x',
      good.slice(1),
      `${good} `.replace('=', ''),
      createHmac('sha256', 'other').update(JSON.stringify(shop)).digest('base64'),
    ])
      expect((await call('shop/redact', shop, hmac)).status).toBe(401);
  });

  it('P8: each letter of the signature counts, over the bytes as they came, under one header of one POST', async () => {
    const before = await doors.count();
    const customer = { id: 7, email: 'mallory@example.com' };
    const text = JSON.stringify({ ...shop, customer });
    const sign = (body: string, secret = shopifySecret) => createHmac('sha256', secret).update(body).digest('base64');
    const good = sign(text);
    const send = async (headers: Record<string, string>, body = text, method = 'POST') =>
      (
        await fetch(`${doors.under.app.url}/webhooks/shopify`, {
          method,
          headers: { 'content-type': 'application/json', 'x-shopify-topic': 'customers/redact', ...headers },
          ...(method !== 'GET' && { body }),
        })
      ).status;
    const wrong = [...good].map(
      (letter, at) => `${good.slice(0, at)}${letter === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`,
    );
    wrong.push(
      `${good}, ${good}`,
      `${good}${good}`,
      Buffer.from(good, 'base64').toString('base64url'),
      Buffer.from(good, 'base64').toString('hex'),
      `sha256=${good}`,
      sign(text, ''),
      sign(text, `${shopifySecret} `),
      sign(''),
    );
    for (const hmac of wrong) expect([hmac, await send({ 'x-shopify-hmac-sha256': hmac })]).toEqual([hmac, 401]);
    expect(await send({})).toBe(401);
    for (const body of [`${text} `, text.replace(':', ': '), text.toUpperCase(), '', text.replace('mallory', 'victim')])
      expect([body, await send({ 'x-shopify-hmac-sha256': good }, body)]).toEqual([body, 401]);
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect([method, await send({ 'x-shopify-hmac-sha256': good }, text, method)]).toEqual([method, 404]);
    expect(await doors.count()).toBe(before);
  });

  it('P8: a call for a copy is none for an erasure: the topic is not signed, what the body says is', async () => {
    const before = await doors.count();
    const body = { ...shop, customer: { id: 8, email: 'buyer@example.com' } };
    expect((await call('customers/redact', { ...body, data_request: { id: 9999 } })).status).toBe(422);
    expect((await call('customers/data_request', { ...body, orders_to_redact: [1] })).status).toBe(422);
    expect((await call('shop/redact', { ...body, orders_to_redact: [] })).status).toBe(422);
    expect((await call('customers/redact', { customer: body.customer })).status).toBe(422);
    expect(await doors.count()).toBe(before);
  });

  it('W7: go to the workspace whose store it is, whatever another says of itself; also when it left a short time ago [promise 63]', async () => {
    const [shop, customer] = ['own-shop.myshopify.com', { id: 3, email: 'kim@example.com', phone: null }];
    await doors.under.admin.query(`update workspaces set controller = $2 where id = $1`, [
      doors.bea.workspaceId,
      { website: `https://${shop}/` },
    ]);
    const store = await doors.under.insert('shopify_stores', doors.ada.workspaceId, {
      domain: shop,
      status: 'CONNECTED',
    });
    for (const id of [1, 2]) {
      const body = { shop_id: id, shop_domain: shop, customer };
      expect((await call('customers/redact', body)).status).toBe(200);
      await doors.placed((await newest())?.code ?? '', doors.ada.workspaceId);
      await doors.under.admin.query("update shopify_stores set status = 'DISCONNECTED' where id = $1", [store]);
    }
    await doors.under.admin.query(`update workspaces set controller = '{}' where id = $1`, [doors.bea.workspaceId]);
  });

  it('customers/redact and customers/data_request go to the workspace that names the shop, and to no other [promise 63]', async () => {
    await doors.under.admin.query(
      `update workspaces set controller = '{"website":"https://www.ada-shop.example/"}' where id = $1`,
      [doors.ada.workspaceId],
    );
    const customer = { id: 191001, email: 'Buyer@example.com', phone: null };
    await doors.under.contact(doors.ada.workspaceId, { emails: ['buyer@example.com'] });
    await doors.under.contact(doors.bea.workspaceId, { emails: ['buyer@example.com'] });
    for (const [topic, kind] of [
      ['customers/redact', 'ERASE'],
      ['customers/data_request', 'ACCESS'],
    ] as const) {
      expect((await call(topic, { shop_id: 1, shop_domain: 'ada-shop.example', customer })).status).toBe(200);
      const request = await newest();
      expect(request?.kind).toBe(kind);
      await doors.placed(request?.code ?? '', doors.ada.workspaceId);
    }
    // Whoever runs a shop of their own could else have anybody erased whom one workspace knows.
    await doors.under.contact(doors.bea.workspaceId, { emails: ['only-bea@example.com'] });
    const foreign = {
      shop_id: 2,
      shop_domain: 'foreign.myshopify.com',
      customer: { id: 2, email: 'only-bea@example.com' },
    };
    expect((await call('customers/redact', foreign)).status).toBe(200);
    await doors.lookedFor();
    expect(await doors.placeOf((await newest())?.code ?? '')).toBeNull();
    const { rowCount: before } = await doors.under.admin.query('select from privacy_codes');
    expect((await call('customers/redact', { shop_id: 1, shop_domain: 'ada-shop.example', customer })).status).toBe(
      200,
    );
    expect((await call('orders/create', { any: 1 })).status).toBe(200);
    expect((await doors.under.admin.query('select from privacy_codes')).rowCount).toBe(before);
  });
});
