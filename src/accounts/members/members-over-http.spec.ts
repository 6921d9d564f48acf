import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../../../test/support/client.js';
import { Team, type Teammate } from '../../../test/support/team.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 30_000);
afterAll(() => team.stop());

const changeRole =
  'mutation ($memberId: ID!, $role: Role!) { changeRole(memberId: $memberId, role: $role) { id role } }';
const removeMember = 'mutation ($memberId: ID!) { removeMember(memberId: $memberId) }';
const transfer = 'mutation ($memberId: ID!) { transferOwnership(memberId: $memberId) { id } }';
const nobody = '00000000-0000-7000-8000-000000000000';

const change = ({ client }: Teammate, { id }: { id: string }, role: string) =>
  client.refusal(changeRole, { memberId: id, role });
const remove = ({ client }: Teammate, { id }: { id: string }) => client.refusal(removeMember, { memberId: id });

describe('what a member is', () => {
  it('is changed by owners and admins, never above themselves, never over somebody above them [promise 18]', async () => {
    const [admin, other, editor] = [
      await team.member('ADMIN'),
      await team.member('ADMIN'),
      await team.member('EDITOR'),
    ];
    expect(await change(admin, editor, 'VIEWER')).toBeNull();
    expect(await team.roleOf(editor)).toBe('VIEWER');
    expect(await change(admin, other, 'EDITOR')).toBeNull();
    expect(await change(admin, editor, 'ADMIN')).toBeNull();
    expect(await change(editor, admin, 'EDITOR')).toBeNull();
    for (const refused of [
      change(editor, editor, 'OWNER'),
      change(editor, team.owner, 'VIEWER'),
      change(editor, team.owner, 'ADMIN'),
      change(admin, editor, 'VIEWER'),
      change(other, other, 'ADMIN'),
    ])
      expect(await refused).toBe('FORBIDDEN');
    for (const id of [nobody, 'none', (await team.person()).id])
      expect(await change(team.owner, { id }, 'EDITOR')).toBe('NOT_FOUND');
    expect(await team.roleOf(team.owner)).toBe('OWNER');
  });

  it('cannot become less for the last owner, and a second one takes the password again [promise 18]', async () => {
    const second = await team.member('ADMIN');
    expect(await change(team.owner, team.owner, 'ADMIN')).toBe('CONFLICT');
    await team.stale(team.owner);
    expect(await change(team.owner, second, 'OWNER')).toBe('REAUTHENTICATION_REQUIRED');
    expect(await change(team.owner, second, 'EDITOR')).toBeNull();
    await team.owner.client.ask('mutation { reauthenticate(password: "a long enough password") }');
    expect(await change(team.owner, second, 'OWNER')).toBeNull();
    expect(await change(second, team.owner, 'EDITOR')).toBeNull();
    expect(await change(second, second, 'EDITOR')).toBe('CONFLICT');
    expect(await change(second, team.owner, 'OWNER')).toBeNull();
    expect(await change(team.owner, second, 'VIEWER')).toBeNull();
  });

  it('is not made by a token where a person has to say it', async () => {
    const { createApiToken } = await team.owner.client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "roles", role: OWNER) { secret } }',
    );
    const [editor, client] = [await team.member('EDITOR'), await team.member('VIEWER')];
    const token = {
      ...client,
      client: Object.assign(Object.create(client.client) as typeof client.client, {
        cookie: null,
        token: createApiToken.secret,
      }),
    };
    expect(await change(token, editor, 'ADMIN')).toBeNull();
    expect(await change(token, editor, 'OWNER')).toBe('FORBIDDEN');
    expect(await token.client.refusal(transfer, { memberId: editor.id })).toBe('FORBIDDEN');
    expect(await remove(token, team.owner)).toBe('FORBIDDEN');
    expect(await remove(token, editor)).toBeNull();
  });

  it('goes into the audit log, with what it was before [promise 19]', async () => {
    const editor = await team.member('EDITOR');
    await change(team.owner, editor, 'ADMIN');
    await change(team.owner, editor, 'ADMIN');
    await remove(team.owner, editor);
    const entries = (await team.audited()).filter(({ target }) => target === editor.id);
    const actor = `member:${team.owner.id}`;
    expect(entries).toEqual([
      { actor, action: 'member.change-role', target: editor.id, detail: { from: 'EDITOR', to: 'ADMIN' } },
      { actor, action: 'member.remove', target: editor.id, detail: { role: 'ADMIN' } },
    ]);
  });
});

