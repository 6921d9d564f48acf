import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantRows } from './statements/tenant-table.js';

/** What shows that a person is who they say: links in mails, second factors; and who was the first to come in. */
export class Identity1763700601000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table users
        add column locale text not null default 'en' check (locale in ('en', 'tr')),
        add column two_factor_since timestamptz,
        add column founded_instance boolean not null default false`);
    await runner.query(
      `update users set founded_instance = true where id = (select id from users order by id limit 1)`,
    );
    await runner.query(`create unique index users_founded_instance on users (founded_instance) where founded_instance`);

    // All outside row security: they belong to a login.
    await runner.query(`
      create table link_tokens (
        token_hash bytea primary key,
        user_id uuid not null references users (id) on delete cascade,
        purpose text not null check (purpose in ('verify-email', 'reset-password', 'change-email')),
        email text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      )`);
    await runner.query(`create index link_tokens_user on link_tokens (user_id, purpose)`);
    await runner.query(`create index link_tokens_expires on link_tokens (expires_at)`);
    await grantRows(runner, 'link_tokens');

    await runner.query(`
      create table reset_requests (
        id uuid primary key,
        address bytea not null,
        created_at timestamptz not null default now()
      )`);
    await grantRows(runner, 'reset_requests');

    await runner.query(`
      create table two_factors (
        user_id uuid primary key references users (id) on delete cascade,
        secret bytea not null,
        last_step bigint,
        created_at timestamptz not null default now(),
        confirmed_at timestamptz
      )`);
    await grantRows(runner, 'two_factors');
    await runner.query(`
      create table recovery_codes (
        user_id uuid not null references two_factors (user_id) on delete cascade,
        digest bytea not null,
        primary key (user_id, digest)
      )`);
    await grantRows(runner, 'recovery_codes');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
