import { AccountsServer, password, tokenIn } from '../../../test/support/accounts-server.js';
import { eventually, type TestClient } from '../../../test/support/client.js';

let server: AccountsServer;

beforeAll(async () => {
  server = await AccountsServer.start();
});
afterAll(() => server.stop());

const ask = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const reset = 'mutation ($token: String!, $password: String!) { resetPassword(token: $token, password: $password) }';
const change = 'mutation ($current: String!, $next: String!) { changePassword(current: $current, next: $next) }';
const fresh = 'another horse battery';
const watching = 'subscription { inboxEvents { cursor } }';

const linkOf = async (email: string, n = 1) => {
  await server.browser().ask(ask, { email });
  return tokenIn(await server.mail(email, /^Choose a new password/, n));
};

/** Whether the socket of a browser is closed, within 2 s. */
async function closes(client: TestClient, act: () => Promise<unknown>): Promise<boolean> {
  const watch = client.watch(watching);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(watch.error).toBeNull();
  await act();
  const began = Date.now();
  await eventually(async () => (watch.error === null ? null : true), 2_000);
  return Date.now() - began <= 2_000;
}

describe('a forgotten password', () => {
  it('is replaced by a mailed link, which ends every session', async () => {
    const { email, client } = await server.signUp();
    const second = (await server.signIn(email)).client;
    const token = await linkOf(email);
    expect(await server.browser().ask(reset, { token, password: fresh })).toEqual({ resetPassword: true });
    for (const browser of [client, second]) expect(await browser.ask('{ viewer { id } }')).toEqual({ viewer: null });
    expect((await server.signIn(email)).refused?.code).toBe('UNAUTHENTICATED');
    expect((await server.signIn(email, fresh)).refused).toBeNull();
    await server.mail(email, /^Your password was changed/);
  });

  it('closes the open sockets within 2 s, and refuses HTTP at once (case A6)', async () => {
    const { email, client } = await server.signUp();
    const token = await linkOf(email);
    expect(await closes(client, () => server.browser().ask(reset, { token, password: fresh }))).toBe(true);
    expect(await client.refusal('{ workspace { id } }')).toBe('UNAUTHENTICATED');
  });

  it('asking says the same of an address that nobody has, and does the same in the database (case A1)', async () => {
    const { email } = await server.signUp();
    const answers = [];
    for (const address of [email, 'nobody-at-all@example.com']) {
      const { rows: before } = await server.admin.query<{ n: string }>('select count(*) n from reset_requests');
      answers.push(JSON.stringify(await server.browser().post(ask, { email: address })));
      expect(before).toHaveLength(1);
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toBe('{"data":{"requestPasswordReset":true}}');
    await server.quiet();
    expect(await server.mailsTo('nobody-at-all@example.com')).toEqual([]);
    // Whom it was asked for is kept for nobody's sake longer than it takes to answer.
    expect((await server.admin.query('select from reset_requests')).rows).toEqual([]);
  });

  it('can be asked for five times an hour for one address, whether or not it has an account', async () => {
    const { email } = await server.signUp();
    for (const address of [email, 'nobody-either@example.com']) {
      const codes = [];
      for (let n = 0; n < 6; n += 1) codes.push(await server.browser().refusal(ask, { email: address.toUpperCase() }));
      expect(codes).toEqual([null, null, null, null, null, 'RATE_LIMITED']);
    }
    expect(await server.browser().refusal(ask, { email: 'no address' })).toBe('BAD_USER_INPUT');
    await server.admin.query('delete from guesses');
  });

  it('works once, and not after it ran out, nor after the address or the password changed (case A9)', async () => {
    const { email, id } = await server.signUp();
    const [first, second, third] = [await linkOf(email), await linkOf(email, 2), await linkOf(email, 3)];
    const wins = await Promise.all(
      Array.from({ length: 20 }, () => server.browser().refusal(reset, { token: first, password: fresh })),
    );
    expect(wins.filter((code) => code === null)).toHaveLength(1);
    // Its brothers are of no use any more.
    for (const token of [first, second, third])
      expect(await server.browser().refusal(reset, { token, password })).toBe('BAD_USER_INPUT');
    const late = await linkOf(email, 4);
    await server.admin.query('update link_tokens set expires_at = now() where user_id = $1', [id]);
    expect(await server.browser().refusal(reset, { token: late, password })).toBe('BAD_USER_INPUT');
    expect((await server.signIn(email, fresh)).refused).toBeNull();
  });

  it('lets its owner in though a stranger has used up the guesses', async () => {
    const { email } = await server.signUp();
    let refused;
    for (let n = 0; n < 11; n += 1) ({ refused } = await server.signIn(email, 'a wrong password'));
    expect(refused?.code).toBe('RATE_LIMITED');
    const token = await linkOf(email);
    await server.browser().ask(reset, { token, password: fresh });
    expect((await server.signIn(email, fresh)).refused).toBeNull();
    await server.admin.query('delete from guesses');
  });

  it('is no password that is too short, and the link stays good meanwhile', async () => {
    const { email } = await server.signUp();
    const token = await linkOf(email);
    expect(await server.browser().refusal(reset, { token, password: 'short' })).toBe('BAD_USER_INPUT');
    expect(await server.browser().refusal(reset, { token, password: fresh })).toBeNull();
  });
});

describe('changing a password', () => {
  it('ends the other sessions, and gives this one another token (cases A5, A6) [promise 20]', async () => {
    const { email, client, id } = await server.signUp();
    const other = (await server.signIn(email)).client;
    other.workspaceId = client.workspaceId;
    const before = client.cookie;
    expect(await closes(other, () => client.ask(change, { current: password, next: fresh }))).toBe(true);
    expect(await other.refusal('{ workspace { id } }')).toBe('UNAUTHENTICATED');
    expect(await client.ask('{ viewer { id } }')).toEqual({ viewer: { id } });
    expect(client.cookie).not.toBe(before);
    const old = server.browser();
    old.cookie = before;
    expect(await old.ask('{ viewer { id } }')).toEqual({ viewer: null });
    const { rows } = await server.admin.query<{ password_hash: string }>(
      'select password_hash from users where id = $1',
      [id],
    );
    expect(rows[0]?.password_hash).toMatch(/^\$2b\$/);
    await server.mail(email, /^Your password was changed/);
  });

  it('asks for the old one, counts wrong ones, and refuses to anyone who is not signed in', async () => {
    const { client, email } = await server.signUp();
    expect(await server.browser().refusal(change, { current: password, next: fresh })).toBe('UNAUTHENTICATED');
    expect((await client.post(change, { current: 'a wrong one', next: fresh })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'current',
    });
    expect(await client.refusal(change, { current: password, next: 'short' })).toBe('BAD_USER_INPUT');
    expect(await client.refusal(change, { current: password, next: password })).toBe('BAD_USER_INPUT');
    for (let n = 0; n < 10; n += 1) await client.refusal(change, { current: 'a wrong one', next: fresh });
    expect(await client.refusal(change, { current: password, next: fresh })).toBe('RATE_LIMITED');
    expect((await server.signIn(email)).refused).toBeNull();
  });

  it('makes links of no use that were asked for before', async () => {
    const { client, email } = await server.signUp();
    const token = await linkOf(email);
    await client.ask(change, { current: password, next: fresh });
    expect(await server.browser().refusal(reset, { token, password })).toBe('BAD_USER_INPUT');
  });
});