describe('a membership', () => {
  it('is ended by whoever may, or by oneself; the last owner stays', async () => {
    const [admin, editor, viewer] = [
      await team.member('ADMIN'),
      await team.member('EDITOR'),
      await team.member('VIEWER'),
    ];
    expect(await remove(viewer, editor)).toBe('FORBIDDEN');
    expect(await remove(editor, viewer)).toBe('FORBIDDEN');
    expect(await remove(admin, team.owner)).toBe('FORBIDDEN');
    expect(await remove(team.owner, team.owner)).toBe('CONFLICT');
    for (const id of [nobody, 'none', (await team.person()).id]) expect(await remove(admin, { id })).toBe('NOT_FOUND');
    expect(await remove(viewer, viewer)).toBeNull();
    expect(await team.roleOf(viewer)).toBeNull();
    expect(await viewer.client.refusal('{ workspace { id } }')).toBe('NOT_FOUND');
    expect(await remove(admin, editor)).toBeNull();
    expect(await remove(admin, editor)).toBe('NOT_FOUND');
    const { workspace } = await team.owner.client.ask<{ workspace: { members: { id: string }[] } }>(
      '{ workspace { members { id } } }',
    );
    expect(workspace.members.map(({ id }) => id)).not.toContain(editor.id);
  });

  it('ends at once: requests are refused, the open socket is closed within two seconds, tokens are nobody (case A6)', async () => {
    const admin = await team.member('ADMIN');
    const { createApiToken } = await admin.client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "mine", role: EDITOR) { secret } }',
    );
    const token = await team.person();
    Object.assign(token.client, { cookie: null, token: createApiToken.secret, workspaceId: null });
    expect(await token.client.refusal('{ workspace { id } }')).toBeNull();
    const socket = await openSocket(admin);
    const closed = once(socket, 'close') as Promise<[number]>;
    const began = Date.now();
    expect(await remove(team.owner, admin)).toBeNull();
    expect(await admin.client.refusal('{ workspace { id } }')).toBe('NOT_FOUND');
    expect(await token.client.refusal('{ workspace { id } }')).toBe('UNAUTHENTICATED');
    expect((await closed)[0]).toBe(4403);
    expect(Date.now() - began).toBeLessThan(2_000);
    // The person is still signed in, and somebody; just not here.
    expect(await admin.client.ask('{ viewer { memberships { role } } }')).toEqual({ viewer: { memberships: [] } });
  });

  it('lets go of the conversations that were its own, and its words stay', async () => {
    const editor = await team.member('EDITOR');
    const ids = await conversationOf(team, editor.id);
    expect(await remove(team.owner, editor)).toBeNull();
    await eventually(async () => {
      const { rows } = await team.sql.query('select from conversations where id = $1 and assignee_id is null', [
        ids.conversation,
      ]);
      return rows.length > 0 ? true : null;
    });
    const { rows } = await team.sql.query('select member_id, text from messages where id = $1', [ids.message]);
    expect(rows).toEqual([{ member_id: editor.id, text: 'a note' }]);
  });

  it('can begin again after it ended', async () => {
    const viewer = await team.member('VIEWER');
    expect(await remove(viewer, viewer)).toBeNull();
    await team.sql.query(
      `insert into members (workspace_id, id, user_id, role) select $1, gen_random_uuid(), id, 'EDITOR' from users where email = $2`,
      [team.workspaceId, viewer.email],
    );
    expect(await viewer.client.refusal('{ workspace { id } }')).toBeNull();
  });
});

