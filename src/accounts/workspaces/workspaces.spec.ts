import { AccountsUnderTest, Browser, refusal } from '../../../test/support/accounts.js';
import { Workspaces } from '../../platform/database/index.js';
import { ErrorCode } from '../../platform/errors/index.js';
import { UserResolver } from '../users/user.resolver.js';
import { MemberLoader } from './member.loader.js';
import { Members } from './members.js';
import { WorkspaceResolver } from './workspace.resolver.js';

let accounts: AccountsUnderTest;

beforeAll(async () => {
  accounts = await AccountsUnderTest.start();
});

afterAll(async () => {
  await accounts.stop();
});

describe('workspaces', () => {
  it('answer alike for one that is not yours and one that never was', async () => {
    const { browser } = await accounts.signUp();
    const stranger = await accounts.signUp();
    const outcomes = await Promise.all(
      [stranger.workspaceId, '00000000-0000-7000-8000-000000000000', 'nowhere', "' or true --"].map((workspaceId) =>
        refusal(accounts.authenticate({ session: browser.cookie, workspaceId })),
      ),
    );
    for (const outcome of outcomes) {
      expect([outcome.code, outcome.message, outcome.field]).toEqual([
        ErrorCode.NOT_FOUND,
        'Workspace was not found.',
        undefined,
      ]);
    }
  });

  it('are founded by anyone who is signed in, who owns them', async () => {
    const { self, browser, user } = await accounts.signUp();
    const made = await accounts.module
      .get(WorkspaceResolver)
      .createWorkspace(self, browser.request(), '  Second \n engines ');
    expect(made).toMatchObject({ name: 'Second engines', timezone: 'UTC', locale: 'en' });
    expect(await accounts.memberOf(browser.cookie, made.id)).toMatchObject({ role: 'OWNER', userId: user.id });
    const unnamed = accounts.module.get(WorkspaceResolver).createWorkspace(self, browser.request(), ' ');
    expect(await refusal(unnamed)).toMatchObject({ code: ErrorCode.BAD_USER_INPUT, field: 'name' });
    const { rows } = await accounts.admin.query(
      'select events, audit from workspace_counters where workspace_id = $1',
      [made.id],
    );
    expect(rows).toEqual([{ events: '0', audit: '1' }]);
  });

  it('let members know of each other what they need, and no more', async () => {
    const { workspaceId, owner, user: ada } = await accounts.signUp();
    const grace = await accounts.signUp(new Browser(), { name: 'Grace', workspaceName: 'A secret venture' });
    await accounts.join(workspaceId, grace.user.id, 'EDITOR');
    const workspace = await accounts.module.get(WorkspaceResolver).workspace(owner);
    const members = await accounts.module.get(WorkspaceResolver).members(workspace);
    expect(members.map(({ role, user }) => [role, user.name])).toEqual(
      expect.arrayContaining([
        ['OWNER', 'Ada'],
        ['EDITOR', 'Grace'],
      ]),
    );
    expect(members).toHaveLength(2);

    const request = new Browser().request();
    request.actor = owner;
    const met = members.find((member) => member.user.id === grace.user.id)?.user;
    if (met === undefined) throw new Error('Grace is not among the members.');
    const seen = await accounts.module.get(UserResolver).memberships(met, request);
    expect(seen.map((membership) => [membership.workspace.id, membership.role])).toEqual([[workspaceId, 'EDITOR']]);
    const own = grace.browser.request();
    own.actor = await accounts.personOf(grace.browser.cookie);
    expect(await accounts.module.get(UserResolver).memberships(met, own)).toHaveLength(2);
    expect(ada.id).not.toBe(grace.user.id);
  });

  it('give other modules their own members alone', async () => {
    const { workspaceId, owner } = await accounts.signUp();
    const stranger = await accounts.signUp();
    const [workspaces, members] = [accounts.module.get(Workspaces), accounts.module.get(Members)];
    const ids = [owner.memberId, stranger.owner.memberId, 'not an id'];
    const rows = await workspaces.read(workspaceId, (tx) => members.membersByIds(tx, ids));
    expect(rows.map((row) => row.id)).toEqual([owner.memberId]);

    const request = new Browser().request();
    request.actor = owner;
    const loader = accounts.module.get(MemberLoader);
    expect(await loader.load(request, owner.memberId)).toMatchObject({ userId: owner.userId, role: 'OWNER' });
    expect(await loader.load(request, stranger.owner.memberId)).toBeNull();
  });

  it('refuse members who are frozen, in words', async () => {
    const { workspaceId } = await accounts.signUp();
    const second = await accounts.signUp();
    await accounts.join(workspaceId, second.user.id, 'ADMIN');
    await accounts.admin.query('update members set frozen = true where workspace_id = $1 and user_id = $2', [
      workspaceId,
      second.user.id,
    ]);
    const refused = await refusal(accounts.authenticate({ session: second.browser.cookie, workspaceId }));
    expect(refused).toMatchObject({ code: ErrorCode.FORBIDDEN, message: expect.stringContaining('paused') });
    expect(
      (await accounts.personOf(second.browser.cookie)).memberships.map((membership) => membership.workspaceId),
    ).toEqual([second.workspaceId]);
  });

  it('tell open screens when a member becomes available or not', async () => {
    const { owner, workspaceId } = await accounts.signUp();
    const resolver = accounts.module.get(WorkspaceResolver);
    expect(await resolver.setAvailability(owner, false)).toMatchObject({ id: owner.memberId, available: false });
    expect(await resolver.setAvailability(owner, false)).toMatchObject({ available: false });
    const { rows } = await accounts.admin.query(
      'select kind, detail, ids from workspace_events where workspace_id = $1',
      [workspaceId],
    );
    expect(rows).toEqual([{ kind: 'WorkspaceChanged', detail: 'members', ids: [owner.memberId] }]);
  });
});

describe('those who run the deployment', () => {
  const isOperator = async (
    environment: Record<string, string>,
    user: { id: string; email: string; emailVerified: boolean },
  ) => {
    const other = await accounts.another(environment);
    try {
      return await other.get(UserResolver).instanceOperator(Object.assign(Object.create(null), user));
    } finally {
      await other.close();
    }
  };

  it('are the configured addresses once verified, or else the first person', async () => {
    const { rows } = await accounts.admin.query<{ id: string; email: string }>(
      'select id, email from users order by id limit 1',
    );
    const first = { ...(rows[0] ?? { id: '', email: '' }), emailVerified: false };
    const { user } = await accounts.signUp();
    expect([await isOperator({}, first), await isOperator({}, user)]).toEqual([true, false]);
    const configured = { INSTANCE_OPERATORS: ` ops@example.com, ${user.email.toUpperCase()}` };
    expect(await isOperator(configured, first)).toBe(false);
    expect(await isOperator(configured, user)).toBe(false);
    expect(await isOperator(configured, { ...user, emailVerified: true })).toBe(true);
  });
});
