import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Retention } from '../accounts/index.js';
import { Workspaces, sql } from '../platform/database/index.js';
import { LegalHolds } from '../platform/personal-data/index.js';
import { isAged } from './aged-conversations.js';
import { countAged } from './count-aged.js';
import { RemoveConversations } from './remove-conversations.js';

const batch = 100;

/** Conversations are kept for as long as the workspace says, after the last thing that happened in them. */
@Injectable()
export class KeepConversations implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly workspaces: Workspaces,
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

  private prune(workspaceId: string, days: number): Promise<boolean> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const old = isAged(workspaceId, days, this.holds);
      // By the parts that have an index each, and the few that are spam.
      const found = await tx.query<{ id: string }>(sql`
        (select id from conversations where ${old} and status = 'OPEN' and not spam limit ${batch})
        union all (select id from conversations where ${old} and status <> 'OPEN' and not spam limit ${batch})
        union all (select id from conversations where ${old} and spam limit ${batch}) limit ${batch}`);
      await this.conversations.run(
        tx,
        found.map(({ id }) => id),
      );
      return found.length === batch;
    });
  }
}
