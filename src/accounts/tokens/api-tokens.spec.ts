import { AccountsUnderTest, Browser, refusal } from '../../../test/support/accounts.js';
import { Permission } from '../../platform/access/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { Role } from '../enums.js';
import { ApiTokenResolver } from './api-token.resolver.js';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await AccountsUnderTest.start();
});

afterAll(async () => {
  await accounts.stop();
});

const resolver = () => accounts.module.get(ApiTokenResolver);
const request = () => new Browser().request();

describe('API tokens', () => {
  it('act in their workspace alone, in the name of the member who made them', async () => {
    const { owner, workspaceId } = await accounts.signUp();
    const stranger = await accounts.signUp();
    const { secret, token } = await resolver().createApiToken(owner, request(), 'reports', Role.EDITOR);
    expect(token).toMatchObject({
      name: 'reports',
      role: 'EDITOR',
      lastFour: secret.slice(-4),
      lastUsedAt: null,
      expiresAt: null,
    });

    const actor = await accounts.authenticate({ token: secret });
    expect(actor).toMatchObject({ kind: 'member', workspaceId, memberId: owner.memberId, role: 'EDITOR', user: null });
    expect(actor).toMatchObject({ credential: { kind: 'token', id: token.id } });
    expect(await accounts.authenticate({ token: secret, workspaceId })).toEqual(actor);
    const foreign = await refusal(accounts.authenticate({ token: secret, workspaceId: stranger.workspaceId }));
    const unknown = await refusal(accounts.authenticate({ token: secret, workspaceId: 'nowhere' }));
    expect([foreign.code, foreign.message]).toEqual([ErrorCode.NOT_FOUND, unknown.message]);

    expect(await resolver().apiTokens(owner)).toMatchObject([{ id: token.id }]);
    expect(await resolver().apiTokens(stranger.owner)).toEqual([]);
    const { rows } = await accounts.admin.query<{ dump: string }>(
      'select t::text as dump from api_tokens t where id = $1',
      [token.id],
    );
    expect(rows[0]?.dump).not.toContain(secret);
  });

  it('say when they were used, and stop when they are revoked, by their own workspace alone', async () => {
    const { owner } = await accounts.signUp();
    const stranger = await accounts.signUp();
    const { secret, token } = await resolver().createApiToken(owner, request(), 'reports', Role.ADMIN);
    await accounts.authenticate({ token: secret });
    const lastUsed = async () => (await resolver().apiTokens(owner))[0]?.lastUsedAt;
    for (let n = 0; n < 100 && (await lastUsed()) === null; n += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await lastUsed()).toBeInstanceOf(Date);

    const foreign = await refusal(resolver().revokeApiToken(stranger.owner, request(), token.id));
    const malformed = await refusal(resolver().revokeApiToken(owner, request(), 'not an id'));
    expect([foreign.code, foreign.message]).toEqual([ErrorCode.NOT_FOUND, malformed.message]);
    expect(await resolver().revokeApiToken(owner, request(), token.id)).toBe(true);
    expect(await refusal(accounts.authenticate({ token: secret }))).toMatchObject({ code: ErrorCode.UNAUTHENTICATED });
    const { rows } = await accounts.admin.query(
      `select action, target, detail from audit_entries where workspace_id = $1 and action like 'api-token.%' order by seq`,
      [owner.workspaceId],
    );
    expect(rows).toEqual([
      { action: 'api-token.create', target: token.id, detail: { role: 'ADMIN', expiresAt: null } },
      { action: 'api-token.revoke', target: token.id, detail: null },
    ]);
  });

  it('expire', async () => {
    const { owner } = await accounts.signUp();
    const past = resolver().createApiToken(owner, request(), 'late', Role.VIEWER, new Date(Date.now() - 1_000));
    expect(await refusal(past)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'expiresAt' });
    const { secret, token } = await resolver().createApiToken(
      owner,
      request(),
      'soon',
      Role.VIEWER,
      new Date(Date.now() + 60_000),
    );
    expect(await accounts.authenticate({ token: secret })).toMatchObject({ role: 'VIEWER' });
    await accounts.admin.query(`update api_tokens set expires_at = now() - interval '1 second' where id = $1`, [
      token.id,
    ]);
    expect(await refusal(accounts.authenticate({ token: secret }))).toMatchObject({ code: ErrorCode.UNAUTHENTICATED });
  });

  it('are never above their maker, then or now', async () => {
    const { workspaceId } = await accounts.signUp();
    const second = await accounts.signUp();
    await accounts.join(workspaceId, second.user.id, 'ADMIN');
    const admin = await accounts.memberOf(second.browser.cookie, workspaceId);
    const above = resolver().createApiToken(admin, request(), 'climb', Role.OWNER);
    expect(await refusal(above)).toMatchObject({ code: ErrorCode.FORBIDDEN, field: 'role' });

    const { secret } = await resolver().createApiToken(admin, request(), 'as I am', Role.ADMIN);
    await accounts.admin.query(`update members set role = 'VIEWER' where workspace_id = $1 and id = $2`, [
      workspaceId,
      admin.memberId,
    ]);
    const actor = await accounts.authenticate({ token: secret });
    expect(actor).toMatchObject({ role: 'VIEWER', permissions: new Set([Permission.Read]) });
    await accounts.admin.query(`update members set frozen = true where workspace_id = $1 and id = $2`, [
      workspaceId,
      admin.memberId,
    ]);
    expect(await refusal(accounts.authenticate({ token: secret }))).toMatchObject({ code: ErrorCode.FORBIDDEN });
    await accounts.admin.query(`delete from members where workspace_id = $1 and id = $2`, [
      workspaceId,
      admin.memberId,
    ]);
    expect(await refusal(accounts.authenticate({ token: secret }))).toMatchObject({ code: ErrorCode.UNAUTHENTICATED });
  });

  it('are made by people who gave their password a moment ago, not by tokens', async () => {
    const { owner, browser, self, workspaceId } = await accounts.signUp();
    const { secret } = await resolver().createApiToken(owner, request(), 'first', Role.OWNER);
    const token = await accounts.authenticate({ token: secret });
    if (token?.kind !== 'member') throw new Error('The token is nobody.');
    expect(await refusal(resolver().createApiToken(token, request(), 'child', Role.VIEWER))).toMatchObject({
      code: ErrorCode.FORBIDDEN,
    });

    await accounts.admin.query(`update sessions set authenticated_at = now() - interval '16 minutes' where id = $1`, [
      self.sessionId,
    ]);
    const stale = await accounts.memberOf(browser.cookie, workspaceId);
    const work = resolver().createApiToken(stale, request(), 'second', Role.VIEWER);
    expect(await refusal(work)).toMatchObject({ code: ErrorCode.REAUTHENTICATION_REQUIRED });
  });

  it('that are wrong are refused, and never fall back to a cookie', async () => {
    const { browser } = await accounts.signUp();
    for (const token of ['', 'parley_', `parley_${'0'.repeat(49)}`, browser.cookie ?? '', "' or 1=1 --"]) {
      const refused = await refusal(accounts.authenticate({ token, session: browser.cookie }));
      expect(refused).toMatchObject({ code: ErrorCode.UNAUTHENTICATED });
    }
  });
});
