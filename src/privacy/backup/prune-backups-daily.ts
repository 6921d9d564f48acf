import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { backupPlaceOf } from './open-backups.js';
import { pruneBackups } from './prune-backups.js';

const everyMs = 6 * 3_600_000;

/** Lets no backup grow older than 90 days while the server runs, whether or not anyone makes new ones. */
@Injectable()
export class PruneBackupsDaily implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(PruneBackupsDaily.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly config: Config,
    private readonly http: OutgoingClient,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.works) return;
    this.timer = setInterval(() => void this.prune(), everyMs).unref();
    void this.prune();
  }

  onApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async prune(): Promise<void> {
    try {
      const pruned = await pruneBackups(backupPlaceOf(this.config, this.http));
      for (const { name } of pruned) this.logger.log(`The backup ${name} was removed for its age.`);
    } catch (error) {
      this.logger.error(`Old backups could not be removed, and are tried again: ${(error as Error).message}`);
    }
  }
}
