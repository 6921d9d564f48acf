import { Injectable } from '@nestjs/common';
import { PutBackRequests, ReplayMarks } from '../intake/index.js';
import { ReplayLogins } from '../logins/index.js';
import { ReplayAccess } from './replay-access.js';
import type { JournalKind, JournalRecord } from '../journal/journal-entry.js';

/** The kinds of entries that it does again. */
export const replayedKinds: readonly JournalKind[] = [
  'request-received',
  'request-changed',
  'restriction',
  'restriction-lifted',
  'objection',
  'channel-disconnected',
  'deauthorised',
  'user-deleted',
];

/**
 * Does again, by the entries of the journal and in their order, what a restored backup does not know about privacy, erasures
 * left out: they come after it, so that the requests that asked for them are there to be closed. May be run as often as one likes.
 */
@Injectable()
export class ReplayPrivacy {
  constructor(
    private readonly requests: PutBackRequests,
    private readonly marks: ReplayMarks,
    private readonly access: ReplayAccess,
    private readonly logins: ReplayLogins,
  ) {}

  /** Gives how many entries changed something or were done again; those of other kinds are passed over. */
  async run(entries: Iterable<JournalRecord> | AsyncIterable<JournalRecord>): Promise<number> {
    let done = 0;
    for await (const entry of entries) if (await this.one(entry)) done += 1;
    return done;
  }

  private async one(entry: JournalRecord): Promise<boolean> {
    switch (entry.kind) {
      case 'request-received':
        return this.requests.run(entry);
      case 'request-changed':
        return this.requests.change(entry);
      case 'restriction':
      case 'restriction-lifted':
      case 'objection':
        return this.marks.run(entry);
      case 'channel-disconnected':
      case 'deauthorised':
        return this.access.run(entry);
      case 'user-deleted':
        return this.logins.run(entry);
      default:
        return false;
    }
  }
}
