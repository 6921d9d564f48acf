import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../../billing/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../../platform/database/index.js';
import { FileStore } from '../../../platform/files/index.js';
import { LiveFeed } from '../../../platform/live/index.js';
import { Outbox } from '../../../platform/outbox/index.js';
import { KnowledgeStatus } from '../../enums.js';
import { type ReadableSource, holdSource } from '../readable-source.js';
import { readingSentence } from '../reading/reading-error.js';
import { ReadingThread } from '../reading/reading-thread.js';
import type { ReadingReason } from '../reading/reading-words.js';
import { Unreadable } from '../reading/unreadable.js';
import type { ReadPassage } from '../reading/what-is-read.js';
import { replacePassages } from '../replace-passages.js';

const readSeconds = 45;

/** Reads an uploaded file once. What it says is kept as passages, and the file is let go. */
@Injectable()
export class ReadFile {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly files: FileStore,
    private readonly thread: ReadingThread,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  /** `mayTry`: it is looked at; else it is said that it cannot be read. */
  async run(workspaceId: string, source: ReadableSource, mayTry: boolean): Promise<void> {
    try {
      if (!mayTry) throw new Unreadable('TOO_HARD');
      const passages = await this.passagesOf(workspaceId, source.fileId);
      await this.workspaces.run(workspaceId, (tx) => this.store(tx, source, passages));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      await this.workspaces.run(workspaceId, (tx) => this.fail(tx, source.id, error.reason, error.values));
    }
  }

  private async passagesOf(workspaceId: string, fileId: string | null): Promise<readonly ReadPassage[]> {
    const file = fileId === null ? null : await this.workspaces.read(workspaceId, (tx) => this.files.find(tx, fileId));
    if (file === null) throw new Unreadable('FILE_GONE');
    const body = await this.files.readAll(workspaceId, file.id).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new Unreadable('FILE_GONE') : error;
    });
    const found = await this.thread.read({ body, contentType: null, name: file.name, url: null }, readSeconds);
    if (found.kind === 'unreadable') throw new Unreadable(found.reason, found.values);
    if (found.kind === 'sitemap') throw new Unreadable('FILE_KIND');
    return found.passages;
  }

  private async store(
    tx: WorkspaceTransaction,
    { id }: ReadableSource,
    passages: readonly ReadPassage[],
  ): Promise<void> {
    const source = await holdSource(tx, id);
    if (source === null) return;
    const { added, removed, kept } = await replacePassages(tx, this.entitlements, source, null, passages);
    await tx.execute(sql`
      update knowledge_sources
         set status = ${KnowledgeStatus.READY}, error = null, file_id = null, read_at = now(), updated_at = now(), changed_at = now(),
             passages_added = ${added}, passages_removed = ${removed}, passages_kept = ${kept}
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    // Nothing names it any more, unless it was sent to somebody too.
    if (source.fileId !== null) this.outbox.schedule(tx, 'remove-file', source.fileId);
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'knowledge' });
  }

  private async fail(
    tx: WorkspaceTransaction,
    id: string,
    reason: ReadingReason,
    values: Readonly<Record<string, string>>,
  ): Promise<void> {
    const changed = await tx.execute(sql`
      update knowledge_sources
         set status = ${KnowledgeStatus.FAILED}, error = ${readingSentence(reason, values)}, read_at = now(), updated_at = now()
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
    if (changed > 0) this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'knowledge' });
  }
}
