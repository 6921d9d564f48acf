import { Injectable } from '@nestjs/common';
import { SystemDatabase, openSystemDatabase, sql } from '../../platform/database/index.js';

/** A restore that is not completed: what was erased since the backup may be back. */
export interface Pending {
  readonly id: string;
  readonly backupAt: Date;
  /** How far the journal was when the backup was made. */
  readonly journalSeq: number;
  readonly journalHash: string | null;
  /** Whether its rows are in; where it was broken off before, the database is empty. */
  readonly isLoaded: boolean;
}

/** Stands in place of the journal's number until the rows are in. */
export const notLoaded = -1;

/** The mark that a restore leaves until what happened since was done again. */
@Injectable()
export class PendingRestore {
  constructor(private readonly system: SystemDatabase) {}

  /** The restore that is not completed, or null. */
  find(): Promise<Pending | null> {
    return this.system.first<Pending>(sql`
      select id, backup_at as "backupAt", journal_seq::int as "journalSeq", journal_hash as "journalHash",
             journal_seq <> ${notLoaded} as "isLoaded"
        from restores where completed_at is null order by started_at desc limit 1`);
  }

  /** All is done again: servers may start. */
  async complete({ id }: Pending, replayed: number): Promise<void> {
    await this.system.execute(sql`
      update restores set completed_at = now(), replayed = case when id = ${id} then ${replayed} else replayed end
       where completed_at is null`);
  }

  /** Throws while a restore is not completed. */
  async refuse(): Promise<void> {
    const found = await this.find();
    if (found?.isLoaded === false) throw brokenOff(found);
    if (found !== null)
      throw new Error(
        `a backup of ${found.backupAt.toISOString()} was restored, and what was erased since is not erased again yet. Start a process that serves (ROLE=api or all) with the erasure journal in its place; it does that before it listens.`,
      );
  }
}

/** The restore ended before its rows were in: there is nothing to go on with. */
export function brokenOff({ backupAt }: Pending): Error {
  return new Error(
    `the restore of the backup of ${backupAt.toISOString()} was broken off, and the database is empty. Restore it again.`,
  );
}

/** Whether a restore is not completed, asked before there is a server. */
export async function isRestorePending(databaseUrl: string): Promise<boolean> {
  const database = await openSystemDatabase(databaseUrl);
  try {
    return (await new PendingRestore(database.system).find()) !== null;
  } catch (error) {
    // A worker that starts before the migrations finds no table.
    if ((error as { code?: string }).code === '42P01') return false;
    throw error;
  } finally {
    await database.close();
  }
}
