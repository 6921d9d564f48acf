import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Sql, sql } from '../../platform/database/index.js';
import {
  type Exported,
  PersonalData,
  type Subject,
  exportedRows,
  goingOn,
} from '../../platform/personal-data/index.js';

type Theirs = Pick<Subject, 'contactIds' | 'conversationIds'>;

/** Whoever has neither written nor sent anything in was never spoken of to a model. */
function isNobody({ contactIds, conversationIds }: Theirs): boolean {
  return contactIds.length === 0 && conversationIds.length === 0;
}

/** What was made of their conversations, and of what they sent in. */
function ofSubject(table: Sql, workspaceId: string, { contactIds, conversationIds }: Theirs): Sql {
  return sql`(${table}.conversation_id = any (${conversationIds}::uuid[]) or ${table}.lead_id in (
    select l.id from leads l where l.workspace_id = ${workspaceId} and l.contact_id = any (${contactIds}::uuid[])))`;
}

/** What a model was sent, word for word, and what it answered; the runs of a preview or an embedding are about nobody. */
const runs = exportedRows('ai', 'ai-runs', (asked) =>
  isNobody(asked.subject)
    ? null
    : sql`select r.at, r.purpose, r.provider, r.model, r.request, r.response, r.outcome, r.masked, r.cut, r.error,
                 r.id, r.conversation_id as "conversationId", r.lead_id as "leadId"
            from ai_runs r
           where r.workspace_id = ${asked.workspaceId} and ${ofSubject(sql`r`, asked.workspaceId, asked.subject)} ${goingOn(sql`r.id`, asked)}`,
);

const drafts = exportedRows('ai', 'drafts', (asked) =>
  isNobody(asked.subject)
    ? null
    : sql`select d.created_at as "createdAt", d.text, d.status, d.confidence, d.instruction, d.change, d.language,
                 array(select s.title from draft_sources s where s.workspace_id = d.workspace_id and s.draft_id = d.id
                        order by s.position) as sources,
                 d.message_id as "messageId", d.run_id as "runId", d.id, d.conversation_id as "conversationId",
                 d.lead_id as "leadId"
            from drafts d
           where d.workspace_id = ${asked.workspaceId} and ${ofSubject(sql`d`, asked.workspaceId, asked.subject)} ${goingOn(sql`d.id`, asked)}`,
);

/** Cases that bots are tried with and that were taken from what they wrote. */
const cases = exportedRows('ai', 'evaluation-cases', (asked) =>
  asked.subject.conversationIds.length === 0
    ? null
    : sql`select c.question, c.expected, c.id, c.conversation_id as "conversationId" from evaluation_cases c
           where c.workspace_id = ${asked.workspaceId} and c.conversation_id = any (${asked.subject.conversationIds}::uuid[]) ${goingOn(sql`c.id`, asked)}`,
);

/** What they asked and no knowledge answers, as it is kept for the business. */
const questions = exportedRows('ai', 'unanswered-questions', (asked) =>
  asked.subject.conversationIds.length === 0
    ? null
    : sql`select a.asked_at as "askedAt", a.text, a.id, a.conversation_id as "conversationId" from question_askings a
           where a.workspace_id = ${asked.workspaceId} and a.conversation_id = any (${asked.subject.conversationIds}::uuid[]) ${goingOn(sql`a.id`, asked)}`,
);

/** Which model services were given words of theirs; a quote from the knowledge asked none. */
const models: Exported = {
  module: 'ai',
  name: 'models',
  async page(tx, subject) {
    if (isNobody(subject)) return { rows: [], files: [], next: null };
    const rows = await tx.query(sql`
      select r.provider, r.model, count(*)::int as times, min(r.at) as "firstAt", max(r.at) as "lastAt" from ai_runs r
       where r.workspace_id = ${tx.workspaceId} and ${ofSubject(sql`r`, tx.workspaceId, subject)} and r.provider <> 'quote'
       group by r.provider, r.model order by r.provider, r.model`);
    return { rows, files: [], next: null };
  },
};

/** What the machine made of a person's words. */
@Injectable()
export class ExportAi implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    for (const kind of [runs, drafts, cases, questions, models]) this.personalData.exports(kind);
  }
}
