import { newId } from '../../src/platform/database/index.js';
import { TestClient } from '../support/client.js';
import { Team } from '../support/team.js';

let team: Team;
beforeAll(async () => void (team = await Team.start({ redis: false })), 60_000);
afterAll(() => team.stop());

const download = (client: TestClient, { workspace = '', header = true } = {}) => {
  const headers = client.headers();
  if (!header) delete headers['x-workspace-id'];
  return fetch(`${team.app.url}/exports/audit.jsonl${workspace === '' ? '' : `?workspace=${workspace}`}`, { headers });
};

interface Line {
  readonly seq: string;
  readonly id: string;
  readonly hash: string;
  readonly action: string;
}
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('the audit log as a file', () => {
  it('has every entry, the oldest first, as the log shows it [promise 19]', async () => {
    await team.sql.query(
      `update audit_entries set detail = jsonb_build_object('words', E'two\nlines') where workspace_id = $1 and seq = 1`,
      [team.workspaceId],
    );
    for (let number = 0; number < 3; number += 1)
      await team.owner.client.ask(`mutation { updateWorkspace(input: { name: "Shop ${String(number)}" }) { id } }`);
    const answer = await download(team.owner.client, { workspace: team.workspaceId, header: false });
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const lines = linesOf(await answer.text());
    const { auditLog } = await team.owner.client.ask<{ auditLog: { nodes: Record<string, unknown>[] } }>(
      '{ auditLog(first: 100) { nodes { id at actor action target ip detail hash } } }',
    );
    expect(lines).toEqual(auditLog.nodes.reverse().map((entry, index) => ({ seq: String(index + 1), ...entry })));
  });

  it('is whole however long it is', async () => {
    const person = await team.person('Long');
    await team.sql.query(
      `insert into audit_entries (workspace_id, id, seq, at, actor, action, salt, commitment, hash)
       select $1, gen_random_uuid(), n, now(), 'system', 'x', '\\x00', '\\x00', '\\x00' from generate_series(1000, 2700) n`,
      [person.client.workspaceId],
    );
    const lines = linesOf(await (await download(person.client)).text());
    expect(lines.filter(({ action }) => action === 'x')).toHaveLength(1_701);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  });

  it('is for those who may read it, in their own workspace', async () => {
    for (const role of ['EDITOR', 'VIEWER']) {
      const { client } = await team.member(role);
      expect((await download(client)).status).toBe(403);
    }
    expect((await download(new TestClient(team.app.url))).status).toBe(401);
    expect((await download(team.owner.client, { header: false })).status).toBe(422);
    const other = await team.person('Other');
    const refused = async (workspace: string) => {
      const answer = await download(other.client, { workspace, header: false });
      return [answer.status, (await answer.text()).replace(/"requestId":"[^"]*"/, '')];
    };
    const unknown = await refused(newId());
    expect(unknown[0]).toBe(404);
    for (const workspace of [team.workspaceId, 'none', "'", '%00']) expect(await refused(workspace)).toEqual(unknown);
    const { createApiToken } = await team.owner.client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "SIEM", role: ADMIN) { secret } }',
    );
    const byToken = new TestClient(team.app.url);
    byToken.token = createApiToken.secret;
    expect((await download(byToken)).status).toBe(200);
    expect((await download(byToken, { workspace: other.client.workspaceId ?? '' })).status).toBe(404);
  });
});
