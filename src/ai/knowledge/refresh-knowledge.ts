import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { KnowledgeKind, KnowledgeStatus } from '../enums.js';
import { type KnowledgeRow, knowledgeById } from './knowledge.row.js';
import { holdSource, readKnowledgeJob } from './readable-source.js';

/** Reads a source again at once, instead of at its next time. */
@Injectable()
export class RefreshKnowledge {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly feed: LiveFeed,
  ) {}

  run(actor: MemberActor, id: string, request: RequestContext): Promise<KnowledgeRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const source = isUuid(id) ? await holdSource(tx, id) : null;
      if (source === null) throw notFound('The knowledge');
      if (source.kind !== KnowledgeKind.URL && source.fileId === null)
        throw badInput(
          'id',
          'Only web pages are read again. Add a file in its new version, or change the text.',
          'KNOWLEDGE_ONCE',
        );
      await tx.execute(sql`
        update knowledge_sources set status = ${KnowledgeStatus.PENDING}
         where workspace_id = ${tx.workspaceId} and id = ${source.id} and status = ${KnowledgeStatus.FAILED}`);
      this.outbox.schedule(tx, readKnowledgeJob, source.id);
      this.audit.record(tx, { actor, action: 'knowledge.refresh', target: source.id, origin: request.origin });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [source.id], detail: 'knowledge' });
      const row = await knowledgeById(tx, source.id);
      if (row === null) throw notFound('The knowledge');
      return row;
    });
  }
}
