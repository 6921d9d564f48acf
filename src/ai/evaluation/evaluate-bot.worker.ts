import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { ComposeDraft } from '../drafting/compose-draft.js';
import { EvaluationTrials } from './evaluation-trials.js';

/** The job that tries a bot; its row is the evaluation. */
export const evaluateBotJob = 'evaluate-bot';

const turnMilliseconds = 40_000;

/**
 * Tries a bot with the cases of an evaluation, one after the other. Each that was judged is committed by itself, so that
 * whoever takes over after a kill goes on where it stopped.
 */
@Injectable()
export class EvaluateBotWorker implements Worker, OnModuleInit {
  readonly kind = evaluateBotJob;
  readonly concurrency = 2;
  readonly maxSeconds = 90;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly trials: EvaluationTrials,
    private readonly composer: ComposeDraft,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const begun = performance.now();
    while (performance.now() - begun < turnMilliseconds) {
      const started = performance.now();
      const trial = await this.workspaces.run(workspaceId, (tx) => this.trials.next(tx, rowId));
      if (trial === null) return undefined;
      const composition = await this.composer.compose(trial.material, signal);
      // The process stops: another one tries this case.
      if (signal.aborted) break;
      const latency = Math.round(performance.now() - started);
      await this.workspaces.run(workspaceId, (tx) => this.trials.keep(tx, trial, composition, latency));
    }
    return { afterSeconds: 0 };
  }
}
