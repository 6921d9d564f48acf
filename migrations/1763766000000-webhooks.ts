import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from './statements/tenant-table.js';

/** The systems of a business that are told what happens here, and each call that they are owed: ids alone, never words. */
export class Webhooks1763766000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.endpoints(runner);
    await this.deliveries(runner);
    await this.queue(runner);
  }

  private async endpoints(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_endpoints (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        url text not null,
        events text[] not null,
        disabled_because text check (disabled_because in ('GONE', 'FAILING', 'MEMBER')),
        failing_since timestamptz,
        rests_until timestamptz,
        secret bytea not null,
        former_secret bytea,
        former_until timestamptz,
        created_at timestamptz not null default now(),
        primary key (workspace_id, id)
      )`);
    await tenantTable(runner, 'webhook_endpoints');
  }

  private async deliveries(runner: QueryRunner): Promise<void> {
    // message_id: it may go before the call is made, which is then canceled; so it is no foreign key.
    await runner.query(`
      create table webhook_deliveries (
        workspace_id uuid not null,
        id uuid not null,
        endpoint_id uuid not null,
        event text not null,
        conversation_id uuid,
        message_id uuid,
        lead_id uuid,
        at timestamptz not null default now(),
        status text not null default 'PENDING' check (status in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELED')),
        attempts integer not null default 0,
        tries smallint not null default 0,
        response_status smallint,
        trouble text,
        next_attempt_at timestamptz default now(),
        primary key (workspace_id, id),
        check ((status = 'PENDING') = (next_attempt_at is not null)),
        foreign key (workspace_id, endpoint_id) references webhook_endpoints (workspace_id, id) on delete cascade,
        foreign key (workspace_id, conversation_id) references conversations (workspace_id, id) on delete cascade,
        foreign key (workspace_id, lead_id) references leads (workspace_id, id) on delete cascade
      )`);
    await runner.query(
      `create index webhook_deliveries_due on webhook_deliveries (workspace_id, endpoint_id, next_attempt_at) where status = 'PENDING'`,
    );
    await runner.query(
      `create index webhook_deliveries_endpoint on webhook_deliveries (workspace_id, endpoint_id, id desc)`,
    );
    await runner.query(
      `create index webhook_deliveries_conversation on webhook_deliveries (workspace_id, conversation_id) where conversation_id is not null`,
    );
    await runner.query(
      `create index webhook_deliveries_lead on webhook_deliveries (workspace_id, lead_id) where lead_id is not null`,
    );
    await tenantTable(runner, 'webhook_deliveries');
  }

  /** Called with whatever happens, in its transaction: so that nothing that was committed is left untold. */
  private async queue(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function queue_webhooks(p_kind text, p_events text[], p_conversations uuid[], p_messages uuid[], p_leads uuid[])
      returns uuid[] language plpgsql as $$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_endpoints uuid[];
      begin
        -- Most workspaces have no endpoint, and pay for no more than this.
        perform from webhook_endpoints where workspace_id = v_workspace and disabled_because is null limit 1;
        if not found then
          return null;
        end if;
        with queued as (
          insert into webhook_deliveries (workspace_id, id, endpoint_id, event, conversation_id, message_id, lead_id)
          -- A UUIDv7: milliseconds, then chance, so that the log is in the order of time.
          select v_workspace,
                 encode(set_byte(substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                                 || substring(uuid_send(gen_random_uuid()) from 7), 6,
                                 (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112), 'hex')::uuid,
                 e.id, h.event, h.conversation_id, h.message_id, h.lead_id
            from unnest(p_events, p_conversations, p_messages, p_leads) with ordinality
                 as h (event, conversation_id, message_id, lead_id, place)
            join webhook_endpoints e on e.workspace_id = v_workspace and e.disabled_because is null and h.event = any (e.events)
           order by h.place, e.id
          returning endpoint_id)
        select array_agg(distinct endpoint_id) into v_endpoints from queued;
        if v_endpoints is not null then
          perform schedule_work(array_fill(p_kind, array[cardinality(v_endpoints)]), v_endpoints, null, '{}');
        end if;
        return v_endpoints;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
