import { once } from 'node:events';
import { countsOfRows } from '../isolation/workspace-rows.js';
import { Deployment, Move } from '../moving/moving-under-test.js';
import { runCli, startCli } from '../support/cli.js';
import { eventually } from '../support/client.js';

const owner = 'olga@new.example';

describe('npm run parley -- workspace import, killed in the middle', () => {
  let move: Move;
  let workspaceId: string;
  let whole: { readonly rows: Readonly<Record<string, number>>; readonly files: readonly string[] };
  beforeAll(async () => {
    move = await Move.prepare(owner);
    ({ workspaceId } = move.inboxes.a);
    await move.old.export(workspaceId, move.file);
    await move.there.import(move.file, owner);
    whole = await arrived(move.there);
  }, 120_000);
  afterAll(() => move.stop());

  const arrived = async (there: Deployment) => ({
    rows: await countsOfRows(there.sql, workspaceId),
    files: await there.storedNames(),
  });
  const words = () => ['workspace', 'import', move.file, '--owner', owner];
  const environmentOf = ({ config, ownerUrl }: Deployment) => ({
    DATA_DIR: config.dataDir,
    DATABASE_URL: config.databaseUrl,
    DATABASE_OWNER_URL: ownerUrl,
  });

  /** Starts one, and kills it once something is so. */
  async function killed(there: Deployment, isSo: () => Promise<boolean>): Promise<void> {
    const started = startCli(environmentOf(there), ...words());
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(async () => {
      if (started.exitCode !== null) throw new Error(`It ended by itself: ${said}`);
      return (await isSo()) ? true : null;
    }, 30_000);
    started.kill('SIGKILL');
    await once(started, 'close');
  }

  /** Kills one that waits for a table, and gives what the next one says, which was begun while the dead one's transaction was open. */
  async function killedAt(there: Deployment, table: string) {
    await there.rows('begin');
    await there.rows(`lock table ${table} in access exclusive mode`);
    const [holder] = await there.rows('select pg_backend_pid() as pid');
    // From another connection: one transaction sees the same activity over and over.
    const waits = () =>
      move.there.rows('select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', holder?.['pid']);
    await killed(there, async () => (await waits()).length > 0);
    const left = await arrived(there);
    const next = runCli(environmentOf(there), ...words());
    await there.rows('rollback');
    return { left, next: await next };
  }

  it.each(['attachments', 'workspace_counters'])(
    'leaves no row behind at %s, and the next one takes in all of it, nothing twice: P3',
    async (table) => {
      const there = await Deployment.empty(owner);
      try {
        const { left, next } = await killedAt(there, table);
        // Bytes of files are written before the rows that name them.
        expect(left).toEqual({ rows: {}, files: whole.files });
        expect(whole.files.length).toBeGreaterThan(0);
        expect(next).toMatchObject({ code: 0, out: expect.stringContaining('is here, as it was at') });
        expect(await arrived(there)).toEqual(whole);
        expect(await there.audit(workspaceId)).toMatchObject({ broken: null, comparedOutside: true });
      } finally {
        await there.stop();
      }
    },
    60_000,
  );

  it('after its commit has done it all: the next one says that it is here, and changes nothing', async () => {
    const there = await Deployment.empty(owner);
    try {
      await killed(there, async () => (await there.rows('select from workspaces')).length > 0);
      expect(await runCli(environmentOf(there), ...words())).toMatchObject({
        code: 1,
        err: expect.stringContaining('This workspace is here already.'),
      });
      expect(await arrived(there)).toEqual(whole);
      expect(await there.audit(workspaceId)).toMatchObject({ broken: null });
    } finally {
      await there.stop();
    }
  }, 60_000);
});
