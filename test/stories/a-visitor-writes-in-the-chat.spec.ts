import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Config } from '../../src/platform/config/index.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { eventually } from '../support/client.js';
import { type TestWebChat, TestVisitor, createWebChat } from '../support/visitor.js';
import { mailsIn } from '../support/written-mails.js';

const feed = `subscription { inboxEvents {
  __typename ... on MessageAdded { message { id text direction author conversation { id contact { name emails } channel { kind } } } }
} }`;
interface FeedEvent {
  readonly __typename: string;
  readonly message: {
    readonly id: string;
    readonly text: string;
    readonly author: string;
    readonly conversation: { readonly id: string; readonly contact: Record<string, unknown> };
  };
}
const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }`;
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a visitor writes in the chat of a site', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  const visitors: TestVisitor[] = [];
  const visitor = (of: TestWebChat = chat, origin?: string | null) => {
    const made = new TestVisitor(test.app.url, of, ...(origin === undefined ? [] : [origin]));
    visitors.push(made);
    return made;
  };
  const rows = async (text: string, ...values: unknown[]) =>
    (await test.admin.query<Record<string, unknown>>(text, values)).rows;
  const answer = async (conversationId: string, text: string) => {
    const { sendMessage } = await inbox.client.ask<{ sendMessage: { id: string } }>(send, {
      input: { conversationId, text, idempotencyKey: randomUUID() },
    });
    return sendMessage.id;
  };
  const status = (id: string, wanted: string) =>
    eventually(async () => {
      const [row] = await rows('select status from messages where id = $1', id);
      return row?.['status'] === wanted ? true : null;
    });

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    chat = await createWebChat(inbox.client);
  }, 60_000);
  afterAll(async () => {
    for (const one of visitors) one.close();
    await inbox.client.close();
    await test.stop();
  });

  it('which the business made, and shows its settings and what to paste', async () => {
    const { updateWebChat } = await inbox.client.ask(
      `mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) {
        name kind status externalId capabilities { typing replies reactions }
        webChat { publicKey allowedDomains greeting accentColor position showBranding embedSnippet } } }`,
      { input: { id: chat.channelId, name: 'Our shop', greeting: 'Hello!', accentColor: '#00AA11', position: 'LEFT' } },
    );
    expect(updateWebChat).toEqual({
      name: 'Our shop',
      kind: 'WEB_CHAT',
      status: 'CONNECTED',
      externalId: chat.publicKey,
      capabilities: { typing: true, replies: true, reactions: false },
      webChat: {
        publicKey: chat.publicKey,
        allowedDomains: ['shop.example'],
        greeting: 'Hello!',
        accentColor: '#00aa11',
        position: 'LEFT',
        showBranding: true,
        embedSnippet: `<script async src="${test.app.app.get(Config).publicUrl}/widget.js" data-key="${chat.publicKey}" data-color="#00aa11" data-position="left"></script>`,
      },
    });
  });

  it('from a listed domain and from no other [promise 12] [promise 31]', async () => {
    expect((await visitor().open()).status).toBe(201);
    for (const origin of [
      'https://evil.example',
      'https://shop.example.evil.example',
      'http://shop.example',
      'null',
      null,
    ]) {
      const other = visitor(chat, origin);
      expect([origin, (await other.open()).status]).toEqual([origin, 403]);
    }
    const unknown = visitor({ ...chat, publicKey: `pk_${'x'.repeat(22)}` });
    expect((await unknown.open()).status).toBe(404);
    // A token made on the site is of no use elsewhere.
    const own = visitor();
    await own.open();
    const thief = visitor(chat, 'https://evil.example');
    thief.token = own.token;
    for (const [method, where] of [
      ['POST', 'messages'],
      ['GET', 'messages'],
      ['GET', 'events'],
      ['POST', 'typing'],
      ['POST', 'read'],
      ['POST', 'files'],
      ['POST', 'handoff'],
      ['POST', 'forget'],
    ] as const)
      expect([where, (await thief.call(method, where)).status]).toEqual([where, 403]);
    // A domain that is taken off the list is refused at once, also with a session from before.
    const change = (allowedDomains: string[]) =>
      inbox.client.ask('mutation ($input: UpdateWebChatInput!) { updateWebChat(input: $input) { id } }', {
        input: { id: chat.channelId, allowedDomains },
      });
    await change(['other.example']);
    expect((await own.write('Am I still here?')).status).toBe(403);
    expect((await own.messages()).status).toBe(403);
    await change(['shop.example']);
    expect((await own.messages()).status).toBe(200);
  });

  it('is seen in the inbox, answered, and reads the answer [promise 1]', async () => {
    const ada = visitor();
    const opened = await ada.open();
    expect(opened.body).toMatchObject({ conversationId: null, verified: false, messages: [] });
    expect(opened.body.settings).toMatchObject({ greeting: 'Hello!', position: 'LEFT' });
    const watch = inbox.client.watch<FeedEvent>(feed);
    await watch.until((event) => event.__typename === 'CaughtUp');
    // Opened before there is a thread to follow.
    const stream = await ada.listen();
    const key = randomUUID();
    const written = await ada.write('Where is my parcel?', { idempotencyKey: key });
    expect(written).toMatchObject({ status: 201, body: { message: { from: 'visitor', text: 'Where is my parcel?' } } });
    const { conversationId, message } = written.body;
    const arrived = await watch.until((event) => event.message?.text === 'Where is my parcel?');
    expect(arrived.message).toMatchObject({ id: message.id, author: 'CONTACT', conversation: { id: conversationId } });
    // Sent again, it is the same; the first stays, whatever the second says.
    expect((await ada.write('Something else', { idempotencyKey: key })).body.message).toEqual(message);
    expect((await ada.messages()).body.messages).toHaveLength(1);

    const replied = await answer(conversationId, 'It comes tomorrow.');
    const seen = await stream.until((event) => event.data['text'] === 'It comes tomorrow.');
    expect(seen).toMatchObject({ name: 'message', data: { id: replied, from: 'business', author: 'person' } });
    expect(JSON.stringify(stream.events)).not.toContain('Ada');
    await status(replied, 'DELIVERED');
    expect((await ada.call('POST', 'read', { messageId: replied })).status).toBe(204);
    await status(replied, 'READ');

    // Notes stay inside.
    await inbox.client.ask('mutation ($id: ID!) { addNote(conversationId: $id, text: "a secret note") { id } }', {
      id: conversationId,
    });
    await answer(conversationId, 'Anything else?');
    await stream.until((event) => event.data['text'] === 'Anything else?');
    expect(JSON.stringify([stream.events, (await ada.messages()).body])).not.toContain('secret note');
    expect(stream.events.filter((event) => event.data['text'] === 'It comes tomorrow.')).toHaveLength(1);
    watch.cut();
  });

  it('misses nothing while the line is cut, and is told nothing twice', async () => {
    const grace = visitor();
    await grace.open();
    const { conversationId } = (await grace.write('Hello')).body;
    const first = await grace.listen();
    await answer(conversationId, 'one');
    await first.until((event) => event.data['text'] === 'one');
    const [place, polled] = [first.lastEventId ?? '', (await grace.messages()).body.cursor];
    first.cut();
    for (const text of ['two', 'three']) await status(await answer(conversationId, text), 'SENT');
    const again = await grace.listen(place);
    await again.until((event) => event.data['text'] === 'three');
    expect(again.events.filter(({ name }) => name === 'message').map(({ data }) => data['text'])).toEqual([
      'two',
      'three',
    ]);
    // Polling goes on from the same places; what has changed since, if only by being delivered, is told again.
    const poll = await grace.messages(polled);
    expect(poll.body.messages.map(({ text }) => text).filter((text) => text !== 'one')).toEqual(['two', 'three']);
    expect(poll.body.reset).toBe(false);
    await eventually(async () => {
      const { body } = await grace.messages();
      return (await grace.messages(body.cursor)).body.messages.length === 0 ? true : null;
    });
    // A place of another visitor is none, and the numbers in it cannot be read.
    const other = visitor();
    await other.open();
    await other.write('me too');
    expect((await other.listen(place)).response.status).toBe(400);
    expect((await other.messages(place)).body.reset).toBe(true);
    expect(place).toMatch(/^[\w-]{22}$/);
  });

  it('types, and sees that the business does', async () => {
    const ada = visitor();
    await ada.open();
    expect((await ada.call('POST', 'typing', { typing: true })).status).toBe(204);
    const { conversationId } = (await ada.write('Hello')).body;
    const stream = await ada.listen();
    await stream.live();
    const watch = inbox.client.watch<{ contactTyping: boolean }>(
      'subscription ($id: ID) { activity(conversationId: $id) { contactTyping } }',
      { id: conversationId },
    );
    await eventually(async () => {
      await ada.call('POST', 'typing', { typing: true });
      return watch.events.some(({ contactTyping }) => contactTyping) ? true : null;
    });
    await inbox.client.ask('mutation ($id: ID!) { setActivity(conversationId: $id, typing: true, viewing: true) }', {
      id: conversationId,
    });
    const told = await stream.until(({ name }) => name === 'typing');
    expect(told.data).toEqual({ typing: true });
    watch.cut();
  });

  it('sends a picture, and nothing that could run (case U1)', async () => {
    const ada = visitor();
    await ada.open();
    const upload = (body: Buffer, name: string, type: string, field = 'file') => {
      const form = new FormData();
      form.append(field, new File([new Uint8Array(body)], name, { type }));
      return ada.call<{ id: string; contentType: string }>('POST', 'files', form);
    };
    const stored = await upload(png, '../../evil.html', 'text/html');
    expect(stored).toMatchObject({ status: 201, body: { contentType: 'image/png', name: 'evil.html' } });
    for (const [body, name] of [
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.png'],
      ['<!doctype html><script>alert(1)</script>', 'a.jpg'],
      ['MZ\u0090\u0000 not a picture', 'a.png'],
      ['just words', 'a.txt'],
    ] as const)
      expect([name, (await upload(Buffer.from(body), name, 'image/png')).status]).toEqual([name, 415]);
    expect((await upload(png, 'a.png', 'image/png', 'other')).status).toBe(422);
    expect((await upload(Buffer.concat([png, Buffer.alloc(10_000_000)]), 'a.png', 'image/png')).status).toBe(413);
    // Another visitor cannot send it, nor can anyone by its bare id.
    const other = visitor();
    await other.open();
    const theirs = { attachmentIds: [stored.body.id] };
    expect((await other.write('', theirs)).status).toBe(422);
    expect((await ada.write('', { attachmentIds: [stored.body.id.split('.')[0]] })).status).toBe(422);
    const { message } = (await ada.write('', theirs)).body;
    const shown = await eventually(async () => {
      const found = (await ada.messages()).body.messages.find(({ id }) => id === message.id)?.attachments[0];
      return found?.status === 'READY' ? found : null;
    });
    expect(shown.kind).toBe('IMAGE');
    const link = new URL(shown.url ?? '');
    const file = await fetch(`${test.app.url}${link.pathname}${link.search}`);
    expect([file.headers.get('content-type'), file.headers.get('x-content-type-options')]).toEqual([
      'image/png',
      'nosniff',
    ]);
    // Drawn anew: the same picture, and nothing of the file that came.
    expect(Buffer.from(await file.arrayBuffer()).subarray(0, 8)).toEqual(png.subarray(0, 8));
  });

  it('asks for a person: no bot answers any more, and members read why', async () => {
    const ada = visitor();
    await ada.open();
    expect((await ada.call('POST', 'handoff')).status).toBe(409);
    const { conversationId } = (await ada.write('Hello')).body;
    expect(await ada.call('POST', 'handoff')).toEqual({ status: 200, body: { conversationId } });
    expect((await ada.call('POST', 'handoff')).status).toBe(200);
    const { conversation } = await inbox.client.ask<{
      conversation: { aiPaused: boolean; messages: { nodes: { direction: string; author: string }[] } };
    }>('query ($id: ID!) { conversation(id: $id) { aiPaused messages { nodes { direction author } } } }', {
      id: conversationId,
    });
    expect(conversation.aiPaused).toBe(true);
    expect(conversation.messages.nodes.filter(({ author }) => author === 'SYSTEM')).toEqual([
      { direction: 'NOTE', author: 'SYSTEM' },
    ]);
  });

  it('is forgotten at once when they ask for it, and nobody else is', async () => {
    const [ada, grace] = [visitor(), visitor()];
    for (const one of [ada, grace]) await one.open({ identity: { name: 'Somebody' } });
    await ada.write('forget this');
    const form = new FormData();
    form.append('file', new File([new Uint8Array(png)], 'a.png'));
    const { id } = (await ada.call<{ id: string }>('POST', 'files', form)).body;
    const { conversationId, message } = (await ada.write('and this', { attachmentIds: [id] })).body;
    await eventually(async () =>
      (await rows(`select from attachments where message_id = $1 and status = 'READY'`, message.id)).length > 0
        ? true
        : null,
    );
    const [attachment] = await rows('select file_id from attachments where message_id = $1', message.id);
    const kept = (await grace.write('keep this')).body;
    const stream = await ada.listen();
    await stream.live();
    const [{ contact_id: contactId } = {}] = await rows(
      'select contact_id from conversations where id = $1',
      conversationId,
    );
    const { status: answered, body: forgotten } = await ada.call<{ forgotten: boolean; confirmation_code: string }>(
      'POST',
      'forget',
    );
    expect([answered, forgotten.forgotten]).toEqual([200, true]);
    expect(await rows('select kind from privacy_requests where code = $1', forgotten.confirmation_code)).toEqual([
      { kind: 'ERASE' },
    ]);
    expect((await stream.until(({ name }) => name === 'erased')).data).toEqual({ messageIds: [], all: true });
    await stream.end();
    for (const [text, value] of [
      ['select from conversations where id = $1', conversationId],
      ['select from messages where conversation_id = $1', conversationId],
      ['select from contacts where id = $1', contactId],
      ['select from contact_identities where contact_id = $1', contactId],
      ['select from visitors where token_hash = sha256($1::bytea)', ada.token.split('.')[1]],
    ] as const)
      expect([text, await rows(text, value)]).toEqual([text, []]);
    const folder = path.join(test.app.app.get(Config).dataDir, 'files');
    await eventually(async () => {
      const files = await readdir(folder, { recursive: true });
      return files.some((file) => file.includes(String(attachment?.['file_id']))) ? null : true;
    });
    expect((await ada.messages()).status).toBe(401);
    expect((await grace.messages()).body.messages.map((one) => one.id)).toEqual([kept.message.id]);
  });

  it('gets the answer by mail who left an address and went, once, and not who stayed', async () => {
    const [gone, here, nameless] = [visitor(), visitor(), visitor()];
    await gone.open({ identity: { email: 'gone@example.com' } });
    await here.open({ identity: { email: 'here@example.com' } });
    await nameless.open();
    const folder = test.app.app.get(Config).mailFolder;
    const written = await Promise.all([gone, here, nameless].map((one) => one.write('Are you there?')));
    for (const { body } of written) await status(await answer(body.conversationId, 'We are, <b>indeed</b>.'), 'SENT');
    await here.messages();
    const due = () => rows(`select row_id from due where kind = 'mail-reply' order by row_id`);
    expect(await due()).toHaveLength(2);
    // Two minutes later.
    await rows(`update due set due_at = now() - interval '1 second' where kind = 'mail-reply'`);
    const sent = await eventually(async () => {
      const mails = (await mailsIn(folder)).map(({ raw }) => raw);
      const found = mails.filter((mail) => mail.includes('chat-reply') || mail.includes('the chat that you left'));
      return found.length > 0 && (await due()).length === 0 ? found : null;
    }, 25_000);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('gone@example.com');
    // A dot leader in the place of the dot, so that no mail program makes a link of it.
    expect(sent[0]).toContain('shop=E2=80=A4example');
    expect(sent[0]).toContain('&lt;b&gt;indeed');
    expect(sent[0]?.match(/<b>indeed/g)).toHaveLength(1);
  }, 40_000);
});
