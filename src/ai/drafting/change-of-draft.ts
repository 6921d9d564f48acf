import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type DraftChange, DraftStatus } from '../enums.js';
import type { FoundPassage } from '../knowledge/search-passages.js';
import type { DraftRow } from './draft.row.js';
import { type Language, languages } from '../languages.js';

/** A grounded draft that is to be said in other words, and what it rests on. */
export interface Basis {
  readonly text: string;
  readonly change: DraftChange;
  /** Of a translation: what it is translated into. */
  readonly language: Language | null;
  readonly sources: readonly FoundPassage[];
  readonly confidence: number | null;
}

/** What a changed draft is made from; null where what it changes is gone. Participant. */
export async function basisOf(tx: WorkspaceTransaction, draft: DraftRow): Promise<Basis | null> {
  if (draft.change === null) return null;
  const base = await tx.first<{ text: string; confidence: number | null }>(sql`
    select d.text, d.confidence from drafts d where d.workspace_id = ${tx.workspaceId} and d.id = ${draft.changesId}`);
  if (base === null || base.text === '') return null;
  const sources = await tx.query<Omit<FoundPassage, 'id' | 'heading' | 'question'>>(sql`
    select s.knowledge_id as "knowledgeId", s.title, s.url, s.page, s.passage as text, s.score from draft_sources s
     where s.workspace_id = ${tx.workspaceId} and s.draft_id = ${draft.changesId} order by s.position`);
  return {
    ...base,
    change: draft.change,
    language: draft.language === null ? null : (languages.get(draft.language) ?? null),
    sources: sources.map((source) => ({ ...source, id: source.knowledgeId, heading: null, question: null })),
  };
}

/** A change that came to nothing gives the draft back that it was to change; gives its id, or null. Participant. */
export async function giveBack(tx: WorkspaceTransaction, draft: DraftRow): Promise<string | null> {
  if (draft.changesId === null) return null;
  const back = await tx.first<{ id: string; runId: string | null }>(sql`
    update drafts d set status = ${DraftStatus.PROPOSED}
     where d.workspace_id = ${tx.workspaceId} and d.id = ${draft.changesId} and d.status = ${DraftStatus.DISCARDED}
       and not exists (select from drafts o where o.workspace_id = d.workspace_id and o.conversation_id = d.conversation_id
                        and o.status in (${DraftStatus.PROPOSED}, ${DraftStatus.GENERATING}))
    returning d.id, d.run_id as "runId"`);
  if (back === null) return null;
  await tx.execute(sql`
    update ai_runs set outcome = 'PROPOSED' where workspace_id = ${tx.workspaceId} and id = ${back.runId} and outcome = 'DISCARDED'`);
  return back.id;
}
