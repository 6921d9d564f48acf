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
/** Of however many a conversation has, so that nobody waits long behind one transaction. */
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
    return this.workspaces.run(workspaceId, (tx) => this.step(tx, days), { oneAtATime: 'receive-messages' });
  }

  private async step(tx: WorkspaceTransaction, days: number): Promise<Pruned> {
    const old = isAged(tx.workspaceId, days, this.holds);
    // By the parts that have an index each, and the few that are spam.
    const found = await tx.query<{ id: string }>(sql`
      (select id from conversations where ${old} and status = 'OPEN' and not spam limit ${batch})
      union all (select id from conversations where ${old} and status <> 'OPEN' and not spam limit ${batch})
      union all (select id from conversations where ${old} and spam limit ${batch}) limit ${batch}`);
    const ids = found.map(({ id }) => id);
    const { counts, files, more } = await eraseMessages(tx, ids, messagesAtOnce);
    const drafted = more ? [] : await this.filesOfDrafts(tx, ids);
    for (const id of [...files, ...drafted]) this.outbox.schedule(tx, 'remove-file', id);
    if (more) return { gone: counts, more };
    await this.conversations.run(tx, ids);
    return {
      gone: { ...counts, conversations: ids.length, files: files.length + drafted.length },
      more: ids.length === batch,
    };
  }

  private async filesOfDrafts(tx: WorkspaceTransaction, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      select distinct file_id as id from composer_draft_files
       where workspace_id = ${tx.workspaceId} and conversation_id = any (${ids}::uuid[])`);
    return rows.map(({ id }) => id);
  }
}
