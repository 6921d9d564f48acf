import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';

const dayMilliseconds = 86_400_000;

/**
 * Removes a file that nothing points at any more. Its row goes first, and alone decides: whoever is about to name the file
 * holds the row. A file that somebody has in a draft is looked at again a day later, one that is worked with when that may be over. Bytes that outlive their row are removed when the job runs again, which it does until it has ended.
 */
@Injectable()
export class RemoveFileWorker implements Worker, OnModuleInit {
  readonly kind = 'remove-file';
  readonly concurrency = 4;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly files: FileStore,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const stays = await this.workspaces.run(job.workspaceId, async (tx) => {
      await tx.first(sql`select from files where workspace_id = ${tx.workspaceId} and id = ${job.rowId} for update`);
      await tx.execute(sql`
        delete from files f where f.workspace_id = ${tx.workspaceId} and f.id = ${job.rowId}
           and coalesce(f.kept_until <= now(), true)
           and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.id)
           and not exists (select from composer_draft_files d where d.workspace_id = f.workspace_id and d.file_id = f.id)`);
      return tx.first<{ drafted: boolean; keptUntil: Date | null }>(sql`
        select exists (select from composer_draft_files d where d.workspace_id = f.workspace_id and d.file_id = f.id) as drafted,
               case when f.kept_until > now() then f.kept_until end as "keptUntil"
          from files f where f.workspace_id = ${tx.workspaceId} and f.id = ${job.rowId}`);
    });
    if (stays === null) await this.files.remove(job.workspaceId, job.rowId);
    const keptUntil = stays?.keptUntil ?? null;
    if (keptUntil !== null) return { againAt: keptUntil };
    return stays?.drafted === true ? { againAt: new Date(Date.now() + dayMilliseconds) } : undefined;
  }
}
