import { Injectable } from '@nestjs/common';
import { ChannelHistory } from '../../conversations/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';
import { EraseStep } from './erase-step.js';
import { Erasures, type OpenErasure } from './erasures.js';

/** One bounded step through the history of a channel: some conversations, with all that was noted of them elsewhere. */
@Injectable()
export class HistoryStep {
  constructor(
    private readonly history: ChannelHistory,
    private readonly holds: LegalHolds,
    private readonly step: EraseStep,
    private readonly erasures: Erasures,
    private readonly feed: LiveFeed,
  ) {}

  /** Participant. Whether there is more, nothing, or nothing but what a legal hold keeps. */
  async run(tx: WorkspaceTransaction, { id, subject }: OpenErasure): Promise<'more' | 'held' | 'done'> {
    if (await this.holds.stands(tx, [])) return 'held';
    const part = await this.history.part(tx, subject);
    if (part === null) return (await this.history.isThere(tx, subject)) ? 'held' : 'done';
    await this.erasures.about(tx, id, part);
    // What was noted goes first: by what, is known only while their own rows stand.
    if (!(await this.step.noted(tx, { id, subject: part }))) return 'more';
    if (await this.step.own(tx, { id, subject: part })) this.tell(tx, part);
    return 'more';
  }

  /** What is left where no conversation is: of nobody in particular, but of the channel. */
  rest({ subject }: OpenErasure): OpenErasure['subject'] {
    return { ...subject, contactIds: [], conversationIds: [] };
  }

  private tell(
    tx: WorkspaceTransaction,
    { conversationIds, contactIds }: Pick<OpenErasure['subject'], 'conversationIds' | 'contactIds'>,
  ): void {
    this.feed.append(tx, { kind: 'Erased', ids: conversationIds, detail: 'Conversation' });
    if (contactIds.length > 0) this.feed.append(tx, { kind: 'Erased', ids: contactIds, detail: 'Contact' });
  }
}
