import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Sql, newId, sql as sqlOf } from '../../src/platform/database/index.js';
import { runCli } from '../support/cli.js';
import { AuditUnderTest } from './audit-under-test.js';
import { linkAnew } from './damages.js';

const length = 12;

let audit: AuditUnderTest;
beforeAll(async () => void (audit = await AuditUnderTest.start()));
afterAll(() => audit.stop());

/** The first entries of a log, as if they had been written 40 days ago. */
async function aged(id: string, upTo: number): Promise<void> {
  await audit.sql.query(`update audit_entries set at = at - interval '40 days' where workspace_id = $1 and seq <= $2`, [
    id,
    upTo,
  ]);
  await linkAnew(audit.sql, id);
  await audit.heads.forget(id);
}

describe('an audit log', () => {
  it('that nobody touched is whole, to its last entry', async () => {
    const id = await audit.workspaceWith(length);
    expect(await audit.verification.verify(id)).toEqual({
      workspaceId: id,
      entries: length,
      last: String(length),
      comparedOutside: true,
      broken: null,
    });
    await audit.add(id, 3);
    expect(await audit.verification.verify(id)).toMatchObject({ entries: length + 3, broken: null });
    expect(await audit.verification.verify(newId())).toBeNull();
  });

  it('stays whole while many write to it at once', async () => {
    const id = await audit.workspaceWith(1);
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        if (n % 4 === 3) return audit.brokenIn(id);
        await audit.add(id, 2);
        return null;
      }),
    );
    expect(verdicts.every((broken) => broken === null)).toBe(true);
    expect(await audit.verification.verify(id)).toMatchObject({ entries: 31, broken: null });
  });

  it('names the first broken link', async () => {
    const id = await audit.workspaceWith(length);
    await audit.sql.query(`update audit_entries set action = 'x' where workspace_id = $1 and seq in (5, 9)`, [id]);
    expect(await audit.brokenIn(id)).toEqual({ seq: '5', reason: 'it was changed' });
    await audit.sql.query('delete from audit_entries where workspace_id = $1 and seq = 3', [id]);
    expect(await audit.brokenIn(id)).toEqual({ seq: '3', reason: 'it is missing' });
  });

  it('shows a head outside that was tampered with, and takes half a line for what it is', async () => {
    const id = await audit.workspaceWith(length);
    const file = path.join(audit.folder, 'audit', `${id}.heads`);
    await appendFile(file, '13 half a li');
    expect(await audit.brokenIn(id)).toBeNull();
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${line.replace(/^12/, '11')}\n`);
    expect(await audit.brokenIn(id)).toMatchObject({
      reason: expect.stringContaining('not one that this deployment signed'),
    });
  });

  it('is pruned behind a signed checkpoint, and checked from there on', async () => {
    const id = await audit.workspaceWith(length);
    expect(await audit.prune(id)).toEqual({ gone: 0, more: false });
    await aged(id, 8);
    await audit.add(id, 1);
    expect(await audit.prune(id)).toEqual({ gone: 8, more: false });
    expect(await audit.prune(id)).toEqual({ gone: 0, more: false });
    expect(await audit.verification.verify(id)).toEqual({
      workspaceId: id,
      entries: 5,
      last: '13',
      comparedOutside: true,
      broken: null,
    });
    await audit.add(id, 1);
    expect(await audit.brokenIn(id)).toBeNull();
    await audit.sql.query('delete from audit_entries where workspace_id = $1 and seq = 9', [id]);
    expect(await audit.brokenIn(id)).toEqual({ seq: '9', reason: 'it is missing' });
    await audit.sql.query('delete from audit_checkpoints where workspace_id = $1', [id]);
    expect(await audit.brokenIn(id)).toEqual({ seq: '1', reason: 'it is missing' });
  });

  it('goes in bounded batches, and is whole after each; who checks it meanwhile finds no fault', async () => {
    const id = await audit.workspaceWith(10_010);
    await aged(id, 10_003);
    expect(await audit.prune(id)).toEqual({ gone: 5_000, more: true });
    expect(await audit.verification.verify(id)).toMatchObject({ entries: 5_010, broken: null });
    // Right after somebody who checks has read where the chain begins.
    const { checkpoints } = audit;
    const latest = checkpoints.latest.bind(checkpoints);
    let pruned: unknown = null;
    checkpoints.latest = async (tx) => {
      const found = await latest(tx);
      pruned ??= await audit.prune(id);
      return found;
    };
    expect(await audit.verification.verify(id)).toMatchObject({ entries: 10, last: '10010', broken: null });
    expect(pruned).toEqual({ gone: 5_000, more: true });
    checkpoints.latest = latest;
    expect(await audit.prune(id)).toEqual({ gone: 3, more: false });
    expect(await audit.verification.verify(id)).toMatchObject({ entries: 7, broken: null });
  });

  it('loses nothing to the server’s own rights: no edit, no removal, no pruning of what is young', async () => {
    const id = await audit.workspaceWith(2);
    const as = (statement: Sql) =>
      audit.workspaces
        .run(id, (tx) => tx.execute(statement))
        .then(
          () => 'done',
          (error: { code?: string }) => error.code,
        );
    expect(await as(sqlOf`update audit_entries set action = 'x'`)).toBe('42501');
    expect(await as(sqlOf`delete from audit_entries`)).toBe('42501');
    expect(await as(sqlOf`delete from audit_checkpoints`)).toBe('42501');
    expect(await as(sqlOf`select prune_audit_entries(2, now())`)).toBe('42501');
    expect(await as(sqlOf`select prune_audit_entries(2, now() - interval '31 days')`)).toBe('42501');
    expect(await audit.brokenIn(id)).toBeNull();
  });

  it('is checked by the command line, which says what is broken by its exit code', async () => {
    const [whole, hurt] = [await audit.workspaceWith(3), await audit.workspaceWith(3)];
    await audit.sql.query('delete from audit_entries where workspace_id = $1 and seq = 3', [hurt]);
    const environment = {
      DATABASE_URL: audit.database.appUrl,
      DATABASE_OWNER_URL: audit.database.ownerUrl,
      DATA_DIR: audit.folder,
    };
    const fine = await runCli(environment, 'audit', 'verify', whole, '--json');
    expect([fine.code, JSON.parse(fine.out)]).toEqual([
      0,
      { ok: true, workspaces: [{ workspaceId: whole, entries: 3, last: '3', comparedOutside: true, broken: null }] },
    ]);
    const all = await runCli(environment, 'audit', 'verify');
    expect(all.code).toBe(1);
    expect(all.err).toContain(`${hurt}: entry 3, it is missing`);
    expect(all.out).toContain(whole);
    expect((await runCli(environment, 'audit', 'verify', newId())).code).toBe(1);
    expect((await runCli(environment, 'audit', 'verify', 'nothing')).code).toBe(2);
    expect((await runCli(environment, 'audit', 'verify', whole, hurt)).code).toBe(2);
    expect((await runCli({ ...environment, DATA_DIR: `${audit.folder}/none` }, 'audit', 'verify')).err).toContain(
      'ENCRYPTION_KEYS',
    );
  }, 60_000);
});
