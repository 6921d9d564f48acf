import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Pruned, Retention } from '../accounts/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { LegalHolds } from '../platform/personal-data/index.js';
import { isAged } from './aged-conversations.js';
import { countAged } from './count-aged.js';
import { eraseMessages } from './personal-data/erase-messages.js';
import { RemoveConversations } from './remove-conversations.js';

const batch = 100;
/** Of however many there are, so that nobody waits long behind one transaction. */
const messagesAtOnce = 5_000;

/** Conversations are kept for as long as the workspace says, after the last thing that happened in them. */
@Injectable()
export class KeepConversations implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly conversations: RemoveConversations,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      kind: 'conversationsDays',
      prune: (workspaceId, days) => this.prune(workspaceId, days),
      count: (tx, { conversationsDays }) => countAged(tx, conversationsDays, this.holds),
    });
  }

  private prune(workspaceId: string, days: number): Promise<Pruned> {
    // With what is received: nothing may be added to what is being removed.
    return this.workspaces.run(
      workspaceId,
      async (tx) => {
        const pruned = await this.step(tx, days);
        await this.retention.went(tx, pruned);
        return pruned;
      },
      { oneAtATime: 'receive-messages' },
    );
  }

  private async step(tx: WorkspaceTransaction, days: number): Promise<Pruned> {
    const old = isAged(tx.workspaceId, days, this.holds);
    // By the parts that have an index each, and the few that are spam.
    const rows = await tx.query<{ id: string }>(sql`
      (select id from conversations where ${old} and status = 'OPEN' and not spam limit ${batch})
      union all (select id from conversations where ${old} and status <> 'OPEN' and not spam limit ${batch})
      union all (select id from conversations where ${old} and spam limit ${batch}) limit ${batch}`);
    const found = rows.map(({ id }) => id);
    if (found.length === 0) return { gone: {}, more: false };
    const whole = await this.wholeOf(tx, found);
    if (whole.length === 0) return this.shorten(tx, found.slice(0, 1));
    const { counts, files } = await eraseMessages(tx, whole, messagesAtOnce + 1);
    const removed = [...files, ...(await this.filesOfDrafts(tx, whole))];
    for (const id of removed) this.outbox.schedule(tx, 'remove-file', id);
    await this.conversations.run(tx, whole);
    return {
      gone: { ...counts, conversations: whole.length, files: removed.length },
      more: found.length === batch || whole.length < found.length,
    };
  }

  /**
   * As many as can go at once with all their messages, the short ones first: one that somebody goes on with before the next
   * transaction is kept, and is not to be kept with holes.
   */
  private async wholeOf(tx: WorkspaceTransaction, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select id from (
        select id, sum(messages) over (order by messages, id) as so_far from (
          select found.id, (select count(*) from (
                   select from messages m where m.workspace_id = ${tx.workspaceId} and m.conversation_id = found.id
                    limit ${messagesAtOnce + 1}) counted) as messages
            from unnest(${ids}::uuid[]) as found (id)) measured) added
       where so_far <= ${messagesAtOnce}`);
    return rows.map(({ id }) => id);
  }

  /**
   * Takes the oldest from one that is too long to go at once. Whoever goes on with it before the next transaction, on either
   * side, keeps the rest of it: it is a conversation as before, which begins later.
   */
  private async shorten(tx: WorkspaceTransaction, ids: readonly string[]): Promise<Pruned> {
    const { counts, files, more } = await eraseMessages(tx, ids, messagesAtOnce);
    for (const id of files) this.outbox.schedule(tx, 'remove-file', id);
    return { gone: counts, more };
  }

  private async filesOfDrafts(tx: WorkspaceTransaction, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select distinct file_id as id from composer_draft_files
       where workspace_id = ${tx.workspaceId} and conversation_id = any (${ids}::uuid[])`);
    return rows.map(({ id }) => id);
  }
}
