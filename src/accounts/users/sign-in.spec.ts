import { jest } from '@jest/globals';
import { AccountsUnderTest, Browser, newAddress, password, refusal } from '../../../test/support/accounts.js';
import { type DomainError, ErrorCode } from '../../platform/errors/index.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { SignInInput } from './sign-in.input.js';
import { UserResolver } from './user.resolver.js';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await AccountsUnderTest.start();
});

afterAll(async () => {
  await accounts.stop();
});

describe('signing in', () => {
  it('gives a new token each time and ends the session that the browser had (case A5)', async () => {
    const { email, user, browser: ada } = await accounts.signUp();
    const first = ada.cookie;
    expect(await accounts.signIn(email.toUpperCase(), password, ada)).toMatchObject({ id: user.id });
    expect(ada.cookie).not.toBe(first);
    expect(await accounts.authenticate({ session: first })).toBeNull();
    expect(await accounts.personOf(ada.cookie)).toMatchObject({ kind: 'user', userId: user.id });
  });

  it('takes no token that it did not give out itself (case A5)', async () => {
    const { email, user } = await accounts.signUp();
    const mallory = new Browser();
    mallory.cookie = 'A'.repeat(43);
    await accounts.signIn(email, password, mallory);
    expect(mallory.cookie).not.toBe('A'.repeat(43));
    expect(await accounts.authenticate({ session: 'A'.repeat(43) })).toBeNull();
    expect(await accounts.personOf(mallory.cookie)).toMatchObject({ userId: user.id });
  });

  it('answers the same for a wrong password and an unknown address (case A1)', async () => {
    const { email } = await accounts.signUp();
    const wrong = await refusal(accounts.signIn(email, 'not the password', new Browser()));
    const unknown = await refusal(accounts.signIn(newAddress(), password, new Browser()));
    const malformed = await refusal(accounts.signIn('\u0000 \ud800 nobody', password, new Browser()));
    const shown = (error: DomainError) => [error.code, error.message, error.field, error.retryAfter];
    expect(shown(wrong)).toEqual([
      ErrorCode.UNAUTHENTICATED,
      'The e-mail address or the password is wrong.',
      undefined,
      undefined,
    ]);
    expect([shown(unknown), shown(malformed)]).toEqual([shown(wrong), shown(wrong)]);
  });

  it('lets no account be guessed at more than 10 times, from anywhere; its sessions go on (case A2)', async () => {
    const { email, browser: ada } = await accounts.signUp();
    const verify = jest.spyOn(accounts.module.get(PasswordHasher), 'verify');
    try {
      const codes = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          refusal(accounts.signIn(n % 2 ? email : email.toUpperCase(), `guess ${n}`, new Browser())),
        ),
      );
      const looked = codes.filter((error) => error.code === ErrorCode.UNAUTHENTICATED);
      const limited = codes.filter((error) => error.code === ErrorCode.RATE_LIMITED);
      expect(verify.mock.calls.length).toBe(10);
      expect([looked.length, limited.length]).toEqual([10, 50]);
      for (const { retryAfter } of limited) expect(retryAfter).toBeLessThanOrEqual(900);
    } finally {
      verify.mockRestore();
    }
    expect(await refusal(accounts.signIn(email, password, new Browser()))).toMatchObject({
      code: ErrorCode.RATE_LIMITED,
    });
    // An unknown address is limited in the same way: the limit does not tell who has an account.
    const nobody = newAddress();
    for (let n = 0; n < 10; n += 1) await refusal(accounts.signIn(nobody, `guess ${n}`, new Browser()));
    expect(await refusal(accounts.signIn(nobody, 'guess', new Browser()))).toMatchObject({
      code: ErrorCode.RATE_LIMITED,
    });

    expect(await accounts.personOf(ada.cookie)).toMatchObject({ kind: 'user' });
    const request = ada.request();
    expect(
      await accounts.module.get(UserResolver).reauthenticate(await accounts.personOf(ada.cookie), request, password),
    ).toBe(true);

    // Another process sees the same count; once the time is over, the owner is let in.
    const other = await accounts.another({});
    const input = Object.assign(new SignInInput(), { email, password });
    expect(await refusal(other.get(UserResolver).signIn(input, new Browser().request()))).toMatchObject({
      code: ErrorCode.RATE_LIMITED,
    });
    await accounts.admin.query(`update guesses set expires_at = now() - interval '1 second'`);
    expect(await other.get(UserResolver).signIn(input, new Browser().request())).toMatchObject({ email });
    await other.close();
  });

  it('counts no right password against the account', async () => {
    const { email } = await accounts.signUp();
    const office = '203.0.113.9';
    for (let n = 0; n < 25; n += 1) await accounts.signIn(email, password, new Browser(office));
    expect(await accounts.signIn(email, password, new Browser(office))).toMatchObject({ email });
  });

  it('lets one address guess at 100 accounts and no more', async () => {
    const from = '203.0.113.77';
    for (let n = 0; n < 100; n += 1)
      expect((await refusal(accounts.signIn(newAddress(), 'guess', new Browser(from)))).code).toBe('UNAUTHENTICATED');
    expect(await refusal(accounts.signIn(newAddress(), 'guess', new Browser(from)))).toMatchObject({
      code: ErrorCode.RATE_LIMITED,
    });
  });

  it('keeps no address in the table of guesses', async () => {
    const { email } = await accounts.signUp();
    await refusal(accounts.signIn(email, 'a wrong one', new Browser('192.0.2.123')));
    const { rows } = await accounts.admin.query<{ dump: string }>(
      `select string_agg(encode(key, 'escape'), ' ') as dump from guesses`,
    );
    expect(rows[0]?.dump.length).toBeGreaterThan(64);
    expect(rows[0]?.dump).not.toContain(email);
    expect(rows[0]?.dump).not.toContain('192.0.2.123');
  });
});
