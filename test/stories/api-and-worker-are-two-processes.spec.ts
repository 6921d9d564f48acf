import { startSandbox, type RunningSandbox } from '../../apps/sandbox/server.js';
import { appSecret } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';

interface FeedEvent {
  readonly __typename: string;
  readonly message?: {
    readonly id: string;
    readonly text: string;
    readonly status: string;
    readonly conversation: { readonly id: string };
  };
}

describe('the API and the worker are two processes', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let api: TestServer;
  let worker: TestServer;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ appSecret });
    const graph = {
      META_GRAPH_URL: `${sandbox.url}/graph`,
      ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    api = await TestServer.prepare(database, { ...graph, ROLE: 'api' });
    worker = await TestServer.prepare(database, { ...graph, ROLE: 'worker' });
    await fetch(`${sandbox.url}/_sandbox/settings`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webhookUrl: `${api.url}/webhooks/meta` }),
    });
    await api.start();
    await worker.start();
  }, 150_000);
  afterAll(async () => {
    // Each may be missing where the set-up failed.
    await (api as TestServer | undefined)?.stop();
    await (worker as TestServer | undefined)?.stop();
    await (sandbox as RunningSandbox | undefined)?.close();
    await (database as TestDatabase | undefined)?.drop();
  });

  it('what the worker applies is seen live at the API, what the API queues is sent by the worker; both stop in order', async () => {
    const client = await TestClient.signedUp(api.url);
    await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: {
        wabaId: '770000000000001',
        phoneNumberId: '660000000000001',
        accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
      },
    });
    const watch = client.watch<FeedEvent>(
      `subscription { inboxEvents { __typename ... on MessageAdded { message { id text status conversation { id } } } ... on MessageChanged { message { id text status conversation { id } } } } }`,
    );
    await watch.until((event) => event.__typename === 'CaughtUp');
    await fetch(`${sandbox.url}/_sandbox/burst`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'whatsapp', count: 1, customers: 1 }),
    });
    const { message } = await watch.until((event) => event.__typename === 'MessageAdded');
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      {
        input: { conversationId: message?.conversation.id, text: 'from one, by the other', idempotencyKey: 'split' },
      },
    );
    await watch.until((event) => event.message?.id === sendMessage.id && event.message.status === 'READ');
    await client.close();

    // With nobody to work, a message is still taken; a worker that comes later sends it.
    expect(await worker.stop()).toBe(0);
    const later = await client.ask<{ sendMessage: { id: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
      {
        input: { conversationId: message?.conversation.id, text: 'once the worker is back', idempotencyKey: 'later' },
      },
    );
    await worker.start();
    await eventually(async () => {
      const { conversation } = await client.ask<{
        conversation: { messages: { nodes: { id: string; status: string }[] } };
      }>(`query ($id: ID!) { conversation(id: $id) { messages { nodes { id status } } } }`, {
        id: message?.conversation.id,
      });
      return conversation.messages.nodes.find((node) => node.id === later.sendMessage.id)?.status === 'READ'
        ? true
        : null;
    }, 25_000);
    expect(await api.stop()).toBe(0);
  }, 150_000);
});
