import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';

const number = {
  wabaId: '770000000000001',
  phoneNumberId: '660000000000001',
  accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
};
const feed = `subscription ($after: String) { inboxEvents(after: $after) {
  __typename cursor
  ... on MessageAdded { message { id text kind direction status author conversation { id unreadCount contact { name } channel { kind } } } }
  ... on MessageChanged { message { id status error } }
  ... on ConversationChanged { conversation { id unreadCount } }
} }`;
interface FeedEvent {
  __typename: string;
  cursor: string;
  message: {
    id: string;
    text: string;
    kind: string;
    direction: string;
    status: string;
    author: string;
    conversation: { id: string; unreadCount: number; contact: { name: string }; channel: { kind: string } };
  };
}

/** Plays a customer of the pretend platforms. */
async function play(
  app: TestApp,
  event: Record<string, unknown>,
  customerId = '905550000099',
  channel = 'whatsapp',
  accountId = number.phoneNumberId,
): Promise<void> {
  const response = await fetch(`${app.sandbox.url}/_sandbox/play`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel, accountId, customerId, event }),
  });
  if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
}

describe('a WhatsApp message is answered', () => {
  let app: TestApp;
  let client: TestClient;

  beforeAll(async () => {
    app = await startTestApp();
    client = await TestClient.signedUp(app.url);
  });
  afterAll(async () => {
    await client.close();
    await app.close();
  });

  it('arrives, is seen live, is answered, and is delivered and read', async () => {
    const { connectWhatsApp } = await client.ask<{ connectWhatsApp: { id: string; status: string; kind: string } }>(
      `mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id kind status name externalId capabilities { maxTextLength } whatsApp { displayPhone } } }`,
      { input: number },
    );
    expect(connectWhatsApp).toMatchObject({ kind: 'WHATSAPP', status: 'CONNECTED' });

    const watch = client.watch<FeedEvent>(feed);
    await watch.until((event) => event.__typename === 'CaughtUp');
    await play(app, { kind: 'text', text: 'merhaba, kargo nerede?' });
    const { message } = await watch.until((event) => event.__typename === 'MessageAdded');
    expect(message).toMatchObject({
      text: 'merhaba, kargo nerede?',
      kind: 'TEXT',
      direction: 'INBOUND',
      status: 'RECEIVED',
      author: 'CONTACT',
    });
    expect(message.conversation).toMatchObject({ unreadCount: 1, channel: { kind: 'WHATSAPP' } });

    const { sendMessage } = await client.ask<{ sendMessage: { id: string; status: string } }>(
      `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id status text author direction } }`,
      { input: { conversationId: message.conversation.id, text: 'Yolda, yarın sizde.', idempotencyKey: 'k1' } },
    );
    expect(sendMessage).toMatchObject({ status: 'QUEUED', author: 'MEMBER', direction: 'OUTBOUND' });
    await watch.until(
      (event) =>
        event.__typename === 'MessageChanged' && event.message.id === sendMessage.id && event.message.status === 'READ',
    );

    const { ledger } = await eventually(async () => {
      const answer = (await (await fetch(`${app.sandbox.url}/_sandbox/ledger?kind=sends`)).json()) as {
        entries: unknown[];
      };
      return answer.entries.length > 0 ? { ledger: answer.entries } : null;
    });
    expect(ledger).toHaveLength(1);
    const cursors = watch.events.map((event) => BigInt(event.cursor));
    expect(cursors).toEqual([...new Set(cursors)].sort((a, b) => (a < b ? -1 : 1)));
  });
});
