import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually, postWebhook } from '../support/client.js';
import { TcpProxy } from './harness/tcp-proxy.js';
import { envelope, textItem, whatsApp } from './harness/traffic.js';

describe('F6: the change is committed and its answer is lost', () => {
  let app: TestApp;
  let owner: TestClient;
  let cable: TcpProxy;
  let conversationId: string;

  beforeAll(async () => {
    app = await startTestApp();
    cable = await TcpProxy.start(Number(new URL(app.url).port));
    owner = await TestClient.signedUp(app.url);
    await owner.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
      input: {
        wabaId: whatsApp.parentId,
        phoneNumberId: whatsApp.id,
        accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
      },
    });
    await postWebhook(app.url, envelope(whatsApp, [textItem(whatsApp, 1, 'wamid.first', 'hello', Date.now())]));
    conversationId = await eventually(async () => {
      const { conversations } = await owner.ask<{ conversations: { nodes: { id: string }[] } }>(
        '{ conversations { nodes { id } } }',
      );
      return conversations.nodes[0]?.id ?? null;
    });
  });
  afterAll(async () => {
    await cable.close();
    await app.close();
  });

  it('the same key gives the same message, which leaves once', async () => {
    const far = new TestClient(app.url.replace(/:\d+$/, `:${String(cable.port)}`));
    Object.assign(far, { cookie: owner.cookie, workspaceId: owner.workspaceId });
    for (let number = 0; number < 20; number += 1) {
      const input = { conversationId, text: `answer ${String(number)}`, idempotencyKey: `lost-${String(number)}` };
      const send = (client: TestClient) =>
        client.ask<{ sendMessage: { id: string } }>(
          `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`,
          { input },
        );
      cable.loseAnswers(1);
      await expect(send(far)).rejects.toThrow();
      expect(cable.stillToLose).toBe(0);
      const [again, onceMore] = await Promise.all([send(far), send(owner)]);
      expect(again.sendMessage.id).toBe(onceMore.sendMessage.id);
    }
    const texts = await eventually(async () => {
      const response = await fetch(`${app.sandbox.url}/_sandbox/ledger?kind=sends&limit=1000`);
      const { entries } = (await response.json()) as { entries: { text: string }[] };
      return entries.length >= 20 ? entries.map(({ text }) => text) : null;
    }, 30_000);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
    const { conversation } = await owner.ask<{ conversation: { messages: { nodes: { direction: string }[] } } }>(
      `query ($id: ID!) { conversation(id: $id) { messages(first: 100) { nodes { direction } } } }`,
      { id: conversationId },
    );
    expect(conversation.messages.nodes.filter(({ direction }) => direction === 'OUTBOUND')).toHaveLength(20);
  }, 60_000);
});
