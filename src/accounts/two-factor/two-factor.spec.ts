import { Secret, TOTP, URI } from 'otpauth';
import { AccountsServer, password, tokenIn } from '../../../test/support/accounts-server.js';
import type { TestClient } from '../../../test/support/client.js';

let server: AccountsServer;

beforeAll(async () => {
  server = await AccountsServer.start();
});
afterAll(() => server.stop());
afterEach(() => server.admin.query('delete from guesses'));

const start = 'mutation { startTwoFactor }';
const confirm = 'mutation ($totp: String!) { confirmTwoFactor(totp: $totp) }';
const disable = 'mutation ($password: String!) { disableTwoFactor(password: $password) }';
const again = 'mutation ($password: String!, $totp: String) { reauthenticate(password: $password, totp: $totp) }';

/** The app on a person's phone; it can be told to show what it will show later. */
const appOf = (uri: string) => {
  const read = URI.parse(uri);
  if (!(read instanceof TOTP)) throw new Error(`This is no time-based secret: ${uri}`);
  return { uri: read, code: (steps = 0) => read.generate({ timestamp: Date.now() + steps * 30_000 }) };
};

const begin = async (client: TestClient) => appOf((await client.ask<{ startTwoFactor: string }>(start)).startTwoFactor);

/** Steps are used up as time is: earlier ones are free again once the last is forgotten. */
const forgetSteps = () => server.admin.query('update two_factors set last_step = 0');

async function withSecondFactor() {
  const made = await server.signUp();
  const app = await begin(made.client);
  const { confirmTwoFactor: codes } = await made.client.ask<{ confirmTwoFactor: string[] }>(confirm, {
    totp: app.code(),
  });
  await forgetSteps();
  return { ...made, app, codes };
}

describe('setting up a second factor', () => {
  it('asks for nothing before a code was right, and then gives ten codes to recover by, and another session token', async () => {
    const { client, email, id } = await server.signUp();
    const other = (await server.signIn(email)).client;
    const app = await begin(client);
    expect(app.uri).toMatchObject({ issuer: 'Parley', label: email, digits: 6, period: 30 });
    expect(app.uri.secret.bytes.byteLength).toBe(20);
    expect((await server.signIn(email)).refused).toBeNull();
    const wrong = String((Number(app.code()) + 1) % 1_000_000).padStart(6, '0');
    expect((await client.post(confirm, { totp: wrong })).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'totp',
    });
    const before = client.cookie;
    const { confirmTwoFactor: codes } = await client.ask<{ confirmTwoFactor: string[] }>(confirm, { totp: app.code() });
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
    expect(client.cookie).not.toBe(before);
    expect(await other.ask('{ viewer { id } }')).toEqual({ viewer: null });
    expect(await client.ask('{ viewer { id twoFactorEnabled } }')).toEqual({ viewer: { id, twoFactorEnabled: true } });
    await server.mail(email, /now asks for a second factor/);
  });

  it('keeps neither the secret nor a code in the database as it is', async () => {
    const { id, app, codes } = await withSecondFactor();
    const { rows } = await server.admin.query<{ text: string }>(
      `select two_factors::text || (select string_agg(recovery_codes::text, '') from recovery_codes where user_id = $1) as text
         from two_factors where user_id = $1`,
      [id],
    );
    const text = rows[0]?.text ?? '';
    const secret = app.uri.secret;
    for (const form of [
      secret.base32,
      secret.hex,
      secret.hex.toLowerCase(),
      Buffer.from(secret.base32).toString('hex'),
    ])
      expect(text).not.toContain(form);
    for (const code of codes) {
      expect(text).not.toContain(Buffer.from(code.replaceAll('-', '')).toString('hex'));
      expect(text).not.toContain(code);
    }
  });

  it('asks for the password again where it was given long ago, and refuses whoever is not signed in', async () => {
    const { client, id } = await server.signUp();
    expect(await server.browser().refusal(start)).toBe('UNAUTHENTICATED');
    expect(await server.browser().refusal(confirm, { totp: '123456' })).toBe('UNAUTHENTICATED');
    expect(await client.refusal(confirm, { totp: '123456' })).toBe('CONFLICT');
    await server.admin.query(`update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`, [
      id,
    ]);
    expect(await client.refusal(start)).toBe('REAUTHENTICATION_REQUIRED');
    expect(await client.refusal(confirm, { totp: '123456' })).toBe('REAUTHENTICATION_REQUIRED');
    await client.ask(again, { password });
    expect(await client.refusal(start)).toBeNull();
  });

  it('is refused to those who have one: it is switched off first', async () => {
    const { client } = await withSecondFactor();
    expect(await client.refusal(start)).toBe('CONFLICT');
  });
});

