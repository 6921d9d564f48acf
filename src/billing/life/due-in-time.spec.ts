import { sellingEnvironment } from '../../../test/support/billing.js';
import { startTestApp } from '../../../test/support/app.js';
import { eventually } from '../../../test/support/client.js';
import { Team } from '../../../test/support/team.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';

describe('what ends by itself', () => {
  it('waits in the database: a process that comes later, without Redis, makes it good once', async () => {
    const selling = await sellingEnvironment();
    const team = await Team.start({ redis: false, environment: { ...selling, ROLE: 'api' } });
    try {
      const { workspaceId } = team;
      // The clock is turned: the trial ended a minute ago, and with it what was to be looked at is due.
      await team.sql.query(
        `update subscriptions set trial_ends_at = now() - interval '1 minute', live_until = now() - interval '1 minute'`,
      );
      await team.sql.query(`update due set due_at = now() - interval '1 minute' where kind = 'look-at-standing'`);
      const status = async () =>
        (
          await team.sql.query<{ status: string }>('select status from subscriptions where workspace_id = $1', [
            workspaceId,
          ])
        ).rows[0]?.status;
      expect(await status()).toBe('TRIALING');
      const later = { redis: false, database: team.app.database, environment: selling } as const;
      const workers = await Promise.all([startTestApp(later), startTestApp(later)]);
      try {
        await eventually(async () => (await status()) === 'EXPIRED' || null);
        const mails = async () =>
          (await Promise.all(workers.map(({ app }) => mailsIn(app.get(Config).mailFolder))))
            .flat()
            .filter(({ to }) => to.includes(team.owner.email))
            .filter(({ name }) => name.includes('-trial-ended-'));
        await eventually(async () => (await mails()).length > 0 || null);
        await eventually(async () => {
          const { rows } = await team.sql.query(
            `select 1 from due where kind in ('billing-mails', 'look-at-standing', 'send-mail') and due_at <= now()`,
          );
          return rows.length === 0 || null;
        });
        expect(await mails()).toHaveLength(1);
      } finally {
        for (const { close } of workers) await close();
      }
    } finally {
      await team.stop();
    }
  }, 60_000);
});
