import { Team, type Teammate } from '../support/team.js';
import { eventually } from '../support/client.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 60_000);
afterAll(() => team.stop());

const canary = 'kanarienvogel';
const nobody = '00000000-0000-7000-8000-000000000000';

/** What a viewer is refused by their role: of settings, members, channels, AI and tokens one each. */
const beyondAViewer = {
  updateWorkspace: `mutation { updateWorkspace(input: { name: "${canary}" }) { id } }`,
  inviteMember: `mutation { inviteMember(email: "${canary}@example.com", role: VIEWER) { id } }`,
  changeRole: `mutation { changeRole(memberId: "${nobody}", role: EDITOR) { id } }`,
  connectMessenger: `mutation { connectMessenger(input: { pageId: "1", pageAccessToken: "${canary}" }) { id } }`,
  disconnectChannel: `mutation { disconnectChannel(id: "${nobody}") { id } }`,
  updateAiSettings: `mutation { updateAiSettings(input: { apiKey: "sk-${canary}" }) { enabled } }`,
  createApiToken: `mutation { createApiToken(name: "${canary}", role: VIEWER) { secret } }`,
  deleteWorkspace: `mutation { deleteWorkspace(confirmName: "${canary}") { confirmationCode } }`,
  auditLog: '{ auditLog { nodes { id } } }',
};

const refusals = async () => (await team.audited()).filter(({ action }) => action === 'operation.refuse');
const of = async ({ id }: Teammate) => (await refusals()).filter(({ actor }) => actor === `member:${id}`);

/** Puts the clock of what is counted forward by an hour. */
const anHourLater = () =>
  team.sql.query(`update due set due_at = now() where kind = 'sum-up-refusals' and workspace_id = $1`, [
    team.workspaceId,
  ]);

describe('what a member is refused', () => {
  it('stands in the audit log: who, which operation, why; nothing of what they sent [promise 19]', async () => {
    const viewer = await team.member('VIEWER');
    for (const [operation, document] of Object.entries(beyondAViewer))
      expect([operation, await viewer.client.refusal(document)]).toEqual([operation, 'FORBIDDEN']);
    const entries = await of(viewer);
    expect(entries.map(({ detail }) => detail)).toEqual(
      Object.keys(beyondAViewer).map((operation) => ({ operation, reason: 'FORBIDDEN' })),
    );
    expect(JSON.stringify(await team.audited())).not.toContain(canary);
    const { rows } = await team.sql.query<{ ip: string | null }>(
      `select distinct ip from audit_entries where action = 'operation.refuse'`,
    );
    expect(rows).toEqual([{ ip: '127.0.0.1' }]);
  });

  it('is there too where not the role in general but what was asked for is at fault', async () => {
    const [admin, other] = [await team.member('ADMIN'), await team.member('EDITOR')];
    const change = 'mutation ($id: ID!, $role: Role!) { changeRole(memberId: $id, role: $role) { id } }';
    expect(await admin.client.refusal(change, { id: other.id, role: 'OWNER' })).toBe('FORBIDDEN');
    expect(await team.owner.client.refusal(change, { id: team.owner.id, role: 'EDITOR' })).toBe('CONFLICT');
    const remove = 'mutation ($id: ID!) { removeMember(memberId: $id) }';
    expect(await other.client.refusal(remove, { id: team.owner.id })).toBe('FORBIDDEN');
    const wrongName = 'mutation { deleteWorkspace(confirmName: "Another shop") { confirmationCode } }';
    expect(await team.owner.client.refusal(wrongName)).toBe('CONFIRMATION_MISMATCH');
    const details = async (member: Teammate) => (await of(member)).map(({ detail }) => detail);
    expect(await details(admin)).toEqual([{ operation: 'changeRole', reason: 'FORBIDDEN' }]);
    expect(await details(other)).toEqual([{ operation: 'removeMember', reason: 'FORBIDDEN' }]);
    expect(await details(team.owner)).toEqual([
      { operation: 'changeRole', reason: 'LAST_OWNER' },
      { operation: 'deleteWorkspace', reason: 'CONFIRMATION_MISMATCH' },
    ]);
  });

  it('is told of an API token by its id, and of a socket as of a request', async () => {
    const { createApiToken } = await team.owner.client.ask<{
      createApiToken: { secret: string; token: { id: string } };
    }>('mutation { createApiToken(name: "reports", role: VIEWER) { secret token { id } } }');
    const viewer = await team.member('VIEWER');
    const { client: byToken } = await team.person();
    Object.assign(byToken, { cookie: null, token: createApiToken.secret, workspaceId: null });
    expect(await byToken.refusal(beyondAViewer.updateWorkspace)).toBe('FORBIDDEN');
    const actors = (await refusals()).map(({ actor }) => actor);
    expect(actors).toContain(`token:${createApiToken.token.id}`);
    viewer.client.watch(beyondAViewer.inviteMember);
    const entries = await eventually(async () => {
      const found = await of(viewer);
      return found.length > 0 ? found : null;
    });
    expect(entries[0]?.detail).toEqual({ operation: 'inviteMember', reason: 'FORBIDDEN' });
  });

  it('fills no log: two entries an hour, the second with how often it was', async () => {
    const viewer = await team.member('VIEWER');
    const hundred = Array.from({ length: 100 }, () => viewer.client.refusal(beyondAViewer.updateWorkspace));
    expect(new Set(await Promise.all(hundred))).toEqual(new Set(['FORBIDDEN']));
    const [first, ...more] = await of(viewer);
    expect([first?.detail, more]).toEqual([{ operation: 'updateWorkspace', reason: 'FORBIDDEN' }, []]);
    await anHourLater();
    const both = await eventually(async () => {
      const found = await of(viewer);
      return found.length > 1 ? found : null;
    });
    expect(both.map(({ detail }) => detail)).toEqual([
      first?.detail,
      { operation: 'updateWorkspace', reason: 'FORBIDDEN', again: 99 },
    ]);
    // From then on it counts anew.
    await viewer.client.refusal(beyondAViewer.updateWorkspace);
    expect((await of(viewer)).map(({ detail }) => detail)).toEqual([...both, first].map((entry) => entry?.detail));
  });

  it('is nothing else that fails: what is missing, mistyped or foreign adds no entry', async () => {
    const before = (await refusals()).length;
    const { client } = team.owner;
    expect(await client.refusal(`mutation { revokeInvitation(id: "${nobody}") }`)).toBe('NOT_FOUND');
    expect(await client.refusal('mutation { inviteMember(email: "nobody", role: VIEWER) { id } }')).toBe(
      'BAD_USER_INPUT',
    );
    const stranger = await team.person();
    stranger.client.workspaceId = team.workspaceId;
    expect(await stranger.client.refusal(beyondAViewer.updateWorkspace)).toBe('NOT_FOUND');
    expect((await refusals()).length).toBe(before);
  });
});
