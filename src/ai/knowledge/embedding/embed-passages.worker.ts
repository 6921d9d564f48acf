import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../../platform/queue/index.js';
import { type EmbeddingAccess, ModelAccessReader, embeddingAccessOf } from '../../settings/model-access.js';
import { assumedCostOfVectors, tokensIn } from '../../settings/prices.js';
import { readSettings } from '../../settings/settings-row.js';
import { type ReservedSpending, releaseSpending, reserveSpending } from '../../settings/spending.js';
import { embedPassagesJob } from './embed-soon.js';
import { type Embedded, EmbeddingClient } from './embedding-client.js';
import { EmbeddingTurn } from './embedding-turn.js';
import { signsOf } from './vector.js';

const batch = 64;
const mostLetters = 8_000;
const callMilliseconds = 30_000;
const turnMilliseconds = 45_000;
const afterSomeSeconds = 120;
const afterNoneSeconds = 600;
const laterSeconds = 3_600;

interface Waiting {
  readonly id: string;
  readonly text: string;
}

interface Batch {
  readonly access: EmbeddingAccess;
  readonly waiting: readonly Waiting[];
  readonly reserved: ReservedSpending;
}

/**
 * Gives passages their vectors, a batch at a time; what has one of the model that is set is left alone, so that a run that
 * broke off goes on where it was. Nothing leaves while the workspace's AI is off, asked anew before each batch.
 */
@Injectable()
export class EmbedPassagesWorker implements Worker, OnModuleInit {
  readonly kind = embedPassagesJob;
  readonly concurrency = 2;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly access: ModelAccessReader,
    private readonly client: EmbeddingClient,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, signal }: Job): Promise<Again | undefined> {
    const until = Date.now() + turnMilliseconds;
    const turn = new EmbeddingTurn();
    while (!signal.aborted && Date.now() < until) {
      const next = await this.workspaces.run(workspaceId, (tx) => this.next(tx));
      if (next === 'later') return { afterSeconds: laterSeconds };
      if (next === null || next.waiting.length === 0) return undefined;
      const texts = next.waiting.map(({ text }) => text);
      const made = await this.client.embed(next.access, texts, callMilliseconds, signal);
      // What was on its way stays counted by its length: the server may have done its part.
      if (signal.aborted) break;
      await this.workspaces.run(workspaceId, async (tx) => {
        if (made.failure === null) await keep(tx, next.access, next.waiting, made);
        await turn.record(tx, next.access, texts.length, made);
        await releaseSpending(tx, next.reserved);
      });
      if (made.failure !== null) return { afterSeconds: turn.hasMade ? afterSomeSeconds : afterNoneSeconds };
    }
    return { afterSeconds: 0 };
  }

  /** The next batch, counted by its length before it leaves. Null where nothing may leave. Internal knowledge is never found, so it has no reason to leave. */
  private async next(tx: WorkspaceTransaction): Promise<Batch | 'later' | null> {
    const { enabled, embeddingModel } = await readSettings(tx);
    if (!enabled || embeddingModel === null) return null;
    const access = embeddingAccessOf(await this.access.read(tx, null));
    // A month's budget is used up, a recipient is announced, a key is missing: each of them ends by itself.
    if (access === null) return 'later';
    const waiting = await tx.query<Waiting>(sql`
      select p.id, left(concat_ws(E'\n', k.title, p.heading, p.question, p.text), ${mostLetters}) as text
        from passages p
        join knowledge_sources k on k.workspace_id = p.workspace_id and k.id = p.knowledge_id
       where p.workspace_id = ${tx.workspaceId} and (p.embedded_with is distinct from ${access.mark} or p.embedding_signs is null) and not p.internal
       order by p.id limit ${batch}`);
    const uncounted = tokensIn(waiting.map(({ text }) => text).join(''));
    const reserved = await reserveSpending(tx, assumedCostOfVectors(access, { tokens: 0, uncounted }));
    return { access, waiting, reserved };
  }
}

/** A passage that was written anew meanwhile has another id, and waits for its own. */
async function keep(
  tx: WorkspaceTransaction,
  { mark }: EmbeddingAccess,
  waiting: readonly Waiting[],
  { vectors }: Embedded,
): Promise<void> {
  const bytes = vectors.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  await tx.execute(sql`
    update passages p set embedding = made.embedding, embedding_signs = made.signs::bit varying, embedded_with = ${mark}
      from unnest(${waiting.map(({ id }) => id)}::uuid[], ${bytes}::bytea[], ${vectors.map(signsOf)}::text[]) as made (id, embedding, signs)
     where p.workspace_id = ${tx.workspaceId} and p.id = made.id`);
}
