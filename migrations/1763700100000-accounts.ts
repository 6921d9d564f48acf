import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, grantRows, readableByFunctions, tenantTable } from './statements/tenant-table.js';

/** Users and their sessions, members of workspaces, API tokens, and the one look-up that tells who is calling. */
export class Accounts1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Outside row security: a login is one person's, in however many workspaces.
    await runner.query(`
      create table users (
        id uuid primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        email_verified_at timestamptz,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`create unique index users_email on users (lower(email))`);
    await grantRows(runner, 'users');
    await runner.query(`
      create table sessions (
        id uuid primary key,
        user_id uuid not null references users (id) on delete cascade,
        token_hash bytea not null unique,
        ip text,
        user_agent text,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        authenticated_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await runner.query(`create index sessions_user on sessions (user_id)`);
    await runner.query(`create index sessions_expires on sessions (expires_at)`);
    await grantRows(runner, 'sessions');
    // Guessing is counted in the database, so that every process and every restart sees the same count.
    await runner.query(`
      create table guesses (
        key bytea primary key,
        points integer not null,
        expires_at timestamptz not null
      )`);
    await runner.query(`create index guesses_expires on guesses (expires_at)`);
    await grantRows(runner, 'guesses');

    await runner.query(`
      create table members (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        user_id uuid not null references users (id),
        role text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER')),
        available boolean not null default true,
        frozen boolean not null default false,
        joined_at timestamptz not null default now(),
        primary key (workspace_id, id),
        unique (workspace_id, user_id)
      )`);
    await runner.query(`create index members_user on members (user_id)`);
    await tenantTable(runner, 'members');
    await readableByFunctions(runner, 'members', ['workspace_id', 'id', 'user_id', 'role', 'frozen']);

    await runner.query(`
      create table api_tokens (
        workspace_id uuid not null references workspaces (id) on delete cascade,
        id uuid not null,
        member_id uuid not null,
        name text not null,
        role text not null check (role in ('OWNER', 'ADMIN', 'EDITOR', 'VIEWER')),
        token_hash bytea not null,
        last_four text not null,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        expires_at timestamptz,
        primary key (workspace_id, id),
        unique (workspace_id, token_hash),
        foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
      )`);
    await runner.query(`create index api_tokens_member on api_tokens (workspace_id, member_id)`);
    await runner.query(`create index api_tokens_hash on api_tokens (token_hash)`);
    await tenantTable(runner, 'api_tokens');
    await readableByFunctions(runner, 'api_tokens', [
      'workspace_id',
      'id',
      'member_id',
      'role',
      'token_hash',
      'last_used_at',
      'expires_at',
    ]);

    await runner.query(
      `grant select (id, user_id, token_hash, expires_at, authenticated_at, last_seen_at) on sessions to parley_definer`,
    );
    await runner.query(`grant select (id, email, name, email_verified_at, created_at) on users to parley_definer`);
    // Whoever holds a token's hash learns what that token opens, and nothing else: no id of a person is asked for.
    await definerFunction(
      runner,
      'session_by_hash(bytea)',
      `create function session_by_hash(p_hash bytea)
         returns table (session_id uuid, user_id uuid, last_seen_at timestamptz, authenticated_at timestamptz, memberships jsonb)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select s.id, s.user_id, s.last_seen_at, s.authenticated_at,
                  coalesce((select jsonb_agg(jsonb_build_object('workspaceId', m.workspace_id, 'memberId', m.id, 'role', m.role, 'frozen', m.frozen)
                                             order by m.id)
                              from members m where m.user_id = s.user_id), '[]'::jsonb)
             from sessions s where s.token_hash = p_hash and s.expires_at > now()
         $$`,
    );
    await definerFunction(
      runner,
      'api_token_by_hash(bytea)',
      `create function api_token_by_hash(p_hash bytea)
         returns table (token_id uuid, workspace_id uuid, member_id uuid, user_id uuid, token_role text, member_role text,
                        frozen boolean, last_used_at timestamptz)
         language sql stable security definer set search_path = pg_catalog, public as $$
           select t.id, t.workspace_id, t.member_id, m.user_id, t.role, m.role, m.frozen, t.last_used_at
             from api_tokens t join members m on m.workspace_id = t.workspace_id and m.id = t.member_id
            where t.token_hash = p_hash and (t.expires_at is null or t.expires_at > now())
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
