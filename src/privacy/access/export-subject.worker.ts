import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { SubjectExported } from './access.events.js';
import { ExportSubject } from './export-subject.js';
import { type SubjectExport, SubjectExports } from './subject-exports.js';

/** Makes an export, comes back when it has expired, and removes it. Bytes whose row is gone go whenever the job runs. */
@Injectable()
export class ExportSubjectWorker implements Worker, OnModuleInit {
  readonly kind = 'export-subject';
  readonly concurrency = 1;
  readonly maxSeconds = 3_600;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly exports: SubjectExports,
    private readonly exporting: ExportSubject,
    private readonly files: FileStore,
    private readonly facts: Facts,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const found = await this.workspaces.read(workspaceId, (tx) => this.exports.byId(tx, rowId));
    if (found === null) return this.remove(workspaceId, rowId);
    if (found.state === 'WAITING') return this.make(workspaceId, found, signal);
    if (!found.expired && found.expiresAt !== null) return { againAt: found.expiresAt };
    return this.remove(workspaceId, rowId);
  }

  private async make(workspaceId: string, wanted: SubjectExport, signal: AbortSignal): Promise<Again | undefined> {
    const made = await this.files.writeStream(
      workspaceId,
      wanted.id,
      this.exporting.bytes(workspaceId, wanted, signal),
    );
    const until = await this.workspaces.run(workspaceId, async (tx) => {
      const expiresAt = await this.exports.ready(tx, wanted.id, made);
      if (expiresAt !== null)
        await this.facts.announce(tx, new SubjectExported(wanted.id, wanted.requestId, expiresAt));
      return expiresAt;
    });
    // Its subject was erased while it was made.
    if (until === null) return this.remove(workspaceId, wanted.id);
    return { againAt: until };
  }

  /** The bytes first: where that fails, the row brings the job back. */
  private async remove(workspaceId: string, id: string): Promise<undefined> {
    await this.files.remove(workspaceId, id);
    await this.workspaces.run(workspaceId, (tx) => this.exports.remove(tx, id));
  }
}
