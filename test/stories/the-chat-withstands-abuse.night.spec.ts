import { randomBytes } from 'node:crypto';
import { widgetCaps } from '../../src/conversations/widget/widget-limits.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type TestWebChat, TestVisitor, createWebChat } from '../support/visitor.js';

const atOnce = 16;

/** Does something `times` times, a few at a time. */
async function many(times: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < times; index = next++) await act(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

describe('the chat withstands abuse, for long', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    chat = await createWebChat(inbox.client);
  }, 60_000);
  afterAll(async () => {
    await inbox.client.close();
    await test.stop();
  });

  it('of 100,000 guessed tokens none opens a thread (case V2)', async () => {
    const ada = new TestVisitor(test.app.url, chat);
    await ada.open();
    await ada.write('mine alone');
    const opened: string[] = [];
    await many(100_000, async () => {
      const token = `${chat.publicKey}.${randomBytes(32).toString('base64url')}`;
      const response = await fetch(`${test.app.url}/widget/v1/messages`, {
        headers: { authorization: `Bearer ${token}` },
      });
      await response.arrayBuffer();
      if (response.status !== 401) opened.push(`${String(response.status)} ${token}`);
    });
    expect(opened).toEqual([]);
  }, 1_200_000);

  it('of 10,000 starts from 1,000 networks an inbox takes its share, no contact begins, and who was there writes on (case V6)', async () => {
    const quiet = await createWebChat(inbox.client);
    const there = new TestVisitor(test.app.url, chat);
    await there.open();
    const counts = new Map<number, number>();
    await many(10_000, async (index) => {
      const response = await fetch(`${test.app.url}/widget/v1/sessions`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: 'https://shop.example',
          'x-forwarded-for': `10.${String(index % 4)}.${String(Math.floor(index / 4) % 250)}.7`,
        },
        body: JSON.stringify({ key: chat.publicKey }),
      });
      await response.arrayBuffer();
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    });
    const [, byInbox] = widgetCaps.start;
    expect([...counts.keys()].sort()).toEqual([201, 429]);
    // What was opened before counts too.
    expect(counts.get(201)).toBeLessThanOrEqual(byInbox.most);
    expect(counts.get(201)).toBeGreaterThan(byInbox.most - 20);
    const { rows } = await test.admin.query<{ n: number }>(
      'select count(*)::int as n from contacts where workspace_id = $1',
      [inbox.workspaceId],
    );
    expect(rows[0]?.n).toBeLessThanOrEqual(1);
    expect((await there.write('I was here first')).status).toBe(201);
    expect((await new TestVisitor(test.app.url, quiet).open()).status).toBe(201);
  }, 300_000);
});
