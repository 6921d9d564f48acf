import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually, postWebhook } from '../support/client.js';

const number = {
  wabaId: '770000000000001',
  phoneNumberId: '660000000000001',
  accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
};

describe('a receipt may overtake its answer', () => {
  let app: TestApp;
  let client: TestClient;
  let owner: pg.Client;

  beforeAll(async () => {
    app = await startTestApp({ sandbox: { receipts: 'none' } });
    client = await TestClient.signedUp(app.url);
    owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await client.close();
    await app.close();
  });

  it('a message that is read while its sending is written down is shown as read', async () => {
    await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: number,
    });
    await fetch(`${app.sandbox.url}/_sandbox/burst`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'whatsapp', count: 1, customers: 1 }),
    });
    await app.drainDeliveries();
    const { conversations } = await client.ask<{ conversations: { nodes: { id: string }[] } }>(
      `{ conversations { nodes { id } } }`,
    );
    // Whoever writes the platform's id down takes a while from its last statement to the commit: time enough for the receipt to come in between.
    await owner.query(
      `create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return null; end $$`,
    );
    await owner.query(
      `create trigger linger after insert on workspace_events for each row when (new.kind = 'MessageChanged') execute function linger()`,
    );
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      { input: { conversationId: conversations.nodes[0]?.id, text: 'soon read', idempotencyKey: 'overtaken' } },
    );
    const wamid = await eventually(async () => {
      const ledger = (await (await fetch(`${app.sandbox.url}/_sandbox/ledger?kind=sends`)).json()) as {
        entries: { id: string }[];
      };
      return ledger.entries[0]?.id ?? null;
    });
    const status = {
      id: wamid,
      status: 'read',
      timestamp: String(Math.floor(Date.now() / 1_000)),
      recipient_id: '905550000099',
    };
    const value = {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: number.phoneNumberId },
      statuses: [status],
    };
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ id: number.wabaId, changes: [{ field: 'messages', value }] }],
    };
    // The answer is on its way into the table by now.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await postWebhook(app.url, body)).toBe(200);

    const shown = async () => {
      const { conversation } = await client.ask<{
        conversation: { messages: { nodes: { id: string; status: string }[] } };
      }>(`query ($id: ID!) { conversation(id: $id) { messages { nodes { id status } } } }`, {
        id: conversations.nodes[0]?.id,
      });
      return conversation.messages.nodes.find(({ id }) => id === sendMessage.id)?.status;
    };
    const ended = await eventually(async () => ((await shown()) === 'READ' ? 'READ' : null), 5_000).catch(shown);
    expect(ended).toBe('READ');
  });
});
