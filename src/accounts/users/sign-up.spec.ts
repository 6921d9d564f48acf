import {
  AccountsUnderTest,
  Browser,
  newAddress,
  password,
  refusal,
  signUpInput,
} from '../../../test/support/accounts.js';
import { type MemberActor, RequestContext } from '../../platform/access/index.js';
import { type DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { WorkspaceCreated } from '../accounts.events.js';
import { WorkspaceResolver } from '../workspaces/workspace.resolver.js';
import type { SignUpInput } from './sign-up.input.js';
import { UserResolver } from './user.resolver.js';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await AccountsUnderTest.start();
});

afterAll(async () => {
  await accounts.stop();
});

describe('signing up', () => {
  it('makes the person, their workspace and a session, and signs them in [promise 3]', async () => {
    const told: string[] = [];
    accounts.module.get(Facts).on(WorkspaceCreated, async (_, fact) => void told.push(fact.workspaceId));
    const { user, browser: ada, email } = await accounts.signUp();
    expect(user).toMatchObject({ email, name: 'Ada', emailVerified: false, twoFactorEnabled: false });

    const request = ada.request();
    request.actor = await accounts.authenticate(request.credentials);
    const viewer = await accounts.module.get(UserResolver).viewer(request);
    expect(viewer?.id).toBe(user.id);
    const memberships = await accounts.module.get(UserResolver).memberships(user, request);
    expect(memberships).toMatchObject([
      { role: 'OWNER', workspace: { name: 'Engines', timezone: 'UTC', deletionScheduledAt: null } },
    ]);
    const workspaceId = memberships[0]?.workspace.id ?? '';
    expect(told).toEqual([workspaceId]);

    const actor = (await accounts.authenticate({ session: ada.cookie, workspaceId })) as MemberActor;
    expect(actor).toMatchObject({ kind: 'member', workspaceId, role: 'OWNER', credential: { kind: 'session' } });
    const workspace = await accounts.module.get(WorkspaceResolver).workspace(actor);
    expect(await accounts.module.get(WorkspaceResolver).members(workspace)).toMatchObject([
      { role: 'OWNER', user: { id: user.id, email } },
    ]);
    const audit = await accounts.admin.query<{ action: string; actor: string }>(
      'select action, actor from audit_entries where workspace_id = $1',
      [workspaceId],
    );
    expect(audit.rows).toEqual([{ action: 'workspace.create', actor: `member:${actor.memberId}` }]);
  });

  it('keeps the hash of the token and of the password alone [promise 20]', async () => {
    const { browser: ada, user } = await accounts.signUp();
    const { rows } = await accounts.admin.query<{ dump: string }>(
      `select (select string_agg(s::text, ' ') from sessions s where user_id = $1) || (select u::text from users u where id = $1) as dump`,
      [user.id],
    );
    expect(ada.cookie).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(rows[0]?.dump).toContain('$2b$04$');
    expect(rows[0]?.dump).not.toContain(password);
    expect(rows[0]?.dump).not.toContain(Buffer.from(ada.cookie ?? '').toString('hex'));
    expect(rows[0]?.dump).not.toContain(ada.cookie);
  });
});

describe('signing up is refused', () => {
  const refused = async (more: Partial<SignUpInput>) =>
    refusal(accounts.module.get(UserResolver).signUp(signUpInput(newAddress(), more), new Browser().request()));

  it.each([
    ['acceptedPolicies', { acceptedPolicies: false }],
    ['email', { email: 'not an address' }],
    ['email', { email: `${'a'.repeat(250)}@example.com` }],
    ['name', { name: ' \u0000 ' }],
    ['workspaceName', { workspaceName: 'x'.repeat(101) }],
    ['password', { password: 'short' }],
  ])('with the field at fault: %s', async (field, more) => {
    expect(await refused(more)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field });
  });

  it('for an address that is taken, in whatever case and at whatever moment', async () => {
    const { email } = await accounts.signUp();
    const again = refusal(
      accounts.module.get(UserResolver).signUp(signUpInput(email.toUpperCase()), new Browser().request()),
    );
    expect(await again).toMatchObject({ code: ErrorCode.CONFLICT, field: 'email' });

    const racing = newAddress();
    const before = await accounts.admin.query<{ n: string }>('select count(*) as n from workspaces');
    const outcomes = await Promise.all(
      [racing, racing, racing].map((address) =>
        accounts.signUp(new Browser(), { email: address }).then(
          () => 'made',
          (error: DomainError) => error.code,
        ),
      ),
    );
    expect(outcomes.sort()).toEqual([ErrorCode.CONFLICT, ErrorCode.CONFLICT, 'made']);
    const after = await accounts.admin.query<{ n: string }>('select count(*) as n from workspaces');
    expect(Number(after.rows[0]?.n) - Number(before.rows[0]?.n)).toBe(1);
  });

  it.each(['closed', 'invite'])('on a deployment whose sign-up is %s', async (SIGNUP) => {
    const closed = await accounts.another({ SIGNUP });
    try {
      const work = closed.get(UserResolver).signUp(signUpInput(newAddress()), new Browser().request());
      expect(await refusal(work)).toMatchObject({ code: ErrorCode.FORBIDDEN });
    } finally {
      await closed.close();
    }
  });

  it('over a socket, which cannot be given a cookie', async () => {
    const { credentials, origin } = new Browser().request();
    const work = accounts.module
      .get(UserResolver)
      .signUp(signUpInput(newAddress()), new RequestContext(credentials, origin));
    expect(await refusal(work)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT });
  });

  it('past the limit of a network, however many networks of one IPv6 line are used', async () => {
    await accounts.admin.query('delete from guesses');
    const production = await accounts.another({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://parley.example.com',
      OPERATOR_NAME: 'x',
      OPERATOR_ADDRESS: 'x',
      PRIVACY_EMAIL: 'x',
      SUPPORT_EMAIL: 'x',
      SECURITY_EMAIL: 'x',
    });
    try {
      const codes: string[] = [];
      for (let n = 0; n < 22; n += 1) {
        const from = new Browser(`2001:db8:1:2::${n.toString(16)}`);
        const work = production.get(UserResolver).signUp(signUpInput(newAddress()), from.request());
        codes.push(
          await work.then(
            () => 'made',
            (error: DomainError) => error.code,
          ),
        );
      }
      expect(codes).toEqual([...Array<string>(20).fill('made'), ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED]);
    } finally {
      await production.close();
    }
  });
});
