import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { findEmbeddedPostgres } from '../../platform/embedded/index.js';
import { describeError } from '../../platform/logging/index.js';
import { type ClearedPlace, ClearResidue } from './clear-residue.js';
import { Residue } from './residue.js';

const lookEveryMs = 600_000;
/** So many hours from MAINTENANCE_HOUR on are night. */
const nightHours = 3;
/** What waited so long is not left for a night that may be missed; by day nobody may notice. */
const lateHours = 18;
const lockSecondsByDay = 5;
const waitSeconds = 120;

/**
 * Clears what erasures left on disk, each night and within a day. Of several processes that may do it, one does at a time: a
 * lock of the database decides, and one that is killed is followed by whoever looks next.
 */
@Injectable()
export class ClearResidueNightly implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ClearResidueNightly.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly config: Config,
    private readonly residue: Residue,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(new Date()), lookEveryMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.stopping.abort();
    await this.running;
  }

  /** Clears what is to be cleared, if it is time. */
  look(now: Date): Promise<void> {
    this.running ??= this.clear(now)
      .catch((error: unknown) => {
        if (!this.stopping.signal.aborted) this.logger.warn(`Residue is cleared later: ${describeError(error)}`);
      })
      .finally(() => (this.running = null));
    return this.running;
  }

  private async clear(now: Date): Promise<void> {
    const oldest = await this.residue.oldest();
    if (oldest === null) return;
    const night = this.isNight(now);
    if (!night && now.getTime() - oldest.getTime() < lateHours * 3_600_000) return;
    const ownerUrl = await this.ownerUrl();
    if (ownerUrl === null) return;
    const longest = this.config.environment.MAINTENANCE_LOCK_SECONDS;
    const places = await new ClearResidue(this.residue).run(
      { ownerUrl, redisUrl: this.config.redisUrl },
      {
        lockSeconds: night ? longest : Math.min(longest, lockSecondsByDay),
        waitSeconds,
        signal: this.stopping.signal,
      },
    );
    for (const place of places ?? []) this.tell(place);
  }

  private isNight(now: Date): boolean {
    return (now.getUTCHours() - this.config.environment.MAINTENANCE_HOUR + 24) % 24 < nightHours;
  }

  /** Only who has the owner's address can do it; a deployment has at least one such process, the one that migrates. */
  private async ownerUrl(): Promise<string | null> {
    const { DATABASE_URL: given, DATABASE_OWNER_URL: owner } = this.config.environment;
    if (given !== undefined || owner !== undefined) return owner ?? null;
    return (await findEmbeddedPostgres(this.config.dataDir))?.ownerUrl ?? null;
  }

  private tell({ place, state, seconds, problem }: ClearedPlace): void {
    const took = `${seconds.toFixed(1)} s`;
    if (state === 'cleared') this.logger.log(`Nothing of what was erased is left in: ${place} (${took}).`);
    else this.logger.warn(`What was erased may still be in: ${place}. ${problem ?? ''}`);
  }
}
