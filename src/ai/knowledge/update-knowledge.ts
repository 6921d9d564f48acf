import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { KnowledgeKind, KnowledgeStatus } from '../enums.js';
import { checkTitle, digestOf, passagesOfText } from './check-knowledge.js';
import { type KnowledgeRow, knowledgeById } from './knowledge.row.js';
import { refoldPassages } from './replace-passages.js';
import type { PassageText } from './split-text.js';
import { refuseTwin, writePassages } from './write-passages.js';

/** What to change; null or undefined leaves it. */
export interface KnowledgeChange {
  readonly title: string | null | undefined;
  readonly text: string | null | undefined;
  readonly internal: boolean | null | undefined;
}

/** Changes knowledge. A new text is split and takes the old one's place in one transaction. */
@Injectable()
export class UpdateKnowledge {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  run(actor: MemberActor, id: string, change: KnowledgeChange, request: RequestContext): Promise<KnowledgeRow> {
    const newTitle = change.title == null ? null : checkTitle(change.title);
    const newPassages = change.text == null ? null : passagesOfText(change.text);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await knowledgeById(tx, id);
      if (before === null) throw notFound('The knowledge');
      if (newPassages !== null && before.kind !== KnowledgeKind.TEXT)
        throw badInput(
          'text',
          'Only a text can be replaced by a text. Delete this source and add it anew.',
          'KNOWLEDGE_NO_TEXT',
        );
      const source = { id: before.id, title: newTitle ?? before.title, internal: change.internal ?? before.internal };
      await tx.execute(sql`
        update knowledge_sources set title = ${source.title}, internal = ${source.internal}, updated_at = now()
         where workspace_id = ${tx.workspaceId} and id = ${before.id}`);
      // The title is among the words that are found, and `internal` keeps a passage from being found at all.
      if (newPassages === null) await refoldPassages(tx, source);
      else await this.replace(tx, source, newPassages);
      const detail = { title: newTitle !== null, text: newPassages !== null, internal: source.internal };
      this.audit.record(tx, { actor, action: 'knowledge.update', target: before.id, origin: request.origin, detail });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [before.id], detail: 'knowledge' });
      const row = await knowledgeById(tx, before.id);
      if (row === null) throw notFound('The knowledge');
      return row;
    });
  }

  private async replace(
    tx: WorkspaceTransaction,
    source: { readonly id: string; readonly title: string; readonly internal: boolean },
    passages: readonly PassageText[],
  ): Promise<void> {
    const digest = digestOf(passages);
    await refuseTwin(tx, digest, source.id);
    await tx.execute(sql`
      update knowledge_sources set digest = ${digest}, status = ${KnowledgeStatus.READY}, error = null
       where workspace_id = ${tx.workspaceId} and id = ${source.id}`);
    await writePassages(tx, this.entitlements, source, passages);
  }
}
