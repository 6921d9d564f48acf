import { AccountsUnderTest, Browser, password, refusal } from '../../../test/support/accounts.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { UserResolver } from '../users/user.resolver.js';
import { SessionResolver } from './session.resolver.js';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await AccountsUnderTest.start();
});

afterAll(async () => {
  await accounts.stop();
});

describe('sessions', () => {
  it('are listed, ended one by one or all others together', async () => {
    const { email, browser: ada } = await accounts.signUp();
    const [phone, tablet] = [new Browser(), new Browser()];
    await accounts.signIn(email, password, phone);
    await accounts.signIn(email, password, tablet);
    const self = await accounts.personOf(ada.cookie);
    const listed = await accounts.module.get(SessionResolver).sessions(self);
    expect(listed.map((session) => session.current).sort()).toEqual([false, false, true]);
    expect(listed.find((session) => session.current)).toMatchObject({ id: self.sessionId, userAgent: 'a browser' });

    const { sessionId } = await accounts.personOf(phone.cookie);
    const stranger = await accounts.signUp();
    const foreign = accounts.module
      .get(SessionResolver)
      .revokeSession(await accounts.personOf(stranger.browser.cookie), stranger.browser.request(), sessionId);
    const unknown = accounts.module.get(SessionResolver).revokeSession(self, ada.request(), 'not an id');
    expect((await refusal(foreign)).message).toBe((await refusal(unknown)).message);
    expect(await accounts.personOf(phone.cookie)).not.toBeNull();

    expect(await accounts.module.get(SessionResolver).revokeSession(self, ada.request(), sessionId)).toBe(true);
    expect(await accounts.authenticate({ session: phone.cookie })).toBeNull();
    expect(await accounts.module.get(SessionResolver).revokeOtherSessions(self)).toBe(true);
    expect(await accounts.authenticate({ session: tablet.cookie })).toBeNull();
    expect(await accounts.personOf(ada.cookie)).toMatchObject({ sessionId: self.sessionId });
  });

  it('end when the browser signs out, also for whoever copied the cookie', async () => {
    const { browser: ada } = await accounts.signUp();
    const copied = ada.cookie;
    expect(await accounts.module.get(SessionResolver).signOut(ada.request())).toBe(true);
    expect(ada.cookie).toBeNull();
    expect(await accounts.authenticate({ session: copied })).toBeNull();
    expect(await accounts.module.get(SessionResolver).signOut(ada.request())).toBe(true);
  });

  it('run out after 30 days without use, and each use lengthens them', async () => {
    const { browser: ada, user } = await accounts.signUp();
    await accounts.admin.query(
      `update sessions set last_seen_at = now() - interval '29 days', expires_at = now() + interval '1 day' where user_id = $1`,
      [user.id],
    );
    expect(await accounts.personOf(ada.cookie)).toMatchObject({ userId: user.id });
    const days = async () => {
      const { rows } = await accounts.admin.query<{ days: number }>(
        'select round(extract(epoch from expires_at - now()) / 86400)::int as days from sessions where user_id = $1',
        [user.id],
      );
      return rows[0]?.days;
    };
    for (let n = 0; n < 100 && (await days()) !== 30; n += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await days()).toBe(30);
    await accounts.admin.query(`update sessions set expires_at = now() - interval '1 second' where user_id = $1`, [
      user.id,
    ]);
    expect(await accounts.authenticate({ session: ada.cookie })).toBeNull();
  });

  it('are kept by the browser as long as by the server', async () => {
    const { browser: ada, self, user } = await accounts.signUp();
    const request = ada.request();
    request.actor = self;
    const given: (string | null)[] = [];
    Object.assign(request, { setSessionCookie: (token: string | null) => given.push(token) });
    expect(await accounts.module.get(UserResolver).viewer(request)).toMatchObject({ id: user.id });
    expect(given).toEqual([]);
    request.actor = { ...self, authenticatedAt: new Date(Date.now() - 2 * 86_400_000) };
    await accounts.module.get(UserResolver).viewer(request);
    expect(given).toEqual([ada.cookie]);
  });

  it('get a new token when the password is given again (case A5)', async () => {
    const { browser: ada } = await accounts.signUp();
    const before = { cookie: ada.cookie, self: await accounts.personOf(ada.cookie) };
    await accounts.admin.query(`update sessions set authenticated_at = now() - interval '1 hour' where id = $1`, [
      before.self.sessionId,
    ]);
    const wrong = accounts.module.get(UserResolver).reauthenticate(before.self, ada.request(), 'not the password');
    expect(await refusal(wrong)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'password' });
    expect(await accounts.module.get(UserResolver).reauthenticate(before.self, ada.request(), password)).toBe(true);
    expect(await accounts.authenticate({ session: before.cookie })).toBeNull();
    const after = await accounts.personOf(ada.cookie);
    expect(after.sessionId).toBe(before.self.sessionId);
    expect(Date.now() - after.authenticatedAt.getTime()).toBeLessThan(60_000);
  });
});
