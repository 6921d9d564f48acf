import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction } from './statements/tenant-table.js';

/** Who holds these sessions and tokens, for any number of them in one look-up: open sockets are looked at every second. */
export class CredentialsByHash1763700517000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop function session_by_hash(bytea)');
    await runner.query('drop function api_token_by_hash(bytea)');
    await definerFunction(
      runner,
      'sessions_by_hash(bytea[])',
      `create function sessions_by_hash(p_hashes bytea[])
         returns table (token_hash bytea, session_id uuid, user_id uuid, last_seen_at timestamptz, authenticated_at timestamptz, memberships jsonb)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select s.token_hash, s.id, s.user_id, s.last_seen_at, s.authenticated_at,
                  coalesce((select jsonb_agg(jsonb_build_object('workspaceId', m.workspace_id, 'memberId', m.id, 'role', m.role, 'frozen', m.frozen)
                                             order by m.id)
                              from members m where m.user_id = s.user_id), '[]'::jsonb)
             from sessions s where s.token_hash = any (p_hashes) and s.expires_at > now()
         $$`,
    );
    await definerFunction(
      runner,
      'api_tokens_by_hash(bytea[])',
      `create function api_tokens_by_hash(p_hashes bytea[])
         returns table (token_hash bytea, token_id uuid, workspace_id uuid, member_id uuid, user_id uuid, token_role text, member_role text,
                        frozen boolean, last_used_at timestamptz)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select t.token_hash, t.id, t.workspace_id, t.member_id, m.user_id, t.role, m.role, m.frozen, t.last_used_at
             from api_tokens t join members m on m.workspace_id = t.workspace_id and m.id = t.member_id
            where t.token_hash = any (p_hashes) and (t.expires_at is null or t.expires_at > now())
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
