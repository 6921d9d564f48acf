import { Injectable, Logger } from '@nestjs/common';
import { SystemDatabase, sql } from '../database/index.js';
import { describeError } from '../logging/index.js';

/** A delivery that this process holds. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly receivedAt: Date;
  readonly provider: string;
  readonly lane: number;
  readonly body: Buffer;
  readonly attempt: number;
}

// A batch that goes on renews its lease, so the deliveries of a process that died are taken up soon.
const leaseSeconds = 10;
const renewMilliseconds = 3_000;
// Longer than any statement may take: a batch that goes on beyond it never ends, and is not held on to.
const batchMilliseconds = 60_000;

/** As `claim_deliveries` has it for the fresh: what a claim comes to ends it, whatever its number. */
const mostBytes = 8 * 1_024 * 1_024;

/** Who works on which delivery: each is one process's until it is done, or the lease ends. */
@Injectable()
export class DeliveryClaims {
  private readonly logger = new Logger('Deliveries');

  constructor(private readonly system: SystemDatabase) {}

  /** Claims what was never tried, from all lanes in turn but those left out, up to 8 MB of it. */
  fresh(limit: number, leftOut: readonly number[] = []): Promise<ClaimedDelivery[]> {
    return this.system.query<ClaimedDelivery>(sql`
      select id, received_at as "receivedAt", provider, lane, body, attempt
        from claim_deliveries(${limit}, make_interval(secs => ${leaseSeconds}), ${leftOut}::smallint[])`);
  }

  /**
   * Claims what is to be tried again: alone what failed, in ever smaller company what was interrupted. One among many may
   * have ended the process, or may never end; the others need not wait until each was tried by itself, and go first.
   */
  repeated(): Promise<ClaimedDelivery[]> {
    const waits = sql`set_aside_at is null and attempts > 0 and available_at <= now() and (leased_until is null or leased_until < now())`;
    return this.system.query<ClaimedDelivery>(sql`
        with first as (
          select attempts, reason is null as interrupted from deliveries where ${waits} order by attempts, available_at, id limit 1)
        update deliveries d set leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = d.attempts + 1
          from (select received_at, id, sum(octet_length(body)) over (order by available_at, id) - octet_length(body) as before
                  from (select received_at, id, available_at, body from deliveries
                         where ${waits} and attempts = (select attempts from first) and (reason is null) = (select interrupted from first)
                         order by available_at, id
                         limit (select case when not interrupted then 1 when attempts = 1 then 50 when attempts = 2 then 5 else 1 end from first)
                         for update skip locked) held) next
         where d.received_at = next.received_at and d.id = next.id and next.before < ${mostBytes}
        returning d.id, d.received_at as "receivedAt", d.provider, d.lane, d.body, d.attempts as attempt`);
  }

  /** Renews the lease for as long as the work takes; work that never ends is let go of. */
  async holding(rows: readonly ClaimedDelivery[], work: () => Promise<void>): Promise<void> {
    const renewal = setInterval(() => {
      this.system
        .execute(
          sql`
            update deliveries set leased_until = now() + make_interval(secs => ${leaseSeconds})
             where id = any (${rows.map((row) => row.id)}) and received_at >= ${earliest(rows)} and leased_until > now()`,
        )
        .catch((error: unknown) =>
          this.logger.warn(`Deliveries at work could not be held on to: ${describeError(error)}`),
        );
    }, renewMilliseconds);
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      limit = setTimeout(() => reject(new Error('applying a batch did not end')), batchMilliseconds);
    });
    try {
      await Promise.race([work(), late]);
    } finally {
      clearInterval(renewal);
      clearTimeout(limit);
    }
  }
}

/** Postgres keeps microseconds, JavaScript milliseconds: equality on the time would miss rows, a lower bound only prunes. */
export function earliest(rows: readonly ClaimedDelivery[]): Date {
  return new Date(Math.min(...rows.map((row) => row.receivedAt.getTime())) - 1);
}
