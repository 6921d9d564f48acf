import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LegalHolds, type Subject } from '../../platform/personal-data/index.js';
import { FindSubject } from './find-subject.js';

/** Conversations of one step; how many messages of them go with it is limited apart. */
const conversationsAtOnce = 200;

/** A condition: what began in a channel then belongs to a history that goes. What began after it was connected again does not. */
export function isOver(workspaceId: Sql, channelId: Sql, at: Sql): Sql {
  return sql`exists (
    select from channels h where h.workspace_id = ${workspaceId} and h.id = ${channelId}
       and (h.status = 'DISCONNECTED' or ${at} < h.connected_at))`;
}

/** What is still there of a channel whose history goes. Found anew at each step, so that no list of it has to be kept. */
@Injectable()
export class ChannelHistory {
  constructor(
    private readonly holds: LegalHolds,
    private readonly subjects: FindSubject,
  ) {}

  /**
   * Participant. Some of its conversations, with those people whom nothing but them knows; null where none is left that
   * no legal hold keeps.
   */
  async part(tx: WorkspaceTransaction, { channelIds }: Subject): Promise<Subject | null> {
    const found = await tx.query<{ id: string; contactId: string }>(sql`
      select c.id, c.contact_id as "contactId" from conversations c
       where ${this.ofHistory(tx, channelIds)} and ${this.holds.without(sql`c.workspace_id`, sql`c.contact_id`)}
       limit ${conversationsAtOnce}`);
    if (found.length === 0) return null;
    const conversationIds = found.map(({ id }) => id);
    const people = [...new Set(found.map(({ contactId }) => contactId))];
    const contactIds = await this.knownByThisAlone(tx, people, conversationIds, channelIds);
    const traces = await this.subjects.traces(tx, contactIds);
    return { scope: 'CHANNEL', contactIds, conversationIds, channelIds, memberIds: [], traces };
  }

  /** Participant. Whether anything of it is left. */
  async isThere(tx: WorkspaceTransaction, { channelIds }: Subject): Promise<boolean> {
    return (await tx.first(sql`select from conversations c where ${this.ofHistory(tx, channelIds)} limit 1`)) !== null;
  }

  private ofHistory(tx: WorkspaceTransaction, channelIds: readonly string[]): Sql {
    return sql`c.workspace_id = ${tx.workspaceId} and c.channel_id = any (${channelIds}::uuid[])
      and ${isOver(sql`c.workspace_id`, sql`c.channel_id`, sql`c.created_at`)}`;
  }

  private async knownByThisAlone(
    tx: WorkspaceTransaction,
    people: readonly string[],
    conversationIds: readonly string[],
    channelIds: readonly string[],
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select k.id from contacts k
       where k.workspace_id = ${tx.workspaceId} and k.id = any (${people}::uuid[]) and k.merged_into is null
         and not exists (select from contacts m where m.workspace_id = k.workspace_id and m.merged_into = k.id)
         and not exists (
           select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id
              and not (i.channel_id = any (${channelIds}::uuid[])))
         and not exists (
           select from conversations o where o.workspace_id = k.workspace_id and o.contact_id = k.id
              and not (o.id = any (${conversationIds}::uuid[])))`);
    return rows.map(({ id }) => id);
  }
}
