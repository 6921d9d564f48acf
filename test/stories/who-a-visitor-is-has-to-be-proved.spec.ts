import { createHmac, randomBytes } from 'node:crypto';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { type TestWebChat, TestVisitor, createWebChat, proofOf } from '../support/visitor.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(secret: string, claims: object): string {
  const said = `${part({ alg: 'HS256' })}.${part({ exp: Math.floor(Date.now() / 1_000) + 300, ...claims })}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

describe('who a visitor is has to be proved', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let chat: TestWebChat;
  let other: TestWebChat;
  const visitor = (of = chat) => new TestVisitor(test.app.url, of);
  const contactOf = async (conversationId: string) => {
    const { conversation } = await inbox.client.ask<{
      conversation: {
        contact: {
          id: string;
          name: string | null;
          emails: string[];
          identities: { externalId: string; handle: string }[];
        };
      };
    }>('query ($id: ID!) { conversation(id: $id) { contact { id name emails identities { externalId handle } } } }', {
      id: conversationId,
    });
    return conversation.contact;
  };

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    chat = await createWebChat(inbox.client);
    other = await createWebChat(inbox.client);
  }, 60_000);
  afterAll(async () => {
    await inbox.client.close();
    await test.stop();
  });

  it('what is only said is marked, and joined with nobody (case V1)', async () => {
    const known = await test.contact(inbox.workspaceId, { name: 'Ada', emails: ['ada@example.com'] });
    const claimed = visitor();
    await claimed.open({ identity: { id: 'u1', email: 'ada@example.com', name: 'Ada' } });
    const { conversationId } = (await claimed.write('It is me')).body;
    const contact = await contactOf(conversationId);
    expect(contact.id).not.toBe(known);
    expect(contact).toMatchObject({ name: 'Ada (unverified)', emails: [] });
    expect(contact.identities[0]?.handle).toBe('ada@example.com (unverified)');
    expect(contact.identities[0]?.externalId).not.toContain('u1');
    // The one whom the site vouches for later does not get that thread.
    const real = visitor();
    const opened = await real.open({ identity: { id: 'u1', hash: proofOf(chat.secret, 'u1') } });
    expect(opened.body).toMatchObject({ verified: true, conversationId: null, messages: [] });
  });

  it.each([
    ['empty', () => ''],
    ['random', () => randomBytes(32).toString('hex')],
    ["another id's", (of: TestWebChat) => proofOf(of.secret, 'u0')],
    ["another chat's", () => proofOf(other.secret, 'u9')],
    ["another chat's token", () => jwt(other.secret, { sub: 'u9' })],
    ['an unsigned token', () => `${part({ alg: 'none' })}.${part({ sub: 'u9' })}.`],
    ['a token that is over', (of: TestWebChat) => jwt(of.secret, { sub: 'u9', exp: 1 })],
    ['cut short', (of: TestWebChat) => proofOf(of.secret, 'u9').slice(0, 40)],
  ])('a proof that is %s is refused on every way in, and changes nothing (case V1)', async (_, hash) => {
    const fresh = visitor();
    const refused = await fresh.open({ identity: { id: 'u9', hash: hash(chat) } });
    expect(refused).toMatchObject({ status: 403, body: { field: 'identity.hash' } });
    const before = visitor();
    await before.open();
    await before.write('Hello');
    expect((await before.open({ identity: { id: 'u9', hash: hash(chat), name: 'Admin' } })).status).toBe(403);
    const changed = await test.admin.query(`select id from visitors where address = 'user:u9' or name = 'Admin'`);
    const identities = await test.admin.query(`select id from contact_identities where external_id = 'user:u9'`);
    expect([changed.rows, identities.rows]).toEqual([[], []]);
    expect((await before.messages()).body.messages).toHaveLength(1);
  });

  it('an HMAC proves the id alone; what a token says is the site’s word', async () => {
    const byHash = visitor();
    await byHash.open({
      identity: { id: 'u2', hash: proofOf(chat.secret, 'u2'), email: 'u2@example.com', name: 'Two' },
    });
    const two = await contactOf((await byHash.write('Hello')).body.conversationId);
    expect(two).toMatchObject({ name: 'Two (unverified)', emails: [] });
    expect(two.identities).toEqual([{ externalId: 'user:u2', handle: 'u2@example.com (unverified)' }]);
    const byToken = visitor();
    await byToken.open({ identity: { hash: jwt(chat.secret, { sub: 'u2', email: 'Two@Example.com', name: 'Two' }) } });
    const again = await contactOf((await byToken.write('Hello again')).body.conversationId);
    expect(again).toMatchObject({ id: two.id, name: 'Two', emails: ['two@example.com'] });
    const uses = await test.admin.query(`select cause from token_uses where channel_id = $1 and purpose = 'VERIFY'`, [
      chat.channelId,
    ]);
    expect(uses.rows.length).toBeGreaterThan(2);
    expect(uses.rows.every((row) => /^visitor /.test(String((row as { cause: unknown }).cause)))).toBe(true);
  });

  it('who signs in keeps the thread and gets another token; the one before opens nothing (case V2)', async () => {
    const ada = visitor();
    await ada.open();
    const { conversationId } = (await ada.write('Before I sign in')).body;
    const before = ada.token;
    const opened = await ada.open({ identity: { id: 'u3', hash: proofOf(chat.secret, 'u3') } });
    expect(opened.body).toMatchObject({ verified: true, conversationId });
    expect(ada.token).not.toBe(before);
    const thief = visitor();
    thief.token = before;
    expect((await thief.messages()).status).toBe(401);
    // The same person elsewhere sees the thread; another person at the same browser does not.
    const phone = visitor();
    expect((await phone.open({ identity: { id: 'u3', hash: proofOf(chat.secret, 'u3') } })).body.conversationId).toBe(
      conversationId,
    );
    const next = await ada.open({ identity: { id: 'u4', hash: proofOf(chat.secret, 'u4') } });
    expect(next.body).toMatchObject({ verified: true, conversationId: null, messages: [] });
    // Who has a thread of their own keeps that; what was written at a strange browser stays apart.
    const guest = visitor();
    await guest.open();
    const strange = (await guest.write('At a friend’s')).body.conversationId;
    const back = await guest.open({ identity: { id: 'u3', hash: proofOf(chat.secret, 'u3') } });
    expect(back.body.conversationId).toBe(conversationId);
    expect(back.body.conversationId).not.toBe(strange);
  });

  it('the secret is shown once, and what the old one signed proves nothing any more', async () => {
    const rotated = await createWebChat(inbox.client);
    const old = rotated.secret;
    const { rotateWebChatSecret: secret } = await inbox.client.ask<{ rotateWebChatSecret: string }>(
      'mutation ($id: ID!) { rotateWebChatSecret(id: $id) }',
      { id: rotated.channelId },
    );
    const opened = (by: string) => visitor(rotated).open({ identity: { id: 'u1', hash: proofOf(by, 'u1') } });
    expect([(await opened(old)).status, (await opened(secret)).status]).toEqual([403, 201]);
    const { rows } = await test.admin.query<{ row: string }>(
      `select c::text as row from channels c where id = $1 union all select a::text from audit_entries a`,
      [rotated.channelId],
    );
    for (const { row } of rows) expect(row).not.toContain(secret);
    const page = await inbox.client.ask('{ channels { externalId webChat { publicKey greeting embedSnippet } } }');
    expect(JSON.stringify(page)).not.toContain(secret);
  });
});
