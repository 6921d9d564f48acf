import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/**
 * Rounds: a conversation's begins when the customer writes and ends when it is resolved; the next message of the customer
 * begins another. The round that goes on stands in the conversation, one that is over has a row. A trigger follows them,
 * whoever changes a conversation; its conditions are all that a message of a round that goes on pays for.
 */
export class Rounds1763700820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table conversations
        add column round smallint not null default 0,
        add column round_started_at timestamptz,
        add column answered_at timestamptz,
        add column answer_id uuid`);
    await runner.query(`
      create table conversation_rounds (
        workspace_id uuid not null,
        conversation_id uuid not null,
        round smallint not null,
        started_at timestamptz not null,
        answered_at timestamptz,
        answer_id uuid,
        resolved_at timestamptz not null,
        member_id uuid,
        primary key (workspace_id, conversation_id, round),
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete set null (member_id))`);
    await runner.query(`create index conversation_rounds_started on conversation_rounds (workspace_id, started_at)`);
    await runner.query(`create index conversation_rounds_resolved on conversation_rounds (workspace_id, resolved_at)`);
    await runner.query(
      `create index conversation_rounds_member on conversation_rounds (workspace_id, member_id) where member_id is not null`,
    );
    await tenantTable(runner, 'conversation_rounds');
    await runner.query(`
      create function follow_round() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' then
          if new.status = 'RESOLVED' and old.status <> 'RESOLVED' then
            if old.round_started_at is not null then
              insert into conversation_rounds (workspace_id, conversation_id, round, started_at, answered_at, answer_id, resolved_at, member_id)
              values (old.workspace_id, old.id, old.round, old.round_started_at, old.answered_at, old.answer_id, now(), new.assignee_id);
            end if;
            new.round_started_at := null;
            new.answered_at := null;
            new.answer_id := null;
            return new;
          end if;
          if old.status = 'RESOLVED' and new.status <> 'RESOLVED' and new.last_inbound_at is not distinct from old.last_inbound_at then
            -- A member opens it again, so it goes on as if it had not been resolved.
            delete from conversation_rounds r
             where r.workspace_id = old.workspace_id and r.conversation_id = old.id and r.round = old.round
            returning r.started_at, r.answered_at, r.answer_id into new.round_started_at, new.answered_at, new.answer_id;
            return new;
          end if;
          if new.round_started_at is not null then
            if new.answered_at is null and new.waiting_since is null then
              new.answered_at := new.last_activity_at;
              new.answer_id := new.last_message_id;
            end if;
            return new;
          end if;
          if new.last_inbound_at is not distinct from old.last_inbound_at then
            return new;
          end if;
        end if;
        new.round := new.round + 1;
        new.round_started_at := coalesce(new.waiting_since, new.last_inbound_at);
        if new.waiting_since is null then
          new.answered_at := new.last_activity_at;
          new.answer_id := new.last_message_id;
        end if;
        return new;
      end $$`);
    await runner.query(`
      create trigger round_begins before insert on conversations
        for each row when (new.last_inbound_at is not null and new.status <> 'RESOLVED') execute function follow_round()`);
    await runner.query(`
      create trigger round_goes_on before update of status, waiting_since, last_inbound_at on conversations
        for each row when (
          (old.status = 'RESOLVED') <> (new.status = 'RESOLVED')
          or (new.status <> 'RESOLVED' and new.round_started_at is null and new.last_inbound_at is distinct from old.last_inbound_at)
          or (new.round_started_at is not null and new.answered_at is null and old.waiting_since is not null and new.waiting_since is null))
        execute function follow_round()`);
    // Of what was there before, only who waits now is known to be in a round that nobody has answered.
    await runner.query(`
      update conversations set round = 1, round_started_at = waiting_since where waiting_since is not null and status <> 'RESOLVED'`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
