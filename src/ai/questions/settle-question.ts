import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { KnowledgeKind, QuestionStatus } from '../enums.js';
import { AddKnowledge } from '../knowledge/add-knowledge.js';
import type { KnowledgeRow } from '../knowledge/knowledge.row.js';
import { giveToBots } from './give-to-bots.js';

/** What a member answers. */
export interface GivenAnswer {
  /** The question as it is to stand in the knowledge; null: in the words in which it was asked last. */
  readonly question: string | null;
  readonly answer: string;
}

const longestTitle = 200;
const longestQuestion = 500;

/** A member answers a question once for all, or says that it needs no answer. */
@Injectable()
export class SettleQuestion {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly knowledge: AddKnowledge,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
  ) {}

  /** Puts the pair into the knowledge; who asks the same from now on is answered from it. */
  async answer(
    actor: MemberActor,
    id: string,
    { question, answer }: GivenAnswer,
    request: RequestContext,
  ): Promise<KnowledgeRow> {
    if (answer.trim() === '') throw badInput('answer', 'Write something first.', 'WRITE_FIRST');
    const words = await this.workspaces.read(actor.workspaceId, (tx) => wordsOfQuestion(tx, id));
    const asked = (question ?? words.slice(0, longestQuestion)).toWellFormed();
    const title = asked.slice(0, longestTitle).toWellFormed();
    const pair = { kind: KnowledgeKind.FAQ, title, faq: [{ question: asked, answer }] };
    const checked = this.knowledge.check(pair);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const row = await this.knowledge.add(tx, actor, checked, request);
      const botIds = await giveToBots(tx, id, row.id);
      if (botIds.length > 0) this.feed.append(tx, { kind: 'WorkspaceChanged', ids: botIds, detail: 'bots' });
      await this.settle(tx, actor, id, { status: QuestionStatus.ANSWERED, botIds }, request);
      return row;
    });
  }

  dismiss(actor: MemberActor, id: string, request: RequestContext): Promise<boolean> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      await this.settle(tx, actor, id, { status: QuestionStatus.DISMISSED }, request);
      return true;
    });
  }

  private async settle(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    id: string,
    detail: { readonly status: QuestionStatus; readonly botIds?: readonly string[] },
    { origin }: RequestContext,
  ): Promise<void> {
    const settled = isUuid(id)
      ? await tx.execute(sql`
          update unanswered_questions set status = ${detail.status} where workspace_id = ${tx.workspaceId} and id = ${id}`)
      : 0;
    if (settled === 0) throw notFound('The question');
    this.audit.record(tx, { actor, action: 'question.settle', target: id, origin, detail });
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'questions' });
  }
}

/** In the words in which it was asked last; empty where nobody who asked is left. */
async function wordsOfQuestion(tx: WorkspaceTransaction, id: string): Promise<string> {
  const found = isUuid(id)
    ? await tx.first<{ text: string }>(sql`
        select coalesce((select a.text from question_askings a
                          where a.workspace_id = q.workspace_id and a.question_id = q.id order by a.id desc limit 1), '') as text
          from unanswered_questions q where q.workspace_id = ${tx.workspaceId} and q.id = ${id}`)
    : null;
  if (found === null) throw notFound('The question');
  return found.text;
}
