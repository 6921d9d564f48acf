import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../database/index.js';
import { EraseDeliveries } from '../deliveries/index.js';
import { EraseMails } from '../mail/index.js';
import { mentions } from './mentions.js';
import { type ErasedBatch, type Eraser, PersonalData } from './personal-data.js';
import type { Subject } from './subject.js';

/**
 * What the platform holds of a subject without knowing it: what was set aside on its way in, mails on their way out, work
 * that is due, and the feed of changes. Changes stay at their place in the feed and say only that something went.
 */
@Injectable()
export class ErasePlatform implements Eraser, OnModuleInit {
  readonly module = 'platform';

  constructor(
    private readonly personalData: PersonalData,
    private readonly deliveries: EraseDeliveries,
    private readonly mails: EraseMails,
  ) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<ErasedBatch> {
    const { addresses = [], names = [], words = [] } = subject.traces ?? {};
    const ids = idsOf(subject);
    const accounts = addresses.map(({ account }) => account).filter((account) => account !== null);
    const known = [...addresses.map(({ externalId }) => externalId), ...names];
    const events = await eraseEvents(tx, subject, limit);
    // Of a channel there is its account alone, which may be a member's own address: mails to it are theirs.
    const mailed = ids.length === 0 ? [] : [...known, ...words, ...ids];
    const erased = {
      deliveries: await this.deliveries.run(
        tx,
        // What is nobody's known part may be another workspace's: only what names our account too is ours to remove.
        (body, ours) => mentions(body, known) && (ours || mentions(body, accounts)),
      ),
      mails: await this.mails.run(tx, (content) => mentions(content, mailed)),
      due: await eraseDue(tx, ids),
      'workspace_events: what was told': events,
    };
    return { erased, files: [], more: events === limit };
  }
}

function idsOf({ contactIds, conversationIds, leadIds = [] }: Subject): string[] {
  return [...contactIds, ...conversationIds, ...leadIds];
}

function eraseDue(tx: WorkspaceTransaction, ids: readonly string[]): Promise<number> {
  return tx.execute(sql`
    delete from due where existing_workspace_id = ${tx.workspaceId} and row_id = any (${ids}::uuid[])
       and (leased_until is null or leased_until < now())`);
}

function eraseEvents(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<number> {
  return tx.execute(sql`
    update workspace_events set kind = 'Erased', ids = '{}', detail = 'Conversation', conversation_id = null, member_id = null
     where workspace_id = ${tx.workspaceId} and seq in (
       select seq from workspace_events
        where workspace_id = ${tx.workspaceId} and kind <> 'Erased'
          and (conversation_id = any (${subject.conversationIds}::uuid[]) or ids && ${idsOf(subject)}::uuid[])
        limit ${limit})`);
}
