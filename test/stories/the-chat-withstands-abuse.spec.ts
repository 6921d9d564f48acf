import { randomBytes, randomUUID } from 'node:crypto';
import { Channels } from '../../src/channels/index.js';
import { widgetCaps } from '../../src/conversations/widget/widget-limits.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type TestWebChat, TestVisitor, createWebChat } from '../support/visitor.js';

describe('the chat withstands abuse', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let other: TestInbox;
  let chat: TestWebChat;
  let foreign: TestWebChat;
  const visitor = (of = chat) => new TestVisitor(test.app.url, of);
  const count = async (table: string) =>
    Number((await test.admin.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n);

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    other = await test.inbox('Bea');
    chat = await createWebChat(inbox.client);
    foreign = await createWebChat(other.client);
  }, 60_000);
  afterAll(async () => {
    await inbox.client.close();
    await other.client.close();
    await test.stop();
  });

  it('by guessed, swapped and foreign tokens: none opens a thread (case V2)', async () => {
    const ada = visitor();
    await ada.open();
    await ada.write('mine alone');
    const [key = '', secret = ''] = ada.token.split('.');
    const tokens = [
      '',
      key,
      `${key}.`,
      secret,
      `${key}.${secret.slice(0, -1)}`,
      `${key}.${secret}x`,
      `${key}.${secret}.x`,
      `${key}.${secret.toUpperCase()}`,
      `${foreign.publicKey}.${secret}`,
      `${key.toUpperCase()}.${secret}`,
      ...Array.from({ length: 200 }, () => `${key}.${randomBytes(32).toString('base64url')}`),
    ];
    const thief = visitor();
    const opened: string[] = [];
    for (const token of tokens) {
      thief.token = token;
      if ((await thief.messages()).status !== 401) opened.push(token);
    }
    expect(opened).toEqual([]);
    // Nor does a token of this chat carry over to another.
    const swapped = new TestVisitor(test.app.url, foreign);
    swapped.token = ada.token;
    expect((await swapped.open()).body).toMatchObject({ conversationId: null, messages: [] });
    expect(swapped.token.startsWith(foreign.publicKey)).toBe(true);
  });

  it('by fields that a visitor may not set: each is refused by its name, and nothing is stored (case V6)', async () => {
    const ada = visitor();
    await ada.open();
    await ada.write('Hello');
    const stored = [await count('messages'), await count('visitors')];
    const fields = [
      'workspaceId',
      'workspace_id',
      'channelId',
      'conversationId',
      'contactId',
      'visitorId',
      'id',
      'direction',
      'author',
      'status',
      'memberId',
      'kind',
      'sentAt',
      'externalId',
      'draftId',
      'spam',
      'priority',
      'assigneeId',
      'tags',
      'blocked',
      'verified',
      'proven',
      'address',
      'content',
      'replyTo',
      'aiPaused',
      'constructor',
      'prototype',
      'customFields',
      'role',
    ];
    for (const field of fields) {
      const more = { [field]: randomUUID() };
      expect([field, await ada.write('Hello', more)]).toMatchObject([field, { status: 422, body: { field } }]);
      expect([field, (await visitor().open(more)).status]).toEqual([field, 422]);
      expect([field, (await visitor().open({ identity: { ...more, name: 'x' } })).status]).toEqual([
        field,
        field === 'id' ? 201 : 422,
      ]);
      expect([field, (await ada.call('POST', 'read', more)).status]).toEqual([field, 422]);
    }
    for (const body of [
      null,
      [],
      'text',
      7,
      { text: 7 },
      { text: 'x' },
      { text: 'x', idempotencyKey: 1 },
      { text: 'x'.repeat(5_001), idempotencyKey: 'k' },
      { text: '  ', idempotencyKey: 'k' },
    ])
      expect([body, (await ada.call('POST', 'messages', body)).status]).toEqual([body, 422]);
    expect([await count('messages'), await count('visitors')]).toEqual([stored[0], Number(stored[1]) + 1]);
  }, 60_000);

  it('keeps what it needs of a visitor and nothing else [promise 13]', async () => {
    const ada = visitor();
    await ada.open();
    await ada.write('Hello');
    const { rows } = await test.admin.query<Record<string, unknown>>(
      `select * from visitors where token_hash = sha256(convert_to($1, 'UTF8'))`,
      [ada.token.split('.')[1]],
    );
    const [row = {}] = rows;
    const kept = Object.entries(row)
      .filter(([, value]) => value !== null && value !== false)
      .map(([name]) => name);
    expect(kept.sort()).toEqual(
      ['address', 'channel_id', 'created_at', 'id', 'last_seen_at', 'origin', 'token_hash', 'workspace_id'].sort(),
    );
    // Neither where they came from nor with what stands anywhere among the workspace's rows.
    for (const table of [
      'visitors',
      'contacts',
      'contact_identities',
      'conversations',
      'messages',
      'workspace_events',
    ]) {
      const all = await test.admin.query<{ row: string }>(`select t::text as row from ${table} t`);
      expect([table, all.rows.filter(({ row: text }) => text.includes(ada.ip) || text.includes('node'))]).toEqual([
        table,
        [],
      ]);
      expect([table, all.rows.filter(({ row: text }) => text.includes(ada.token.split('.')[1] ?? ''))]).toEqual([
        table,
        [],
      ]);
    }
  });

  it('by starts: a network, and then the inbox, gets no more than its share, and another inbox all of its own (case V6)', async () => {
    const [byNetwork, byInbox] = widgetCaps.start;
    const [before, contacts] = [await count('visitors'), await count('contacts')];
    const flooder = visitor();
    const statuses: number[] = [];
    for (let index = 0; index < byNetwork.most + 40; index += 1) {
      flooder.token = '';
      const { status } = await flooder.open();
      statuses.push(status);
    }
    expect(statuses.filter((status) => status === 201)).toHaveLength(byNetwork.most);
    expect(statuses.slice(-40)).toEqual(Array.from({ length: 40 }, () => 429));
    expect(await count('visitors')).toBe(before + byNetwork.most);
    // No contact begins with a start.
    expect(await count('contacts')).toBe(contacts);
    expect((await visitor().open()).status).toBe(201);
    // The one count that is larger than a network's can be is the inbox's.
    const full = await test.admin.query('update guesses set points = $1 where points > $2', [
      byInbox.most,
      byNetwork.most,
    ]);
    expect(full.rowCount).toBe(1);
    expect((await visitor().open()).status).toBe(429);
    expect((await visitor(foreign).open()).status).toBe(201);
    await test.admin.query('delete from guesses');
  }, 60_000);

  it('by messages: a visitor who floods is slowed down, and who comes back to their chat is not shut out', async () => {
    const [byVisitor] = widgetCaps.write;
    const ada = visitor();
    await ada.open();
    const statuses: number[] = [];
    for (let index = 0; index < byVisitor.most + 10; index += 1)
      statuses.push((await ada.write(`message ${String(index)}`)).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(byVisitor.most);
    expect(new Set(statuses.slice(byVisitor.most))).toEqual(new Set([429]));
    const refused = await fetch(`${test.app.url}/widget/v1/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'https://shop.example',
        authorization: `Bearer ${ada.token}`,
        'x-forwarded-for': ada.ip,
      },
      body: JSON.stringify({ text: 'x', idempotencyKey: 'y' }),
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ada.open()).body.messages.length).toBeGreaterThan(0);
  }, 60_000);

  it('by a contact who was blocked: nothing is stored of them but how much it was', async () => {
    const troll = visitor();
    await troll.open();
    const { conversationId } = (await troll.write('Hello')).body;
    const { rows } = await test.admin.query<{ contact_id: string }>(
      'select contact_id from conversations where id = $1',
      [conversationId],
    );
    const contactId = rows[0]?.contact_id;
    await inbox.client.ask('mutation ($id: ID!) { updateContact(input: { id: $id, blocked: true }) { id } }', {
      id: contactId,
    });
    const stored = await count('messages');
    for (const text of ['spam 1', 'spam 2', 'spam 3']) expect((await troll.write(text)).status).toBe(403);
    expect(await count('messages')).toBe(stored);
    const kept = await test.admin.query('select refused_messages from contacts where id = $1', [contactId]);
    expect(kept.rows).toEqual([{ refused_messages: 3 }]);
    await inbox.client.ask('mutation ($id: ID!) { updateContact(input: { id: $id, blocked: false }) { id } }', {
      id: contactId,
    });
    expect((await troll.write('I am sorry')).status).toBe(201);
  });

  it('ends with the chat: frozen or disconnected, no token opens it', async () => {
    const made = await createWebChat(inbox.client);
    const ada = visitor(made);
    await ada.open();
    await ada.write('Hello');
    const statuses = async () => [
      (await ada.messages()).status,
      (await ada.write('Hello?')).status,
      (await visitor(made).open()).status,
    ];
    const freeze = (frozen: boolean) =>
      test.app.app
        .get(Workspaces)
        .run(inbox.workspaceId, (tx) => test.app.app.get(Channels).setFrozen(tx, made.channelId, frozen));
    await freeze(true);
    expect(await statuses()).toEqual([401, 401, 404]);
    await freeze(false);
    expect(await statuses()).toEqual([200, 201, 201]);
    await inbox.client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { status } }', { id: made.channelId });
    expect(await statuses()).toEqual([401, 401, 404]);
    const change = 'mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }';
    expect(await inbox.client.refusal(change, { input: { id: made.channelId, greeting: 'Back?' } })).toBe('CONFLICT');
  });

  it('a chat of another workspace is not found by its id', async () => {
    for (const id of [foreign.channelId, randomUUID(), inbox.channelId, 'none']) {
      expect(
        await inbox.client.refusal('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
          input: { id, greeting: 'taken over' },
        }),
      ).toBe('NOT_FOUND');
      expect(await inbox.client.refusal('mutation ($id: ID!) { rotateWebChatSecret(id: $id) }', { id })).toBe(
        'NOT_FOUND',
      );
    }
  });
});
