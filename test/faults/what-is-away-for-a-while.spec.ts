import pg from 'pg';
import { Intake } from '../../src/platform/deliveries/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually, postWebhook } from '../support/client.js';

const number = {
  wabaId: '770000000000001',
  phoneNumberId: '660000000000001',
  accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
};

interface FeedEvent {
  readonly __typename: string;
  readonly message?: {
    readonly id: string;
    readonly text: string;
    readonly status: string;
    readonly conversation: { readonly id: string };
  };
}

const delivery = (id: string, text: string) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: number.wabaId,
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '905550000001', phone_number_id: number.phoneNumberId },
            contacts: [{ profile: { name: 'Ayşe' }, wa_id: '905550000099' }],
            messages: [
              {
                from: '905550000099',
                id,
                timestamp: String(Math.floor(Date.now() / 1_000)),
                type: 'text',
                text: { body: text },
              },
            ],
          },
        },
      ],
    },
  ],
});

describe('what is away for a while', () => {
  let app: TestApp;
  let client: TestClient;
  let owner: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({ redis: false });
    client = await TestClient.signedUp(app.url);
    await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: number,
    });
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await client.close();
    await app.close();
  });

  it('without Redis a message still arrives live, is answered, and is delivered', async () => {
    const watch = client.watch<FeedEvent>(
      `subscription { inboxEvents { __typename ... on MessageAdded { message { id text status conversation { id } } } ... on MessageChanged { message { id text status conversation { id } } } } }`,
    );
    await watch.until((event) => event.__typename === 'CaughtUp');
    expect(await postWebhook(app.url, delivery('wamid.degraded', 'anyone there?'))).toBe(200);
    const { message } = await watch.until((event) => event.__typename === 'MessageAdded');
    expect(message?.text).toBe('anyone there?');
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      {
        input: { conversationId: message?.conversation.id, text: 'yes', idempotencyKey: 'degraded' },
      },
    );
    await watch.until((event) => event.message?.id === sendMessage.id && event.message.status === 'READ', 15_000);
    const ready = await fetch(`${app.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ postgres: 'up', redis: 'not configured' }),
    ]);
  });

  it('while Postgres does not answer nothing is acknowledged: 503 within seconds, and the repeat is stored once', async () => {
    await owner.query('begin');
    await owner.query('lock table deliveries in access exclusive mode');
    const since = performance.now();
    const body = JSON.stringify(delivery('wamid.stalled', 'are you open?'));
    const refused = await Promise.all([postWebhook(app.url, body), postWebhook(app.url, body)]);
    const waited = performance.now() - since;
    await owner.query('rollback');
    expect(refused).toEqual([503, 503]);
    // Far from both the 3 s that it may wait and the 30 s after which a statement is cut.
    expect(waited).toBeLessThan(15_000);

    expect(await postWebhook(app.url, body)).toBe(200);
    const stored = await eventually(async () => {
      const { rows } = await owner.query<{ copies: number }>(
        `select count(*)::int as copies from messages where external_id = 'wamid.stalled'`,
      );
      return (rows[0]?.copies ?? 0) > 0 ? rows[0]?.copies : null;
    });
    await app.drainDeliveries();
    expect(stored).toBe(1);
  });

  it('while much waits to be stored, what people ask for is refused first, and deliveries are taken (case F12)', async () => {
    const ask = () => client.post('{ conversations(first: 1) { nodes { id } } }');
    expect((await ask()).errors).toBeUndefined();
    await owner.query('begin');
    await owner.query('lock table deliveries in access exclusive mode');
    const intake = app.app.get(Intake);
    const waiting = Array.from({ length: 1_300 }, () => intake.store('meta', Buffer.from('{}')).catch(() => null));
    const delivered = postWebhook(app.url, delivery('wamid.in-between', 'still there?'));
    const refused = await fetch(`${app.url}/graphql`, { method: 'POST' });
    const alive = await fetch(`${app.url}/health/live`);
    await owner.query('rollback');
    expect([refused.status, refused.headers.get('retry-after'), alive.status]).toEqual([503, '2', 200]);
    await Promise.all(waiting);
    // On a slow machine the time to store it may be over: then it comes again.
    const first = await delivered;
    expect([200, 503]).toContain(first);
    if (first === 503) expect(await postWebhook(app.url, delivery('wamid.in-between', 'still there?'))).toBe(200);
    await app.drainDeliveries();
    const { rows } = await owner.query(`select 1 from messages where external_id = 'wamid.in-between'`);
    expect(rows).toHaveLength(1);
    expect((await ask()).errors).toBeUndefined();
  });
});
