import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MembershipEnded } from '../../accounts/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';

const batch = 500;

/** Once a membership has ended, its conversations are nobody's again, and what only that member had use for goes. */
@Injectable()
export class LetGoOfMemberWorker implements Worker, OnModuleInit {
  readonly kind = 'let-go-of-member';
  readonly concurrency = 1;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.facts.on(MembershipEnded, (tx, { memberId }) =>
      Promise.resolve(this.outbox.schedule(tx, this.kind, memberId)),
    );
  }

  async run({ workspaceId, rowId: memberId, signal }: Job): Promise<undefined> {
    while (!signal.aborted && (await this.unassign(workspaceId, memberId)) === batch);
    await this.workspaces.run(workspaceId, async (tx) => {
      await tx.execute(sql`delete from read_pointers where member_id = ${memberId}`);
      await tx.execute(sql`delete from mentions where member_id = ${memberId}`);
      await tx.execute(sql`delete from composer_drafts where member_id = ${memberId}`);
      await tx.execute(sql`delete from saved_views where member_id = ${memberId}`);
    });
    return undefined;
  }

  private unassign(workspaceId: string, memberId: string): Promise<number> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const freed = await tx.query<{ id: string }>(sql`
        update conversations set assignee_id = null
         where id in (select id from conversations where workspace_id = ${workspaceId} and assignee_id = ${memberId}
                       order by id limit ${batch} for no key update)
        returning id`);
      for (const { id } of freed) this.feed.append(tx, { kind: 'ConversationChanged', ids: [id], conversationId: id });
      return freed.length;
    });
  }
}
