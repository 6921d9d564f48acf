import { Team } from '../../../test/support/team.js';
import { createWebChat } from '../../../test/support/visitor.js';
import { BeginBillingWorker } from './begin-billing.worker.js';
import { ReconcileBillingWorker } from './reconcile-billing.worker.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 30_000);
afterAll(() => team.stop());

describe('a deployment that sells nothing any more', () => {
  it('thaws at its start what was frozen for want of a plan', async () => {
    const { client } = await team.person();
    const workspaceId = client.workspaceId ?? '';
    await createWebChat(client);
    await client.ask('mutation { createBot(input: { name: "Ada", disclosure: "I am a machine." }) { id } }');
    const late = await team.signedIn('late');
    await team.sql.query(
      `insert into members (workspace_id, id, user_id, role, frozen) values ($1, gen_random_uuid(), $2, 'EDITOR', true)`,
      [workspaceId, late.userId],
    );
    await team.sql.query('update channels set frozen = true where workspace_id = $1', [workspaceId]);
    await team.sql.query('update bots set frozen = true where workspace_id = $1', [workspaceId]);
    await team.sql.query(
      `insert into due (kind, workspace_id, row_id, due_at) values ('reconcile-billing', $1, $1, now() + interval '1 day')`,
      [workspaceId],
    );
    await team.app.app.get(BeginBillingWorker, { strict: false }).onApplicationBootstrap();
    const { rows: waiting } = await team.sql.query(
      `select from due where kind = 'reconcile-billing' and workspace_id = $1 and due_at > now()`,
      [workspaceId],
    );
    expect(waiting).toEqual([]);
    const worker = team.app.app.get(ReconcileBillingWorker, { strict: false });
    const { signal } = new AbortController();
    const job = { kind: worker.kind, workspaceId, rowId: workspaceId, attempt: 1, signal };
    expect(await worker.run(job)).toBeUndefined();
    const { rows } = await team.sql.query(
      `select 'member' as what, frozen from members where workspace_id = $1 union all
       select 'channel', frozen from channels where workspace_id = $1 union all
       select 'bot', frozen from bots where workspace_id = $1 order by 1`,
      [workspaceId],
    );
    expect(rows).toEqual([
      { what: 'bot', frozen: false },
      { what: 'channel', frozen: false },
      { what: 'member', frozen: false },
      { what: 'member', frozen: false },
    ]);
  });
});
