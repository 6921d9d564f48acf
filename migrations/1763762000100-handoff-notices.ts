import type { MigrationInterface, QueryRunner } from 'typeorm';

const kinds = `'NEW_CONVERSATION', 'ASSIGNED', 'MENTIONED', 'HANDED_OFF', 'NEW_LEAD', 'CHANNEL_TROUBLE', 'PRIVACY_DUE', 'LIMIT_NEAR'`;

/** Members can be told that a machine yielded a conversation. The new lists are wider: nothing that stands has to be looked at. */
export class HandoffNotices1763762000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table notifications
        drop constraint notifications_kind_check,
        add constraint notifications_kind_check check (kind in (${kinds}))`);
    await runner.query(`
      alter table notification_preferences
        drop constraint notification_preferences_mail_check,
        drop constraint notification_preferences_push_check,
        add constraint notification_preferences_mail_check check (mail <@ array[${kinds}]),
        add constraint notification_preferences_push_check check (push <@ array[${kinds}])`);
    // Whoever chose before it could be told of gets it where they want to know what waits for them; who ended mails gets none.
    await runner.query(`
      update notification_preferences
         set mail = case when 'ASSIGNED' = any (mail) then array_append(mail, 'HANDED_OFF') else mail end,
             push = case when 'ASSIGNED' = any (push) then array_append(push, 'HANDED_OFF') else push end`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
