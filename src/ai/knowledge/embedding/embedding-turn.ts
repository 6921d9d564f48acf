import { type WorkspaceTransaction } from '../../../platform/database/index.js';
import { recordRuns, rewriteRun } from '../../drafting/record-runs.js';
import { AiPurpose } from '../../enums.js';
import type { EmbeddingAccess } from '../../settings/model-access.js';
import { countSpending } from '../../settings/spending.js';
import type { Embedded } from './embedding-client.js';
import { embeddingRun } from './embedding-run.js';

const about = { purpose: AiPurpose.EMBEDDING, botId: null, conversationId: null };

/** What a run of the job has come to with one model. */
interface Total {
  readonly mark: string;
  readonly runId: string | null;
  readonly passages: number;
  readonly tokens: number;
  readonly uncounted: number;
  readonly latencyMs: number;
}

/** One turn of giving passages their vectors: one run on record, which says with each batch what it has come to. */
export class EmbeddingTurn {
  private total: Total | null = null;

  /** Whether any passage has got its vector. */
  get hasMade(): boolean {
    return (this.total?.passages ?? 0) > 0;
  }

  /** In the transaction that keeps the vectors: a process that dies later has counted what it kept. Participant. */
  async record(tx: WorkspaceTransaction, access: EmbeddingAccess, passages: number, made: Embedded): Promise<void> {
    const before = this.total?.mark === access.mark ? this.total : null;
    const kept = made.failure === null ? passages : 0;
    const after = {
      mark: access.mark,
      passages: (before?.passages ?? 0) + kept,
      tokens: (before?.tokens ?? 0) + made.tokens,
      uncounted: (before?.uncounted ?? 0) + made.uncounted,
      latencyMs: (before?.latencyMs ?? 0) + made.latencyMs,
    };
    const run = embeddingRun(access, { passages: after.passages }, { ...after, failure: made.failure, masked: [] });
    if (before === null || before.runId === null) {
      this.total = { ...after, runId: await recordRuns(tx, about, [run]) };
      return;
    }
    await rewriteRun(tx, before.runId, run);
    await countSpending(tx, null, embeddingRun(access, { passages: kept }, { ...made, masked: [] }));
    this.total = { ...after, runId: before.runId };
  }
}
