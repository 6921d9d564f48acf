import type { MigrationInterface, QueryRunner } from 'typeorm';
import { moreNotificationKinds } from './statements/notification-kinds.js';
import { tenantTable } from './statements/tenant-table.js';

/** Members are reminded of leads, and leads are given to members in turn. */
export class LeadReminders1763770002100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.reminders(runner);
    await this.assignment(runner);
    await moreNotificationKinds(runner, 'LEAD_ASSIGNED', 'LEAD_REMINDER');
    // Whoever chose before they could be told of gets them where they want to know what is assigned to them.
    await runner.query(`
      update notification_preferences
         set mail = case when 'ASSIGNED' = any (mail) then mail || array['LEAD_ASSIGNED', 'LEAD_REMINDER'] else mail end,
             push = case when 'ASSIGNED' = any (push) then push || array['LEAD_ASSIGNED', 'LEAD_REMINDER'] else push end`);
  }

  private async reminders(runner: QueryRunner): Promise<void> {
    // told_at: when the member was told; it stays until it is cleared, as what is to be done is not done by that.
    await runner.query(`
      create table lead_reminders (
        workspace_id uuid not null,
        id uuid not null,
        lead_id uuid not null,
        member_id uuid not null,
        due_at timestamptz not null,
        text text,
        told_at timestamptz,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, lead_id, member_id),
        foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index lead_reminders_member on lead_reminders (workspace_id, member_id, due_at, id)`);
    await tenantTable(runner, 'lead_reminders');
  }

  private async assignment(runner: QueryRunner): Promise<void> {
    // turn: how many leads were given so far; an assignee's, which of them was theirs last. The least is next.
    await runner.query(`
      create table lead_assignments (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        mode text not null check (mode in ('OFF', 'ROUND_ROBIN')),
        sources text[] not null check (sources <@ array['LEAD_AD', 'CONTACT_FORM', 'CHAT', 'MANUAL', 'IMPORT']),
        turn bigint not null default 0,
        primary key (workspace_id)
      )`);
    await tenantTable(runner, 'lead_assignments');
    await runner.query(`
      create table lead_assignees (
        workspace_id uuid not null,
        member_id uuid not null,
        turn bigint not null default 0,
        primary key (workspace_id, member_id),
        foreign key (workspace_id) references lead_assignments (workspace_id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await tenantTable(runner, 'lead_assignees');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