describe('signing in with a second factor', () => {
  it('needs the code, once the password is right, and takes each code once', async () => {
    const { email, app } = await withSecondFactor();
    expect((await server.signIn(email)).refused?.code).toBe('TWO_FACTOR_REQUIRED');
    expect((await server.signIn(email, 'a wrong password')).refused?.code).toBe('UNAUTHENTICATED');
    expect((await server.signIn(email, 'a wrong password', app.code())).refused?.code).toBe('UNAUTHENTICATED');
    const code = app.code();
    expect((await server.signIn(email, password, code)).refused).toBeNull();
    expect((await server.signIn(email, password, code)).refused).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'totp',
    });
    // What the app showed before that one is of no use any more either.
    expect((await server.signIn(email, password, app.code(-1))).refused?.code).toBe('BAD_USER_INPUT');
  });

  it('takes one code once, however many come with it at the same moment', async () => {
    const { email, app } = await withSecondFactor();
    const code = app.code();
    const tries = await Promise.all(Array.from({ length: 5 }, () => server.signIn(email, password, code)));
    expect(tries.filter(({ refused }) => refused === null)).toHaveLength(1);
  });

  it.each([
    ['a clock that is half a minute slow', -1, true],
    ['a clock that is half a minute fast', 1, true],
    ['a code of two minutes ago', -4, false],
    ['a code of two minutes ahead', 4, false],
  ])('goes with %s: %s steps, %s', async (_, steps, fine) => {
    const { email, app } = await withSecondFactor();
    // Not in the last moments of a step, which would move the code out of reach.
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 2_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
    const { refused } = await server.signIn(email, password, app.code(steps));
    expect(refused === null).toBe(fine);
  });

  it('takes a recovery code in its place, as people type it, once, and tells the owner', async () => {
    const { email, codes } = await withSecondFactor();
    const [code = '', second = ''] = codes;
    expect((await server.signIn(email, password, ` ${code.toUpperCase().replaceAll('-', ' ')} `)).refused).toBeNull();
    expect((await server.signIn(email, password, code)).refused?.code).toBe('BAD_USER_INPUT');
    expect((await server.mail(email, /recovery code was used/)).text).toContain('Codes left: 9.');
    expect((await server.signIn(email, password, second)).refused).toBeNull();
    const other = await withSecondFactor();
    expect((await server.signIn(other.email, password, codes[2])).refused?.code).toBe('BAD_USER_INPUT');
  });

  it('lets a stranger who has the password try five codes in a quarter of an hour (case A2)', async () => {
    const { email, app, client } = await withSecondFactor();
    const wrong = () => String((Number(app.code()) + 7) % 1_000_000).padStart(6, '0');
    const codes = [];
    for (let n = 0; n < 7; n += 1) codes.push((await server.signIn(email, password, wrong())).refused?.code);
    expect(codes).toEqual([...Array<string>(5).fill('BAD_USER_INPUT'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect((await server.signIn(email, password, app.code())).refused?.code).toBe('RATE_LIMITED');
    // The owner's browser goes on.
    expect(await client.refusal('{ workspace { id } }')).toBeNull();
  });

  it.each(['', '   '])('says that one is needed where %j is given', async (given) => {
    const { email } = await withSecondFactor();
    expect((await server.signIn(email, password, given)).refused?.code).toBe('TWO_FACTOR_REQUIRED');
  });

  it.each(['000', '1234567', 'abcdef', '٣٤٥٦٧٨', '1'.repeat(100_000), '\u0000', "' or 1=1 --"])(
    'is not fooled by %#',
    async (given) => {
      const { email } = await withSecondFactor();
      expect((await server.signIn(email, password, given)).refused?.code).toBe('BAD_USER_INPUT');
    },
  );

  it('is asked for after a reset of the password as well', async () => {
    const { email, app, id } = await withSecondFactor();
    // Before the address is proved it would be a stranger's.
    await server.admin.query('update users set email_verified_at = now() where id = $1', [id]);
    await server.browser().ask('mutation ($email: String!) { requestPasswordReset(email: $email) }', { email });
    const token = tokenIn(await server.mail(email, /^Choose a new password/));
    const reset =
      'mutation ($token: String!, $password: String!) { resetPassword(token: $token, password: $password) }';
    await server.browser().ask(reset, { token, password: 'another horse battery' });
    expect((await server.signIn(email, 'another horse battery')).refused?.code).toBe('TWO_FACTOR_REQUIRED');
    expect((await server.signIn(email, 'another horse battery', app.code())).refused).toBeNull();
  });
});

describe('switching it off', () => {
  it('takes the password, and the second factor within the last 15 minutes', async () => {
    const { client, email, app, id } = await withSecondFactor();
    await server.admin.query(`update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`, [
      id,
    ]);
    expect(await client.refusal(disable, { password })).toBe('REAUTHENTICATION_REQUIRED');
    expect(await client.refusal(again, { password })).toBe('TWO_FACTOR_REQUIRED');
    expect(await client.refusal(again, { password, totp: '000000' })).toBe('BAD_USER_INPUT');
    expect(await client.refusal(again, { password, totp: app.code() })).toBeNull();
    expect(await client.refusal(disable, { password: 'a wrong password' })).toBe('BAD_USER_INPUT');
    expect(await client.refusal(disable, { password })).toBeNull();
    expect(await client.refusal(disable, { password })).toBe('CONFLICT');
    expect(await server.browser().refusal(disable, { password })).toBe('UNAUTHENTICATED');
    expect((await server.signIn(email)).refused).toBeNull();
    expect((await server.admin.query('select from recovery_codes where user_id = $1', [id])).rows).toEqual([]);
    await server.mail(email, /no longer asks/);
  });

  it('is what a copied session and password are not enough for, nor for another address or password', async () => {
    const { client, id } = await withSecondFactor();
    await server.admin.query(`update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`, [
      id,
    ]);
    const codes = [
      await client.refusal('mutation ($p: String!) { changeEmail(email: "t@example.com", password: $p) }', {
        p: password,
      }),
      await client.refusal('mutation ($p: String!) { changePassword(current: $p, next: "another horse battery") }', {
        p: password,
      }),
    ];
    expect(codes).toEqual(['REAUTHENTICATION_REQUIRED', 'REAUTHENTICATION_REQUIRED']);
  });
});

describe('the codes', () => {
  it('are those of RFC 6238', () => {
    const totp = new TOTP({ secret: Secret.fromUTF8('12345678901234567890'), digits: 8, algorithm: 'SHA1' });
    expect(totp.generate({ timestamp: 59_000 })).toBe('94287082');
    expect(totp.generate({ timestamp: 1_111_111_109_000 })).toBe('07081804');
  });
});
