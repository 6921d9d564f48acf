import { startSandbox, type RunningSandbox } from '../server.ts';
import { call, receiver, until } from '../testing.ts';

const BACK = 'https://app.example.com/settings/billing';
const KEY = { authorization: 'Bearer sandbox-billing-key' };

let sandbox: RunningSandbox;
let shop: Awaited<ReturnType<typeof receiver>>;
let control: (path: string, method?: string, body?: unknown) => ReturnType<typeof call>;

beforeEach(async () => {
  shop = await receiver();
  sandbox = await startSandbox({ webhookUrl: shop.url });
  control = (path, method = 'GET', body) => call(`${sandbox.url}/_sandbox${path}`, method, body);
});
afterEach(async () => {
  await sandbox.close();
  await shop.close();
});

/** A form, sent as a browser sends one. */
async function send(url: string, fields: Record<string, string>) {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

const polarCheckout = async (more: object = {}): Promise<string> => {
  const asked = { products: ['plan'], external_customer_id: 'w1', return_url: BACK, success_url: BACK, ...more };
  const { body } = await call(`${sandbox.url}/polar/v1/checkouts/`, 'POST', asked, KEY);
  return body.url as string;
};

/** The address of the customer's page, as Polar gives it. */
async function portal(externalId = 'w1'): Promise<string> {
  const asked = { external_customer_id: externalId, return_url: BACK };
  const { body } = await call(`${sandbox.url}/polar/v1/customer-sessions/`, 'POST', asked, KEY);
  return body.customer_portal_url as string;
}

const text = async (url: string) => (await fetch(url)).text();
const told = () => shop.received.map(({ body }) => body['type']);

test('a buyer pays on the page and goes on to where the seller said; the page then says that it is paid', async () => {
  await control('/billing/prices', 'POST', { price: 'plan', name: 'Team <b>', amount: 4900, currency: 'EUR' });
  const url = await polarCheckout({ success_url: `${BACK}?checkout={CHECKOUT_ID}` });
  const page = await text(url);
  for (const words of ['pretend Polar', 'Team &lt;b&gt;', '€49.00', `href="${BACK}"`]) expect(page).toContain(words);
  const refused = await send(url, { card: 'bad' });
  expect([refused.status, refused.location, told()]).toEqual([402, null, []]);
  expect(refused.text).toContain('The card was refused. Nothing was bought.');
  const paid = await send(url, { card: 'good' });
  expect([paid.status, paid.location]).toEqual([303, `${BACK}?checkout=${url.split('/').at(-1)}`]);
  await until('the purchase is told', () => told().includes('order.paid'));
  const count = shop.received.length;
  // Pressed twice: one subscription.
  expect((await send(url, { card: 'good' })).text).toContain('This is paid.');
  expect(await text(url)).toContain('This is paid.');
  expect((await control('/billing')).body.subscriptions).toHaveLength(1);
  expect(shop.received.length).toBe(count);
});

test('a customer cancels, keeps, changes the card and pays what is open, on a page that only they can open', async () => {
  await send(await polarCheckout(), {});
  await send(await polarCheckout({ external_customer_id: 'w2', products: ['theirs'] }), {});
  const url = await portal();
  const subscriptions = (await control('/billing')).body.subscriptions as { id: string; items: { price: string }[] }[];
  const [own, foreign] = ['plan', 'theirs'].map(
    (name) => subscriptions.find(({ items }) => items[0]?.price === name)?.id,
  );
  const standing = async () =>
    (await control('/billing')).body.subscriptions.find(({ id }: { id: string }) => id === own);
  const step = async (name: string) => send(url, { subscription: own ?? '', step: name });

  expect(await text(url)).not.toContain('theirs');
  const canceled = await step('cancel');
  expect([canceled.status, (await standing()).endsAt]).toEqual([303, (await standing()).periodEnd]);
  const after = await text(`${sandbox.url}${canceled.location ?? ''}`);
  for (const words of ['It will end with its period.', 'It ends on', 'Keep it', `href="${BACK}"`])
    expect(after).toContain(words);
  // Pressed again in another window: nothing more happens.
  expect((await step('cancel')).status).toBe(303);
  await step('keep');
  expect((await standing()).endsAt).toBeNull();
  await control(`/billing/subscriptions/${own}/fail`, 'POST', {});
  expect(await text(url)).toContain('Pay the open invoice');
  await step('card');
  expect([(await standing()).standing, (await standing()).card]).toEqual(['active', '4444']);
  await until('it is told', () => told().filter((type) => type === 'subscription.canceled').length === 1);

  expect((await send(url, { subscription: foreign ?? '', step: 'cancel' })).status).toBe(400);
  const bent = new URL(url);
  bent.searchParams.set('customer', (await control('/billing')).body.subscriptions[1].customerId as string);
  for (const wrong of [bent.href, url.replace('/polar/', '/paddle/')])
    expect([wrong, (await fetch(wrong)).status]).toEqual([wrong, 403]);
});

test('pages run no script, and send a browser nowhere but where they say', async () => {
  const { headers } = await fetch(await polarCheckout());
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(policy).toContain("form-action 'self' https://app.example.com;");
  const odd = await polarCheckout({ success_url: 'javascript:alert(1)', return_url: 'data:text/html,x' });
  expect(await text(odd)).not.toMatch(/javascript:|data:text/);
  expect((await send(odd, {})).status).toBe(200);
  expect((await fetch(`${sandbox.url}/paddle/checkout/none`)).status).toBe(404);
});
