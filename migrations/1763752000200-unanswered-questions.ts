import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** What customers asked and no knowledge answers, gathered: a question holds no words, each time that it was asked does. */
export class UnansweredQuestions1763752000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table unanswered_questions (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        status text not null check (status in ('OPEN', 'ANSWERED', 'DISMISSED')),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'unanswered_questions');

    // message_id: the message that asked it; it may be erased before the conversation is, so it is no foreign key.
    await runner.query(`
      create table question_askings (
        workspace_id uuid not null,
        id uuid not null,
        question_id uuid not null,
        conversation_id uuid not null,
        message_id uuid not null,
        text text not null,
        stems text[] not null,
        asked_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, conversation_id, message_id),
        foreign key (workspace_id, question_id) references unanswered_questions (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade
      )`);
    await runner.query(
      `create index question_askings_question on question_askings (workspace_id, question_id, id desc)`,
    );
    await tenantTable(runner, 'question_askings');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
