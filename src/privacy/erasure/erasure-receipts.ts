import { Injectable } from '@nestjs/common';
import type { RetainedRows } from '../proof/erasure-receipt.js';
import { Receipts } from '../proof/receipts.js';
import type { OpenErasure } from './erasures.js';

const day = 86_400_000;
const tombstoneDays = 400;

/** Has the receipt made of an erasure that is done: what went by count, and what stays on which ground. */
@Injectable()
export class ErasureReceipts {
  constructor(private readonly receipts: Receipts) {}

  /** Once for each erasure, however often it is asked for. */
  async issue(workspaceId: string, { id, scope, subject, erased, tombstones }: OpenErasure, at: Date): Promise<void> {
    const { contactIds, conversationIds, leadIds = [], channelIds } = subject;
    const ids = {
      CHANNEL: channelIds,
      CONVERSATION: conversationIds,
      CONTACT: contactIds,
      LEAD: leadIds,
      USER: [],
      WORKSPACE: [],
    };
    const [whose = id] = ids[scope];
    await this.receipts.issue({
      erasureId: id,
      scope,
      workspaceId,
      subject: whose,
      erased: Object.entries(erased).map(([what, count]) => ({ what, count })),
      // The history of a channel leaves none.
      retained: scope === 'CHANNEL' ? [] : [tombstonesOf(tombstones, at)],
      completedAt: at,
    });
  }
}

function tombstonesOf(count: number, at: Date): RetainedRows {
  return {
    what: 'tombstones',
    count,
    basis: 'Legitimate interest (GDPR 6(1)(f)): keyed digests by which a late delivery is dropped.',
    until: new Date(at.getTime() + tombstoneDays * day),
  };
}
