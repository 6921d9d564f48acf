import { Injectable } from '@nestjs/common';
import { Tombstones } from '../../conversations/index.js';
import { type WorkspaceTransaction, newId, sql, waitForOthers } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { LegalHolds, type Subject } from '../../platform/personal-data/index.js';
import { deletion } from './deletion.js';
import { EraseStep } from './erase-step.js';
import { ErasureJournal } from './erasure-journal.js';
import { Erasures } from './erasures.js';
import { type ErasedSubject, FindErased } from './find-erased.js';

/** Steps of 5,000 rows that are taken at once, so that who has no more than that is gone with the commit. */
const stepsAtOnce = 4;
/** Of so many of the newest messages, signals that still come are known by their name and dropped. */
const namedMessages = 5_000;
const signalDays = 14;

/**
 * Begins an erasure inside the transaction that decides it. What is the subject's own goes with it, out of every list and
 * search at once; a subject with very many messages is finished by the worker `deletion`, which then also removes files and
 * what was noted elsewhere. Before the commit the journal has it on disk, so that no restore brings anybody back.
 */
@Injectable()
export class EraseSubject {
  constructor(
    private readonly subjects: FindErased,
    private readonly tombstones: Tombstones,
    private readonly holds: LegalHolds,
    private readonly erasures: Erasures,
    private readonly step: EraseStep,
    private readonly journal: ErasureJournal,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
  ) {}

  /** Participant. Throws NOT_FOUND for who is not here, and LEGAL_HOLD where a hold keeps them. */
  async begin(
    tx: WorkspaceTransaction,
    what: ErasedSubject,
    cause: { readonly requestId: string | null; readonly by: string },
  ): Promise<{ erasureId: string }> {
    // Nothing that is being received meanwhile may bring anybody back.
    await waitForOthers(tx, 'receive-messages');
    const { subject, heldBy, names } = await this.subjects.of(tx, what);
    await this.holds.refuse(tx, heldBy);
    const erasureId = newId();
    const messages = await newestMessages(tx, subject);
    const digests = await this.tombstones.place(tx, names, messages);
    await this.erasures.add(tx, erasureId, subject, cause, digests.length + messages.length);
    for (let step = 0; step < stepsAtOnce; step += 1) if (await this.step.own(tx, { id: erasureId, subject })) break;
    this.tell(tx, subject);
    this.outbox.schedule(tx, deletion, erasureId);
    this.journal.append(tx, { erasureId, subject, tombstones: digests, requestId: cause.requestId });
    return { erasureId };
  }

  private tell(tx: WorkspaceTransaction, { contactIds, conversationIds, leadIds = [] }: Subject): void {
    if (leadIds.length > 0) this.feed.append(tx, { kind: 'Erased', ids: leadIds, detail: 'Lead' });
    if (conversationIds.length > 0)
      this.feed.append(tx, { kind: 'Erased', ids: conversationIds, detail: 'Conversation' });
    if (contactIds.length > 0) this.feed.append(tx, { kind: 'Erased', ids: contactIds, detail: 'Contact' });
  }
}

function newestMessages(
  tx: WorkspaceTransaction,
  { conversationIds }: Subject,
): Promise<{ channelId: string; externalId: string }[]> {
  return tx.query(sql`
    select channel_id as "channelId", external_id as "externalId" from messages
     where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[]) and external_id is not null
       and sent_at > now() - make_interval(days => ${signalDays})
     order by id desc limit ${namedMessages}`);
}
