import { AuditUnderTest } from './audit-under-test.js';
import { damages, draws } from './damages.js';

const length = 12;

/** Damages a log so often, each time in a way that was drawn, and looks whether it shows. `SEED` draws the same again. */
export function tryDamages(rounds: number): void {
  it(`each of ${String(rounds)} damages shows: edit, drop, cut, exchange, addition (case P6) [promise 19]`, async () => {
    const audit = await AuditUnderTest.start();
    try {
      const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
      const draw = draws(seed);
      const id = await audit.workspaceWith(length);
      await audit.sql.query(`create temporary table kept as select * from audit_entries where workspace_id = '${id}'`);
      await audit.sql.query(
        `create temporary table counted as select * from workspace_counters where workspace_id = '${id}'`,
      );
      const names = Object.keys(damages);
      const unseen: string[] = [];
      const seen = new Set<string>();
      for (let round = 0; round < rounds; round += 1) {
        const name = names[round % names.length] ?? '';
        await damages[name]?.(audit.sql, id, draw);
        const broken = await audit.brokenIn(id);
        if (broken === null) unseen.push(`${name} (round ${String(round)}, SEED=${String(seed)})`);
        else seen.add(`${name}: ${broken.reason}`);
        await audit.sql.query(`
          delete from audit_checkpoints where workspace_id = '${id}';
          delete from audit_entries where workspace_id = '${id}';
          insert into audit_entries select * from kept;
          update workspace_counters c set audit = k.audit, audit_hash = k.audit_hash from counted k where c.workspace_id = k.workspace_id`);
      }
      expect(unseen).toEqual([]);
      // Of every kind one at least.
      expect(seen.size).toBeGreaterThanOrEqual(names.length);
      expect(await audit.brokenIn(id)).toBeNull();
    } finally {
      await audit.stop();
    }
  }, 300_000);
}
