import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';

/** What a merge moved, by id. */
export interface Moved {
  readonly identities: readonly string[];
  readonly conversations: readonly string[];
  readonly notes: readonly string[];
  /** None in merges from before there were any. */
  readonly proposals?: readonly string[];
}

/** Moves what belongs to one contact to another, and tells of each conversation that is now somebody else's. Participant. */
@Injectable()
export class ContactMoves {
  constructor(private readonly feed: LiveFeed) {}

  /** Everything. */
  async all(tx: WorkspaceTransaction, from: string, to: string): Promise<Moved> {
    return {
      identities: await move(tx, sql`contact_identities`, from, to, sql`true`),
      conversations: await this.conversations(tx, from, to, sql`true`),
      notes: await move(tx, sql`contact_notes`, from, to, sql`true`),
      proposals: await move(tx, sql`contact_proposals`, from, to, sql`true`),
    };
  }

  /** What a merge had moved, with what came over the same addresses since. */
  async back(tx: WorkspaceTransaction, from: string, to: string, moved: Moved): Promise<void> {
    await move(
      tx,
      sql`contact_identities`,
      from,
      to,
      sql`thread_key in (select i.thread_key from contact_identities i where i.id = any (${moved.identities}::uuid[]))`,
    );
    await this.conversations(
      tx,
      from,
      to,
      sql`(id = any (${moved.conversations}::uuid[])
           or thread_key in (select i.thread_key from contact_identities i where i.contact_id = ${to}))`,
    );
    await move(tx, sql`contact_notes`, from, to, sql`id = any (${moved.notes}::uuid[])`);
    // With what was proposed since from conversations that go back.
    await move(
      tx,
      sql`contact_proposals`,
      from,
      to,
      sql`(id = any (${moved.proposals ?? []}::uuid[])
           or conversation_id in (select c.id from conversations c where c.workspace_id = ${tx.workspaceId} and c.contact_id = ${to}))`,
    );
  }

  private async conversations(tx: WorkspaceTransaction, from: string, to: string, which: Sql): Promise<string[]> {
    const ids = await move(tx, sql`conversations`, from, to, which);
    this.feed.append(tx, ...ids.map((id) => ({ kind: 'ConversationChanged', ids: [id], conversationId: id })));
    return ids;
  }
}

async function move(tx: WorkspaceTransaction, table: Sql, from: string, to: string, which: Sql): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    update ${table} set contact_id = ${to} where workspace_id = ${tx.workspaceId} and contact_id = ${from} and ${which} returning id`);
  return rows.map(({ id }) => id);
}
