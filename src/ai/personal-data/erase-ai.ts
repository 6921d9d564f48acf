import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { forgetUnasked } from '../questions/forget-unasked.js';
import { type ErasedBatch, type Eraser, PersonalData, type Subject } from '../../platform/personal-data/index.js';

/** Erases what models were told of a subject, what they answered, and what was drafted. */
@Injectable()
export class EraseAi implements Eraser, OnModuleInit {
  readonly module = 'ai';

  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.erases(this);
  }

  async erase(tx: WorkspaceTransaction, subject: Subject, limit: number): Promise<ErasedBatch> {
    const { conversationIds } = subject;
    const theirs = ofSubject(tx.workspaceId, subject);
    const drafts = await tx.query<{ id: string }>(sql`
      select id from drafts where workspace_id = ${tx.workspaceId} and ${theirs} limit ${limit}`);
    const ids = drafts.map(({ id }) => id);
    const erased = {
      draft_sources: await tx.execute(
        sql`delete from draft_sources where workspace_id = ${tx.workspaceId} and draft_id = any (${ids}::uuid[])`,
      ),
      drafts: await tx.execute(
        sql`delete from drafts where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`,
      ),
      evaluation_cases: await tx.execute(sql`
        delete from evaluation_cases where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[])`),
      evaluation_results: await tx.execute(sql`
        delete from evaluation_results where workspace_id = ${tx.workspaceId} and (evaluation_id, position) in (
          select evaluation_id, position from evaluation_results
           where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[]) limit ${limit})`),
      question_askings: await tx.execute(sql`
        delete from question_askings where workspace_id = ${tx.workspaceId} and id in (
          select id from question_askings where workspace_id = ${tx.workspaceId} and conversation_id = any (${conversationIds}::uuid[])
           limit ${limit})`),
      unanswered_questions: await forgetUnasked(tx, limit),
      ai_runs: await tx.execute(sql`
        delete from ai_runs where workspace_id = ${tx.workspaceId} and id in (
          select id from ai_runs where workspace_id = ${tx.workspaceId} and ${theirs}
           limit ${limit})`),
    };
    return {
      erased,
      files: [],
      more: [erased.drafts, erased.evaluation_results, erased.question_askings, erased.ai_runs].includes(limit),
    };
  }
}

/** What was made of their conversations, and of what they sent in; by the contact as well, as leads themselves are erased. */
function ofSubject(workspaceId: string, { scope, contactIds, conversationIds, leadIds = [] }: Subject): Sql {
  return sql`(conversation_id = any (${conversationIds}::uuid[]) or lead_id = any (${leadIds}::uuid[])
    or lead_id in (select l.id from leads l
                    where l.workspace_id = ${workspaceId} and ${scope === 'CONTACT'} and l.contact_id = any (${contactIds}::uuid[])))`;
}
