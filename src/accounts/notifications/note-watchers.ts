import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { LiveHub } from '../../platform/live/index.js';
import { describeError } from '../../platform/logging/index.js';

const milliseconds = 20_000;

/**
 * Notes who watches an inbox in this process, so that the workers, wherever they run, mail nobody who is looking. One
 * statement for all of them every 20 s.
 */
@Injectable()
export class NoteWatchers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('NoteWatchers');
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly hub: LiveHub,
    private readonly system: SystemDatabase,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.note(), milliseconds).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  /** Notes them now. */
  async note(): Promise<void> {
    try {
      const members = await this.hub.watching();
      if (members.length === 0) return;
      await this.system.execute(sql`
        insert into watchers (member_id, seen_at) select member, now() from unnest(${members.sort()}::uuid[]) as watching (member)
        on conflict (member_id) do update set seen_at = excluded.seen_at`);
      await this.system.execute(sql`
        delete from watchers where member_id in
               (select member_id from watchers where seen_at < now() - interval '2 days' limit 1000 for update skip locked)`);
    } catch (error) {
      this.logger.warn(`It could not be noted who is looking: ${describeError(error)}`);
    }
  }
}
