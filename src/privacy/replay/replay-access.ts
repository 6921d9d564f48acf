import { Injectable } from '@nestjs/common';
import { EndAccessAgain } from '../../channels/index.js';
import type { JournalRecord } from '../journal/journal-entry.js';

/** Ends the access of channels again, by the entries of the journal. */
@Injectable()
export class ReplayAccess {
  constructor(private readonly access: EndAccessAgain) {}

  /** False for an entry of another kind, and where the backup does not have the access any more. */
  async run({ kind, workspaceId, ids: { channelId, deleteHistory }, at }: JournalRecord): Promise<boolean> {
    if (workspaceId === null || typeof channelId !== 'string') return false;
    const ended = { workspaceId, channelId, at };
    if (kind === 'channel-disconnected') return this.access.disconnect(ended, deleteHistory === 'yes');
    return kind === 'deauthorised' && this.access.withdraw(ended);
  }
}
