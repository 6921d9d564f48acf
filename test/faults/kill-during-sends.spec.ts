import { startSandbox, type RunningSandbox } from '../../apps/sandbox/server.js';
import { appSecret } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';

const people = 20;
const perPerson = 10;
const kills = [1, 4, 7];

interface Shown {
  readonly id: string;
  readonly text: string;
  readonly status: string;
  readonly direction: string;
}

/** What the pretend platform took, against what members are shown. */
describe('kill -9 and a failing platform in the middle of 200 sends', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let server: TestServer;

  beforeAll(async () => {
    database = await createTestDatabase();
    sandbox = await startSandbox({ appSecret });
    server = await TestServer.prepare(database, { META_GRAPH_URL: `${sandbox.url}/graph` });
    await control('PATCH', 'settings', { webhookUrl: `${server.url}/webhooks/meta` });
    await server.start();
  }, 60_000);
  afterAll(async () => {
    await (server as TestServer | undefined)?.stop();
    await (sandbox as RunningSandbox | undefined)?.close();
    await (database as TestDatabase | undefined)?.drop();
  });

  async function control<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return (await response.json()) as Answer;
  }

  it('sends nothing twice, says "sent" of nothing that did not arrive, and keeps the order of each conversation', async () => {
    const client = await TestClient.signedUp(server.url);
    await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: {
        wabaId: '770000000000001',
        phoneNumberId: '660000000000001',
        accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
      },
    });
    await control('POST', 'burst', { channel: 'whatsapp', count: people, customers: people, concurrency: 8 });
    const conversations = await eventually(async () => {
      const { conversations: page } = await client.ask<{ conversations: { nodes: { id: string }[] } }>(
        `{ conversations(first: 100) { nodes { id } } }`,
      );
      return page.nodes.length === people ? page.nodes.map((node) => node.id) : null;
    });
    await control('DELETE', 'ledger');
    // Nine of a hundred calls go wrong, a third of them after the platform has taken the message.
    for (const [seed, action] of [{ hangAfterAccept: true }, { status: 500 }, { resetBeforeAccept: true }].entries()) {
      await control('POST', 'faults', {
        match: { path: '/messages$', rate: 0.03, seed: seed + 1 },
        action,
        times: null,
      });
    }

    for (let round = 0; round < perPerson; round += 1) {
      const send = (conversationId: string) =>
        client.ask(`mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`, {
          input: {
            conversationId,
            text: `number ${String(round).padStart(2, '0')}`,
            idempotencyKey: `${conversationId}-${String(round)}`,
          },
        });
      // A client that got no answer asks again with the same key.
      await Promise.all(
        conversations.map((id) =>
          eventually(
            () =>
              send(id).then(
                () => true,
                () => null,
              ),
            30_000,
          ),
        ),
      );
      if (kills.includes(round)) {
        await server.kill();
        await server.start();
      }
    }

    const shown = await eventually(async () => {
      const threads = await Promise.all(
        conversations.map((id) =>
          client.ask<{ conversation: { messages: { nodes: Shown[] } } }>(
            `query ($id: ID!) { conversation(id: $id) { messages(first: 100) { nodes { id text status direction } } } }`,
            { id },
          ),
        ),
      );
      const sent = threads.flatMap((thread) =>
        thread.conversation.messages.nodes.filter((message) => message.direction === 'OUTBOUND'),
      );
      return sent.every((message) => !['QUEUED', 'SENDING'].includes(message.status)) ? sent : null;
    }, 90_000);
    expect(shown).toHaveLength(people * perPerson);

    const { entries } = await control<{ entries: { callbackData: string; customer: string; text: string }[] }>(
      'GET',
      'ledger?kind=sends&limit=10000',
    );
    const times = Map.groupBy(entries, (sent) => sent.callbackData);
    expect([...times.values()].filter((copies) => copies.length > 1)).toEqual([]);

    const claimed = shown.filter((message) => ['SENT', 'DELIVERED', 'READ'].includes(message.status));
    expect(claimed.filter((message) => !times.has(message.id))).toEqual([]);
    expect(new Set(shown.map((message) => message.status)).size).toBeGreaterThan(1);
    for (const inOneThread of Map.groupBy(entries, (sent) => sent.customer).values()) {
      const texts = inOneThread.map((sent) => sent.text);
      expect(texts).toEqual([...texts].sort());
    }
  }, 240_000);
});
