import { type WorkspaceTransaction, cleanInput, isUuid, sql } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';
import type { EvaluationCase } from './evaluate-bot.input.js';

/** A case as it is kept. */
export interface CheckedCase {
  readonly id: string | null;
  readonly question: string;
  readonly expected: string;
  readonly knowledgeId: string | null;
}

/** What a set holds, and what one evaluation tries. */
export const mostCases = 200;
const longest = 4_000;

/** Checks cases as a member gives them. */
export function checkedCases(cases: readonly EvaluationCase[]): CheckedCase[] {
  if (cases.length > mostCases)
    throw badInput('cases', `Give at most ${String(mostCases)} cases.`, 'TOO_MANY', { most: String(mostCases) });
  return cases.map(({ id, question, expected, knowledgeId }) => {
    const checked = { question: cleanInput(question), expected: cleanInput(expected) };
    if (checked.question === '') throw badInput('cases', 'Give a question in every case.', 'CASE_QUESTION');
    if (checked.question.length > longest || checked.expected.length > longest)
      throw badInput('cases', `Use at most ${String(longest)} characters.`, 'TOO_LONG', { most: String(longest) });
    if (id != null && !isUuid(id)) throw notFound('The case');
    if (knowledgeId != null && !isUuid(knowledgeId)) throw notFound('The knowledge');
    return { id: id ?? null, knowledgeId: knowledgeId ?? null, ...checked };
  });
}

/** Refuses cases that name knowledge which is not there. Takes part in the transaction. */
export async function checkSources(tx: WorkspaceTransaction, cases: readonly CheckedCase[]): Promise<void> {
  const named = [...new Set(cases.flatMap(({ knowledgeId }) => knowledgeId?.toLowerCase() ?? []))];
  if (named.length === 0) return;
  const known = await tx.query(sql`
    select from knowledge_sources where workspace_id = ${tx.workspaceId} and id = any (${named}::uuid[])`);
  if (known.length < named.length) throw notFound('The knowledge');
}
