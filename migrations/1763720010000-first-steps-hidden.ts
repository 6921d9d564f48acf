import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A member who needs no first steps any more is not shown them on another computer either. */
export class FirstStepsHidden1763720010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table members add column first_steps_hidden boolean not null default false`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
