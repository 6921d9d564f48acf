import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Retention } from '../../accounts/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';

const batch = 1_000;

/** The record of what was sent to a model is kept for as long as the workspace says. */
@Injectable()
export class KeepAiRuns implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly workspaces: Workspaces,
    private readonly holds: LegalHolds,
  ) {}

  onModuleInit(): void {
    this.retention.register({ kind: 'aiRunsDays', prune: (workspaceId, days) => this.prune(workspaceId, days) });
  }

  private async prune(workspaceId: string, days: number): Promise<boolean> {
    const contact = sql`(select c.contact_id from conversations c where c.workspace_id = r.workspace_id and c.id = r.conversation_id)`;
    const free = this.holds.without(sql`r.workspace_id`, contact);
    // Their ids are in the order of time, so that the oldest are found without reading the rest.
    const gone = await this.workspaces.run(workspaceId, (tx) =>
      tx.execute(sql`
        delete from ai_runs where workspace_id = ${workspaceId} and at < now() - make_interval(days => ${days})
           and id in (select r.id from ai_runs r where r.workspace_id = ${workspaceId} and ${free} order by r.id limit ${batch})`),
    );
    return gone === batch;
  }
}
