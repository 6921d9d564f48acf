import type { QueryRunner } from 'typeorm';

/**
 * Lets members be told of more kinds of news. Those that stand are read, so that it does not matter in which order
 * migrations add theirs. Checked afterwards, so that nobody waits while the rows are read.
 */
export async function moreNotificationKinds(runner: QueryRunner, ...kinds: readonly string[]): Promise<void> {
  const [found] = (await runner.query(
    `select pg_get_constraintdef(oid) as said from pg_constraint where conname = 'notifications_kind_check'`,
  )) as { said: string }[];
  const standing = [...(found?.said ?? '').matchAll(/'([A-Z_]+)'/g)].map(([, kind = '']) => kind);
  const all = [...new Set([...standing, ...kinds])].sort().map((kind) => `'${kind}'`);
  await widen(runner, 'notification_preferences', 'mail', `mail <@ array[${all.join(', ')}]`);
  await widen(runner, 'notification_preferences', 'push', `push <@ array[${all.join(', ')}]`);
  await widen(runner, 'notifications', 'kind', `kind in (${all.join(', ')})`);
}

async function widen(runner: QueryRunner, table: string, column: string, check: string): Promise<void> {
  const name = `${table}_${column}_check`;
  await runner.query(`alter table ${table} drop constraint if exists ${name}`);
  await runner.query(`alter table ${table} add constraint ${name} check (${check}) not valid`);
  await runner.query(`alter table ${table} validate constraint ${name}`);
}
