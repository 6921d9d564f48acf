import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { type Job, Queues, type Worker } from '../../platform/queue/index.js';

/** Removes a file that nothing points at any more: first its bytes, then its row. */
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

  async run(job: Job): Promise<undefined> {
    await this.files.remove(job.workspaceId, job.rowId);
    await this.workspaces.run(job.workspaceId, (tx) =>
      tx.execute(sql`
        delete from files f where f.workspace_id = ${tx.workspaceId} and f.id = ${job.rowId}
           and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.id)`),
    );
    return undefined;
  }
}
