import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { KnowledgeKind } from '../enums.js';
import { ReadFile } from './files/read-file.js';
import { holdSource, readKnowledgeJob } from './readable-source.js';
import { ReadSite } from './web/read-site.js';

/** What ended the process twice is not tried a third time. */
const mostTries = 2;

/** Reads what is knowledge by its address or as a file. A site is read again each day; its job is its timetable. */
@Injectable()
export class ReadKnowledgeWorker implements Worker, OnModuleInit {
  readonly kind = readKnowledgeJob;
  readonly concurrency = 2;
  readonly maxSeconds = 150;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly file: ReadFile,
    private readonly site: ReadSite,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    const source = await this.workspaces.run(job.workspaceId, (tx) => holdSource(tx, job.rowId));
    if (source === null) return undefined;
    if (source.kind === KnowledgeKind.URL) return this.site.run(job, source);
    if (source.kind === KnowledgeKind.FILE) await this.file.run(job.workspaceId, source, job.attempt <= mostTries);
    return undefined;
  }
}
