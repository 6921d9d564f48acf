import { Injectable } from '@nestjs/common';
import { RemoveLoginAgain } from '../../accounts/index.js';
import type { JournalRecord } from '../journal/journal-entry.js';

/** Removes logins again that a restored backup brought back, by the entries of the journal. */
@Injectable()
export class ReplayLogins {
  constructor(private readonly logins: RemoveLoginAgain) {}

  /** False for an entry of another kind, and where the login is not there. */
  async run({ kind, ids: { userId } }: JournalRecord): Promise<boolean> {
    return kind === 'user-deleted' && typeof userId === 'string' && (await this.logins.run(userId));
  }
}