describe('ownership', () => {
  it('is handed over by an owner who just gave the password, to a member who can act (case A8)', async () => {
    const [heir, admin] = [await team.member('VIEWER'), await team.member('ADMIN')];
    expect(await admin.client.refusal(transfer, { memberId: admin.id })).toBe('FORBIDDEN');
    await team.stale(team.owner);
    expect(await team.owner.client.refusal(transfer, { memberId: heir.id })).toBe('REAUTHENTICATION_REQUIRED');
    await team.owner.client.ask('mutation { reauthenticate(password: "a long enough password") }');
    for (const memberId of [nobody, 'none', (await team.person()).id])
      expect(await team.owner.client.refusal(transfer, { memberId })).toBe('NOT_FOUND');
    expect(await team.owner.client.refusal(transfer, { memberId: team.owner.id })).toBe('BAD_USER_INPUT');
    await team.sql.query('update members set frozen = true where id = $1', [heir.id]);
    expect(await team.owner.client.refusal(transfer, { memberId: heir.id })).toBe('CONFLICT');
    await team.sql.query('update members set frozen = false where id = $1', [heir.id]);
    expect(await team.owner.client.refusal(transfer, { memberId: heir.id })).toBeNull();
    expect([await team.roleOf(heir), await team.roleOf(team.owner)]).toEqual(['OWNER', 'ADMIN']);
    expect(await heir.client.refusal(transfer, { memberId: team.owner.id })).toBeNull();
  });

  it('stays with one of two owners who demote each other, or leave, at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const second = await team.member('OWNER');
      const outcomes = await Promise.all(
        round % 2 === 0
          ? [change(team.owner, second, 'ADMIN'), change(second, team.owner, 'ADMIN')]
          : [change(team.owner, team.owner, 'ADMIN'), remove(second, second)],
      );
      expect(outcomes.filter((code) => code === null)).toHaveLength(1);
      const roles = [await team.roleOf(team.owner), await team.roleOf(second)];
      expect(roles.filter((role) => role === 'OWNER')).toHaveLength(1);
      await team.sql.query(`update members set role = 'OWNER' where id = $1`, [team.owner.id]);
      await team.sql.query(`update members set role = 'VIEWER' where id = $1`, [second.id]);
    }
  });
});

/** A conversation of the member, in which they wrote a note. */
async function conversationOf({ sql, workspaceId }: Team, memberId: string) {
  const [channel, contact, conversation, message] = Array.from({ length: 4 }, () => crypto.randomUUID());
  await sql.query(
    `insert into channels (workspace_id, id, kind, provider, name, external_id, status) values ($1, $2, 'MESSENGER', 'meta', 'Page', 'page', 'CONNECTED')`,
    [workspaceId, channel],
  );
  await sql.query('insert into contacts (workspace_id, id) values ($1, $2)', [workspaceId, contact]);
  await sql.query(
    `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, assignee_id) values ($1, $2, $3, $4, $2, $5)`,
    [workspaceId, conversation, channel, contact, memberId],
  );
  await sql.query(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, member_id, text, sent_at)
     values ($1, $2, $3, $4, 'NOTE', 'MEMBER', 'TEXT', 'SENT', $5, 'a note', now())`,
    [workspaceId, message, conversation, channel, memberId],
  );
  return { conversation, message };
}

/** A socket of the member's page, once the server has let it in. */
async function openSocket({ client }: Teammate): Promise<WebSocket> {
  const socket = new WebSocket(`${client.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { cookie: client.cookie ?? '' },
    origin: client.url,
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { workspaceId: client.workspaceId } }));
  await once(socket, 'message');
  return socket;
}
