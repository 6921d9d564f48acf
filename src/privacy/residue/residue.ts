import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  sql,
} from '../../platform/database/index.js';

/** A place on disk that may hold bytes of what was erased, and when it was last without. */
export interface ResidueOf {
  /** `table messages`, or one of the named places. */
  readonly place: string;
  /** The first erasure that it may hold something of; null where there is none. */
  readonly since: Date | null;
  readonly triedAt: Date | null;
  /** Why it could not be cleared, in words. */
  readonly problem: string | null;
  readonly clearedAt: Date | null;
  /** For how long, and how large it was: of a table, the time in which nobody else could use it. */
  readonly seconds: number | null;
  readonly bytes: number | null;
}

/** The planner's statistics; the log of what Postgres wrote; the files of Redis. */
export const namedPlaces = ['statistics', 'log', 'redis'] as const;
export const placeOfTable = (table: string) => `table ${table}`;

/** By when everything that an erasure left has to be cleared. */
const dueHours = 24;
const hour = 3_600_000;

/** When a place has to be clear. */
export function dueBy({ since }: Pick<ResidueOf, 'since'>): Date | null {
  return since === null ? null : new Date(since.getTime() + dueHours * hour);
}

/** Stands for all places, until maintenance finds out which those are. */
const anywhere = 'anywhere';

/** What is known of bytes that erasures leave on disk: where they may be, and since when. */
@Injectable()
export class Residue {
  constructor(private readonly system: SystemDatabase) {}

  /** Participant. Something was erased: from this commit on there may be bytes of it on disk. */
  async note(tx: WorkspaceTransaction | SystemTransaction): Promise<void> {
    // The row is locked until the commit even where it says so already: who clears it waits for what is being erased.
    await tx.execute(sql`
      insert into residue as known (place, since) values (${anywhere}, now())
      on conflict (place) do update set since = coalesce(known.since, excluded.since)`);
  }

  /** Turns what was noted into one row a place; gives how many places there are to clear. */
  async spread(places: readonly string[]): Promise<number> {
    return this.system.run(async (tx) => {
      const noted = await tx.first<{ since: Date }>(sql`
        select since from residue where place = ${anywhere} and since is not null for update`);
      if (noted !== null) {
        await tx.execute(sql`update residue set since = null where place = ${anywhere}`);
        await tx.execute(sql`
          insert into residue as known (place, since) select place, ${noted.since} from unnest(${places}::text[]) place
          on conflict (place) do update set since = least(known.since, excluded.since)`);
      }
      const row = await tx.first<{ open: number }>(
        sql`select count(*)::int as open from residue where since is not null and place <> ${anywhere}`,
      );
      return row?.open ?? 0;
    });
  }

  /** Whether anything is to be cleared, and since when; null where nothing is. */
  async oldest(): Promise<Date | null> {
    const row = await this.system.first<{ since: Date | null }>(sql`select min(since) as since from residue`);
    return row?.since ?? null;
  }

  /** Every place that is known, by name. */
  async all(): Promise<ResidueOf[]> {
    return this.system.query<ResidueOf>(sql`
      select place, since, tried_at as "triedAt", problem, cleared_at as "clearedAt", seconds, bytes::float8 as bytes
        from residue order by place`);
  }

  /** Nothing is left there. */
  async cleared(place: string, seconds: number, bytes: number | null): Promise<void> {
    await this.system.execute(sql`
      update residue set since = null, problem = null, tried_at = now(), cleared_at = now(), seconds = ${seconds}, bytes = ${bytes}
       where place = ${place}`);
  }

  /** It could not be cleared, for that reason; where it is not ours to clear, it waits for us no longer. */
  async left(place: string, problem: string, isOurs: boolean): Promise<void> {
    await this.system.execute(sql`
      update residue set problem = ${problem}, tried_at = now(), since = case when ${isOurs} then since end
       where place = ${place}`);
  }

  /** The place itself is gone. */
  async forget(place: string): Promise<void> {
    await this.system.execute(sql`delete from residue where place = ${place}`);
  }
}
