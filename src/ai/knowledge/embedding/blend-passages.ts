import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../platform/database/index.js';
import { knowledgeOfBot } from '../../bots/bot.row.js';
import { recordRuns } from '../../drafting/record-runs.js';
import { AiPurpose } from '../../enums.js';
import { type ModelAccess, embeddingAccessOf } from '../../settings/model-access.js';
import { onceEach } from '../once-each.js';
import type { FoundPassage } from '../search-passages.js';
import { EmbeddingClient } from './embedding-client.js';
import { embeddingRun } from './embedding-run.js';
import { NearPassages } from './near-passages.js';

/** A customer waits: with no vector by then, knowledge is found by its words alone. */
const patience = 1_500;
const mostLetters = 2_000;
const near = 12;
/** The usual constant of reciprocal rank fusion: the first places weigh little more than the next. */
const fusion = 60;

/** What is asked of the knowledge, and what was found for it by its words. */
interface Blended {
  /** As it may leave. */
  readonly question: string;
  /** The kinds of details that were taken out of it. */
  readonly masked: readonly string[];
  readonly botId: string | null;
  readonly passages: readonly FoundPassage[];
  readonly limit: number;
}

/** Blends what was found by words with what is near in meaning, where the workspace has a model for that. */
@Injectable()
export class BlendPassages {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly client: EmbeddingClient,
    private readonly nearest: NearPassages,
  ) {}

  /** Opens a transaction of its own, after the model was asked. Gives what was found by words where it does not answer. */
  async blend(access: ModelAccess, asked: Blended, signal: AbortSignal): Promise<readonly FoundPassage[]> {
    const embedding = embeddingAccessOf(access);
    // What was said last says best what is asked.
    const text = asked.question.slice(-mostLetters).trim();
    if (embedding === null || text === '') return asked.passages;
    const made = await this.client.embed(embedding, [text], patience, signal);
    // The process stops, or nobody waits any more.
    if (signal.aborted) return asked.passages;
    const { botId, masked } = asked;
    return this.workspaces.run(access.workspaceId, async (tx) => {
      const about = { purpose: AiPurpose.EMBEDDING, botId, conversationId: null };
      await recordRuns(tx, about, [embeddingRun(embedding, { questions: 1 }, { ...made, masked })]);
      const [vector] = made.vectors;
      if (vector === undefined) return asked.passages;
      const knowledgeIds = botId === null ? null : await knowledgeOfBot(tx, botId);
      const found = await this.nearest.find(tx, { vector, mark: embedding.mark, knowledgeIds, limit: near });
      return fused(asked.passages, found).slice(0, asked.limit);
    });
  }
}

/** Reciprocal rank fusion: what stands high in either list stands high, what stands in both higher. */
export function fused(byWords: readonly FoundPassage[], byMeaning: readonly FoundPassage[]): FoundPassage[] {
  const merged = new Map<string, { readonly row: FoundPassage; readonly rank: number }>();
  for (const list of [byWords, byMeaning])
    for (const [place, passage] of list.entries()) {
      const before = merged.get(passage.id);
      merged.set(passage.id, {
        row: { ...passage, score: Math.max(passage.score, before?.row.score ?? 0) },
        rank: (before?.rank ?? 0) + 1 / (fusion + place + 1),
      });
    }
  return onceEach([...merged.values()].sort((a, b) => b.rank - a.rank)).map(({ row }) => row);
}
