import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { KnowledgeStatus } from '../enums.js';
import type { KnowledgeInput } from './add-knowledge.input.js';
import { checkTitle, digestOf, passagesOf } from './check-knowledge.js';
import { type KnowledgeRow, knowledgeById } from './knowledge.row.js';
import { refuseTwin, writePassages } from './write-passages.js';

/** Adds knowledge: it is split, and can be answered from at once. */
@Injectable()
export class AddKnowledge {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  run(actor: MemberActor, input: KnowledgeInput, request: RequestContext): Promise<KnowledgeRow> {
    const title = checkTitle(input.title);
    const passages = passagesOf(input);
    const digest = digestOf(passages);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await refuseTwin(tx, digest, null);
      const source = { id: newId(), title, internal: input.internal ?? false };
      const added = await tx.execute(sql`
        insert into knowledge_sources (workspace_id, id, kind, title, status, internal, digest)
        values (${tx.workspaceId}, ${source.id}, ${input.kind}, ${title}, ${KnowledgeStatus.READY}, ${source.internal}, ${digest})
        on conflict (workspace_id, digest) do nothing`);
      if (added === 0)
        throw new DomainError(ErrorCode.CONFLICT, 'The same knowledge has just been added.', {
          reason: 'KNOWLEDGE_JUST',
        });
      await writePassages(tx, source, passages);
      this.audit.record(tx, {
        actor,
        action: 'knowledge.add',
        target: source.id,
        origin: request.origin,
        detail: { kind: input.kind, passages: passages.length },
      });
      this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [source.id], detail: 'knowledge' });
      const row = await knowledgeById(tx, source.id);
      if (row === null) throw new Error('The knowledge that was added is gone.');
      return row;
    });
  }
}
