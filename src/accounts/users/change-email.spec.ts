import { AccountsServer, password, tokenIn } from '../../../test/support/accounts-server.js';

let server: AccountsServer;

beforeAll(async () => {
  server = await AccountsServer.start();
});
afterAll(() => server.stop());

const change = 'mutation ($email: String!, $password: String!) { changeEmail(email: $email, password: $password) }';
const confirm = 'mutation ($token: String!) { confirmEmailChange(token: $token) { id email emailVerified } }';
const newLink = async (email: string) => tokenIn(await server.mail(email, /^Confirm your new e-mail address/));

describe('changing the address (case A8)', () => {
  it('takes the password, is confirmed at the new address, and told to the old one twice', async () => {
    const { client, email, id } = await server.signUp();
    const other = (await server.signIn(email)).client;
    const before = client.cookie;
    expect(await client.ask(change, { email: 'new-1@example.com', password })).toEqual({ changeEmail: true });
    await server.mail(email, /about to change/);
    expect((await client.ask('{ viewer { email } }'))['viewer']).toEqual({ email });
    const token = await newLink('new-1@example.com');
    expect(await client.ask(confirm, { token })).toEqual({
      confirmEmailChange: { id, email: 'new-1@example.com', emailVerified: true },
    });
    await server.mail(email, /was changed/);
    expect(client.cookie).not.toBe(before);
    expect((await client.ask('{ viewer { email } }'))['viewer']).toEqual({ email: 'new-1@example.com' });
    expect(await other.ask('{ viewer { id } }')).toEqual({ viewer: null });
    expect((await server.signIn(email)).refused?.code).toBe('UNAUTHENTICATED');
    expect((await server.signIn('NEW-1@example.com')).refused).toBeNull();
    expect(await client.refusal(confirm, { token })).toBe('BAD_USER_INPUT');
  });

  it('cannot be done with a stolen session alone', async () => {
    const { client, email } = await server.signUp();
    const thief = server.browser();
    thief.cookie = client.cookie;
    expect(
      (await thief.post(change, { email: 'thief@example.com', password: 'a guess' })).errors?.[0]?.extensions,
    ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'password' });
    await server.quiet();
    expect(await server.mailsTo('thief@example.com')).toEqual([]);
    expect((await server.mailsTo(email)).map((mail) => mail.subject)).toEqual(['Confirm your e-mail address']);
    expect(await server.browser().refusal(change, { email: 'thief@example.com', password })).toBe('UNAUTHENTICATED');
  });

  it('is stopped by a change of password', async () => {
    const { client } = await server.signUp();
    await client.ask(change, { email: 'stopped@example.com', password });
    const token = await newLink('stopped@example.com');
    await client.ask('mutation ($p: String!, $n: String!) { changePassword(current: $p, next: $n) }', {
      p: password,
      n: 'another horse battery',
    });
    expect(await server.browser().refusal(confirm, { token })).toBe('BAD_USER_INPUT');
  });

  it('tells nobody but its owner that an address has an account (case A1)', async () => {
    const [one, other] = [await server.signUp(), await server.signUp()];
    const answers = [];
    for (const email of [other.email, 'free-1@example.com'])
      answers.push(JSON.stringify(await one.client.post(change, { email, password })));
    expect(answers[0]).toBe(answers[1]);
    await server.mail(other.email, /has a Parley account already/);
    await server.mail('free-1@example.com', /^Confirm your new/);
    expect((await server.mailsTo(other.email)).some((mail) => /^Confirm your new/.test(mail.subject))).toBe(false);
  });

  it('is refused when somebody else took the address meanwhile, and to an address that is none', async () => {
    const { client, email } = await server.signUp();
    await client.ask(change, { email: 'contested@example.com', password });
    const token = await newLink('contested@example.com');
    await server.signUp({ email: 'Contested@example.com' });
    expect(await server.browser().refusal(confirm, { token })).toBe('CONFLICT');
    expect(await client.refusal(change, { email: 'none', password })).toBe('BAD_USER_INPUT');
    expect(await client.refusal(change, { email, password })).toBe('BAD_USER_INPUT');
  });
});

describe('updateProfile', () => {
  const update = 'mutation ($name: String!) { updateProfile(name: $name) { name } }';

  it('changes the name, and tells the open screens of the workspace', async () => {
    const { client } = await server.signUp();
    const watch = client.watch<{ what: string }>('subscription { inboxEvents { ... on WorkspaceChanged { what } } }');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await client.ask(update, { name: '  Ada   King ' })).toEqual({ updateProfile: { name: 'Ada King' } });
    await watch.until((event) => event.what === 'members');
    watch.end();
    await client.close();
  });

  it('refuses an empty name, a very long one, and anyone who is not signed in', async () => {
    const { client } = await server.signUp();
    expect(await client.refusal(update, { name: ' ' })).toBe('BAD_USER_INPUT');
    expect(await client.refusal(update, { name: 'x'.repeat(101) })).toBe('BAD_USER_INPUT');
    expect(await server.browser().refusal(update, { name: 'Ada' })).toBe('UNAUTHENTICATED');
  });
});
