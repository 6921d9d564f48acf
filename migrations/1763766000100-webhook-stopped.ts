import type { MigrationInterface, QueryRunner } from 'typeorm';

const kinds = `'NEW_CONVERSATION', 'ASSIGNED', 'MENTIONED', 'NEW_LEAD', 'HANDED_OFF', 'CHANNEL_TROUBLE', 'PRIVACY_DUE', 'LIMIT_NEAR', 'WEBHOOK_STOPPED'`;

/** Members are told where a system of the business is not called any more. */
export class WebhookStopped1763766000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await widen(runner, 'notification_preferences', 'mail', `mail <@ array[${kinds}]`);
    await widen(runner, 'notification_preferences', 'push', `push <@ array[${kinds}]`);
    await widen(runner, 'notifications', 'kind', `kind in (${kinds})`);
    // Whoever chose before it could be told of gets it where they want to know of channels that do not work.
    await runner.query(`
      update notification_preferences
         set mail = case when 'CHANNEL_TROUBLE' = any (mail) then array_append(mail, 'WEBHOOK_STOPPED') else mail end,
             push = case when 'CHANNEL_TROUBLE' = any (push) then array_append(push, 'WEBHOOK_STOPPED') else push end`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

/** Checked afterwards, so that nobody waits while the rows are read. */
async function widen(runner: QueryRunner, table: string, column: string, check: string): Promise<void> {
  const name = `${table}_${column}_check`;
  await runner.query(`alter table ${table} drop constraint if exists ${name}`);
  await runner.query(`alter table ${table} add constraint ${name} check (${check}) not valid`);
  await runner.query(`alter table ${table} validate constraint ${name}`);
}
