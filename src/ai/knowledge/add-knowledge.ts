import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Config } from '../../platform/config/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { KnowledgeKind, KnowledgeStatus } from '../enums.js';
import type { KnowledgeInput } from './add-knowledge.input.js';
import { checkTitle, digestOf, digestOfOrigin, passagesOf } from './check-knowledge.js';
import { claimFile } from './files/claim-file.js';
import { type KnowledgeRow, knowledgeById } from './knowledge.row.js';
import { readKnowledgeJob } from './readable-source.js';
import type { PassageText } from './split-text.js';
import { checkPageUrl } from './web/page-address.js';
import { refuseTwin, writePassages } from './write-passages.js';

/** What is added: passages that are there at once, or an address or a file that is read afterwards. */
interface Added {
  readonly digest: Buffer;
  readonly passages: readonly PassageText[] | null;
  readonly url: string | null;
  readonly fileId: string | null;
}

/** What is to be added, after all that can be told without a look at the database was checked. */
interface CheckedKnowledge {
  readonly input: KnowledgeInput;
  readonly title: string;
  readonly known: Added | null;
}

/** Adds knowledge. A text can be answered from at once; a page or a file once it is read, which is begun here. */
@Injectable()
export class AddKnowledge {
  constructor(
    private readonly config: Config,
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly entitlements: Entitlements,
  ) {}

  run(actor: MemberActor, input: KnowledgeInput, request: RequestContext): Promise<KnowledgeRow> {
    const checked = this.check(input);
    return this.workspaces.run(actor.workspaceId, (tx) => this.add(tx, actor, checked, request));
  }

  /** Checks what can be told without a look at the database. */
  check(input: KnowledgeInput): CheckedKnowledge {
    return { input, title: checkTitle(input.title), known: this.known(input) };
  }

  /** Adds what was checked. Takes part in the transaction. */
  async add(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    { input, title, known }: CheckedKnowledge,
    request: RequestContext,
  ): Promise<KnowledgeRow> {
    const { digest, passages, url, fileId } = known ?? (await this.ofFile(tx, actor, input));
    await refuseTwin(tx, digest, null);
    const source = { id: newId(), title, internal: input.internal ?? false };
    const status = passages === null ? KnowledgeStatus.PENDING : KnowledgeStatus.READY;
    const added = await tx.execute(sql`
      insert into knowledge_sources (workspace_id, id, kind, title, status, url, file_id, internal, digest)
      values (${tx.workspaceId}, ${source.id}, ${input.kind}, ${title}, ${status}, ${url}, ${fileId}::uuid, ${source.internal}, ${digest})
      on conflict (workspace_id, digest) do nothing`);
    if (added === 0)
      throw new DomainError(ErrorCode.CONFLICT, 'The same knowledge has just been added.', {
        reason: 'KNOWLEDGE_JUST',
      });
    if (passages === null) this.outbox.schedule(tx, readKnowledgeJob, source.id);
    else await writePassages(tx, this.entitlements, source, passages);
    this.audit.record(tx, {
      actor,
      action: 'knowledge.add',
      target: source.id,
      origin: request.origin,
      detail: { kind: input.kind, passages: passages?.length ?? 0 },
    });
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [source.id], detail: 'knowledge' });
    const row = await knowledgeById(tx, source.id);
    if (row === null) throw new Error('The knowledge that was added is gone.');
    return row;
  }

  /** Null for a file, which is looked for in the database. */
  private known(input: KnowledgeInput): Added | null {
    if (input.kind === KnowledgeKind.FILE) return null;
    if (input.kind === KnowledgeKind.URL) {
      const url = checkPageUrl(input.url ?? '', this.config);
      return { digest: digestOfOrigin(input.kind, url), passages: null, url, fileId: null };
    }
    const passages = passagesOf(input);
    return { digest: digestOf(passages), passages, url: null, fileId: null };
  }

  private async ofFile(tx: WorkspaceTransaction, actor: MemberActor, { kind, fileId }: KnowledgeInput): Promise<Added> {
    const digest = digestOfOrigin(kind, await claimFile(tx, actor, fileId));
    return { digest, passages: null, url: null, fileId: fileId ?? null };
  }
}
