import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { JobStatus } from '../../platform/graphql/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { EvaluationStop } from '../enums.js';
import { evaluateBotJob } from './evaluate-bot.worker.js';
import { EvaluationTrials } from './evaluation-trials.js';
import { type EvaluationRow, evaluationById } from './evaluation.row.js';

/** A member stops an evaluation: what is judged stays, and no more is asked. One that has ended stays as it is. */
@Injectable()
export class CancelEvaluation {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly trials: EvaluationTrials,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  run(actor: MemberActor, id: string, request: RequestContext): Promise<EvaluationRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const found = await evaluationById(tx, id);
      if (found === null) throw notFound('The evaluation');
      const open = await tx.first(sql`
        select from evaluations where workspace_id = ${tx.workspaceId} and id = ${found.id}
           and status in (${JobStatus.QUEUED}, ${JobStatus.RUNNING}) for update`);
      if (open !== null) {
        await this.trials.end(tx, found.id, JobStatus.FAILED, EvaluationStop.CANCELLED);
        await this.outbox.cancel(tx, evaluateBotJob, found.id);
        this.audit.record(tx, { actor, action: 'evaluation.cancel', target: found.id, origin: request.origin });
      }
      const now = await evaluationById(tx, found.id);
      if (now === null) throw notFound('The evaluation');
      return now;
    });
  }
}
