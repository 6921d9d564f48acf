import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Config } from '../../platform/config/index.js';
import { Team, type Teammate } from '../../../test/support/team.js';
import { TestClient, eventually } from '../../../test/support/client.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 30_000);
afterAll(() => team.stop());

const password = 'a long enough password';
const deletion =
  'mutation ($password: String!, $owned: Boolean) { deleteAccount(password: $password, deleteOwnedWorkspaces: $owned) }';
const remove = ({ client }: Pick<Teammate, 'client'>, owned = false, given = password) =>
  client.post(deletion, { password: given, owned });
const exists = async (email: string) =>
  (await team.sql.query('select 1 from users where email = $1', [email])).rows.length === 1;

/** Gives somebody whom the team wrote down directly the password that everyone has. */
async function withPassword<Somebody extends Teammate>(somebody: Somebody): Promise<Somebody> {
  await team.sql.query(
    'update users set password_hash = (select password_hash from users where email = $2) where email = $1',
    [somebody.email, team.owner.email],
  );
  return somebody;
}

describe('deleting an account', () => {
  it('asks for the password, and a person who gives it', async () => {
    const editor = await withPassword(await team.member('EDITOR'));
    const { errors } = await remove(editor, false, 'not it');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'password' });
    const { createApiToken } = await team.owner.client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "leave", role: OWNER) { secret } }',
    );
    const token = new TestClient(team.app.url);
    token.token = createApiToken.secret;
    expect((await remove({ client: token })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await remove({ client: new TestClient(team.app.url) })).errors?.[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
    expect(await exists(editor.email)).toBe(true);
    expect(await team.roleOf(editor)).toBe('EDITOR');
  });

  it.each(['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'])(
    'works for %s: login, profile and sessions go at once, the workspace stays under its owner [promise 47] [promise 48]',
    async (role) => {
      const leaver = await withPassword(await team.member(role));
      const elsewhere = new TestClient(team.app.url);
      await elsewhere.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
        input: { email: leaver.email, password },
      });
      expect((await remove(leaver)).data).toEqual({ deleteAccount: true });
      expect(leaver.client.cookie).toBeNull();
      expect(await exists(leaver.email)).toBe(false);
      expect(await elsewhere.ask('{ viewer { id } }')).toEqual({ viewer: null });
      expect(await team.roleOf(leaver)).toBeNull();
      const { workspace } = await team.owner.client.ask<{ workspace: { members: { user: { email: string } }[] } }>(
        '{ workspace { members { user { email } } } }',
      );
      expect(workspace.members.map(({ user }) => user.email)).toContain(team.owner.email);
      expect(workspace.members.map(({ user }) => user.email)).not.toContain(leaver.email);
      const signIn = await elsewhere.refusal('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
        input: { email: leaver.email, password },
      });
      expect(signIn).toBe('UNAUTHENTICATED');
      const entries = (await team.audited()).filter(({ target }) => target === leaver.id);
      expect(entries.filter(({ action }) => action !== 'session.sign-in')).toEqual([
        { actor: `member:${leaver.id}`, action: 'member.leave', target: leaver.id, detail: { role } },
      ]);
    },
  );

  it('names what a sole owner would leave without one, and takes it along where they say so [promise 47]', async () => {
    const person = await withPassword(await team.person('Sole'));
    const workspaceId = person.client.workspaceId ?? '';
    const { errors } = await remove(person);
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
    expect(errors?.[0]?.message).toContain('"A shop"');
    expect(await exists(person.email)).toBe(true);
    expect((await remove(person, true)).data).toEqual({ deleteAccount: true });
    expect(await exists(person.email)).toBe(false);
    await eventually(async () => {
      const { rows } = await team.sql.query<{ there: boolean }>(
        `select exists (select from workspaces where id = $1) as there from workspace_deletions where workspace_id = $1 and completed_at is not null`,
        [workspaceId],
      );
      return rows[0]?.there === false ? true : null;
    }, 20_000);
  }, 30_000);

  it('ends memberships whose seat is paused too', async () => {
    const paused = await withPassword(await team.member('VIEWER'));
    await team.sql.query('update members set frozen = true where id = $1', [paused.id]);
    expect((await remove(paused)).data).toEqual({ deleteAccount: true });
    expect(await exists(paused.email)).toBe(false);
  });

  it('goes on where it was cut off, though the workspace that the client names went with the first try', async () => {
    const person = await withPassword(await team.person('Again'));
    await person.client.ask(`mutation { deleteWorkspace(confirmName: "A shop") { id } }`);
    expect(await person.client.refusal('{ workspace { id } }')).toBe('NOT_FOUND');
    expect((await remove(person, true)).data).toEqual({ deleteAccount: true });
    expect(await exists(person.email)).toBe(false);
    // And who has no login any more is told to sign in, as for everything else.
    expect((await remove(person, true)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('leaves an owner when the last two go at the same moment', async () => {
    const second = await withPassword(await team.person('Two'));
    const first = await withPassword(await team.person('One'));
    await team.sql.query(
      `insert into members (workspace_id, id, user_id, role) select $1, gen_random_uuid(), id, 'OWNER' from users where email = $2`,
      [first.client.workspaceId, second.email],
    );
    // The workspace that only the second owns is not what this is about.
    await team.sql.query(`update members set user_id = null where id = $1`, [second.id]);
    second.client.workspaceId = null;
    const outcomes = await Promise.all([remove(first), remove(second)]);
    const codes = outcomes.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done').sort();
    expect(codes).toEqual(['CONFLICT', 'done']);
    const { rows } = await team.sql.query(
      `select 1 from members where workspace_id = $1 and role = 'OWNER' and user_id is not null`,
      [first.client.workspaceId],
    );
    expect(rows).toHaveLength(1);
  });

  it('is confirmed to the address, once', async () => {
    const leaver = await withPassword(await team.member('EDITOR'));
    await remove(leaver);
    const folder = path.join(team.app.app.get(Config).dataDir, 'mail');
    const mails = await eventually(async () => {
      const names = await readdir(folder).catch(() => []);
      const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
      const found = texts.filter((text) => text.includes(leaver.email));
      return found.length > 0 ? found : null;
    }, 15_000);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('Your account was deleted');
  }, 20_000);
});
