import { Journal, type JournalEntry, type JournalPosition } from '../../src/privacy/index.js';
import { ReplayPrivacy } from '../../src/privacy/replay/replay-privacy.js';
import type { InboxUnderTest } from '../support/inbox.js';

/** The erasure journal of a server under test: read, and played over its database as after a restore. */
export class JournalUnderTest {
  constructor(private readonly under: () => InboxUnderTest) {}

  /** Where it ends at this moment. */
  position(): Promise<JournalPosition> {
    return this.journal.position();
  }

  /** What was written behind a place. */
  async since(position: JournalPosition): Promise<JournalEntry[]> {
    const entries: JournalEntry[] = [];
    for await (const entry of this.journal.read(position)) entries.push(entry);
    return entries;
  }

  /** Does again what the entries say; gives how many of them there was something to do for. */
  replay(entries: readonly JournalEntry[]): Promise<number> {
    return this.under().app.app.get(ReplayPrivacy).run(entries);
  }

  private get journal(): Journal {
    return this.under().app.app.get(Journal);
  }
}
