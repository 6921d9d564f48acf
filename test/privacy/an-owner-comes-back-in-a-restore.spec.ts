import { jest } from '@jest/globals';
import { Workspaces, newId } from '../../src/platform/database/index.js';
import { Journal, type JournalEntry } from '../../src/privacy/index.js';
import { ReplayPrivacy } from '../../src/privacy/replay/replay-privacy.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';

let under: InboxUnderTest;

// No worker runs by itself: what is done again is done by the replay alone.
beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { ROLE: 'api' } });
}, 60_000);
afterAll(() => under.stop());

interface Served {
  readonly role: 'ADMIN' | 'EDITOR' | 'OWNER';
  /** For how long they have been a member. */
  readonly days: number;
  readonly frozen?: boolean;
}

/** Somebody who needs no session; gives the id of the membership. */
async function colleague({ workspaceId }: TestInbox, { role, days, frozen = false }: Served): Promise<string> {
  const userId = newId();
  await under.admin.query(
    `insert into users (id, email, name, password_hash, email_verified_at) values ($1, $2, 'Colleague', 'none', now())`,
    [userId, `${userId}@example.com`],
  );
  const joined = new Date(Date.now() - days * 86_400_000);
  return under.insert('members', workspaceId, { user_id: userId, role, frozen, joined_at: joined });
}

/** The owner is by the backup whoever handed the workspace over and deleted their account since; the team is as given. */
async function restored(...team: readonly Served[]) {
  const mia = await under.inbox('Mia');
  const members: string[] = [];
  for (const one of team) members.push(await colleague(mia, one));
  const journal = under.app.app.get(Journal);
  const from = await journal.position();
  const { userId = null, memberId } = mia.member;
  const known = await under.admin.query<{ row: object }>('select to_jsonb(u) as row from users u where id = $1', [
    userId,
  ]);
  const successor = await colleague(mia, { role: 'EDITOR', days: 0 });
  await mia.client.ask('mutation ($id: ID!) { transferOwnership(memberId: $id) { id } }', {
    id: successor,
  });
  await mia.client.ask('mutation { deleteAccount(password: "a long enough password") }');
  const entries: JournalEntry[] = [];
  for await (const entry of journal.read(from)) entries.push(entry);
  // As the backup has it, in which the successor is nobody yet.
  await under.admin.query('insert into users select * from jsonb_populate_record(null::users, $1)', [
    known.rows[0]?.row,
  ]);
  await under.admin.query(`update members set user_id = $1, role = 'OWNER' where id = $2`, [userId, memberId]);
  await under.admin.query(`update members set user_id = null, role = 'VIEWER' where id = $1`, [successor]);
  return { mia, members, replay: () => under.app.app.get(ReplayPrivacy).run(entries) };
}

async function ownersOf({ workspaceId }: TestInbox): Promise<string[]> {
  const { rows } = await under.admin.query<{ id: string }>(
    `select id from members where workspace_id = $1 and role = 'OWNER' and user_id is not null`,
    [workspaceId],
  );
  return rows.map(({ id }) => id);
}

async function givenBySystem({ workspaceId }: TestInbox): Promise<unknown[]> {
  const { rows } = await under.admin.query<object>(
    `select action, target, detail from audit_entries where workspace_id = $1 and actor = 'system' order by seq`,
    [workspaceId],
  );
  return rows;
}

it.each([
  [
    'the admin who was there longest',
    1,
    [
      { role: 'EDITOR', days: 9 },
      { role: 'ADMIN', days: 7 },
      { role: 'ADMIN', days: 5 },
    ],
  ],
  [
    'whoever was there longest, where there is no admin',
    0,
    [
      { role: 'EDITOR', days: 9 },
      { role: 'EDITOR', days: 5 },
    ],
  ],
  [
    'nobody whose seat is paused while somebody can act',
    1,
    [
      { role: 'ADMIN', days: 9, frozen: true },
      { role: 'EDITOR', days: 5 },
    ],
  ],
] as const)(
  'leaves no workspace without an owner: %s becomes it, and the log says so [promise 71]',
  async (_who, heir, team) => {
    const { mia, members, replay } = await restored(...team);
    expect([await replay(), await replay()]).toEqual([1, 0]);
    const target = members[heir];
    expect(await ownersOf(mia)).toEqual([target]);
    const detail = { from: team[heir].role, to: 'OWNER' };
    expect(await givenBySystem(mia)).toEqual([{ action: 'member.change-role', target, detail }]);
  },
  30_000,
);

it('makes nobody owner where another owner is left', async () => {
  const { mia, members, replay } = await restored({ role: 'OWNER', days: 1 }, { role: 'ADMIN', days: 9 });
  await replay();
  expect(await ownersOf(mia)).toEqual([members[0]]);
  expect(await givenBySystem(mia)).toEqual([]);
}, 30_000);

it('looks into no workspace that the person does not belong to', async () => {
  const { mia, replay } = await restored({ role: 'ADMIN', days: 1 });
  const looks = [jest.spyOn(Workspaces.prototype, 'read'), jest.spyOn(Workspaces.prototype, 'run')];
  await replay();
  const looked = new Set(looks.flatMap(({ mock }) => mock.calls.map(([workspaceId]) => workspaceId)));
  for (const look of looks) look.mockRestore();
  // Mia's own is the only one of all that are here by now.
  expect([...looked]).toEqual([mia.workspaceId]);
}, 30_000);
