import { Injectable } from '@nestjs/common';
import { type Call, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { Outbox } from '../../../platform/outbox/index.js';
import { maySayDetails } from './find-details.js';

/** The kind of the work that reads a message for details. */
export const readDetailsKind = 'read-contact-details';

/** A message as it was stored. */
interface Stored {
  readonly id: string;
  readonly event: { readonly from: 'contact' | 'business'; readonly text: string | null };
}

/** Has messages read that may say how to reach who wrote them. Only what the contact wrote is: never a member's or a bot's. */
@Injectable()
export class NoticeDetails {
  constructor(private readonly outbox: Outbox) {}

  /** Participant. */
  of(tx: WorkspaceTransaction, stored: readonly Stored[]): void {
    for (const id of worthReading(stored)) this.outbox.schedule(tx, readDetailsKind, id);
  }

  /** The same as calls, for a transaction that is nothing but calls. */
  callsFor(workspaceId: string, stored: readonly Stored[]): Call[] {
    const work = worthReading(stored).map((rowId) => ({ kind: readDetailsKind, rowId }));
    return work.length === 0 ? [] : [this.outbox.callFor(workspaceId, work)];
  }
}

function worthReading(stored: readonly Stored[]): string[] {
  return stored.filter(({ event }) => event.from === 'contact' && maySayDetails(event.text)).map(({ id }) => id);
}

/** Participant. What a message that was taken back said is proposed no longer. */
export async function forgetProposals(tx: WorkspaceTransaction, messageIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    delete from contact_proposals
     where workspace_id = ${tx.workspaceId} and message_id = any (${messageIds}::uuid[]) and status = 'PROPOSED'`);
}
