import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { type CallOutcome, outcomeOf, outcomeWithout } from './call-outcome.js';
import { type OwedCall, type OwedCalls, OwedCallsReader } from './owed-calls.js';
import { RecordCalls } from './record-calls.js';
import { signedHeaders } from './sign-call.js';
import { deliverWebhooks } from './webhook-events.js';

/** Days that the log of calls is kept. */
const keptDays = 30;
const prunedAtOnce = 5_000;
const callMilliseconds = 15_000;
/** Who answers more than this has not understood what it is asked. */
const mostBytes = 1_000_000;

/**
 * Makes the calls that one endpoint is owed, a few at a time. A call may be made twice, where a process ends between the call
 * and the word of it, and never not at all: its id tells the receiver. A slow endpoint keeps nobody waiting but itself.
 */
@Injectable()
export class DeliverWebhooksWorker implements Worker, OnModuleInit {
  readonly kind = deliverWebhooks;
  readonly concurrency = 16;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly owed: OwedCallsReader,
    private readonly record: RecordCalls,
    private readonly outgoing: OutgoingClient,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run({ workspaceId, rowId, signal }: Job): Promise<Again | undefined> {
    const run = <Result>(work: (tx: WorkspaceTransaction) => Promise<Result>) => this.workspaces.run(workspaceId, work);
    for (;;) {
      if (signal.aborted) return { afterSeconds: 0 };
      const owed = await run((tx) => this.owed.next(tx, rowId));
      if (owed === null) return run((tx) => afterwards(tx, rowId));
      const made = await Promise.all(
        owed.calls.map(async (call) => ({ call, outcome: await this.make(owed, call, signal) })),
      );
      // A process that has to stop does not know whether it arrived; the next one makes the call again.
      if (signal.aborted) return { afterSeconds: 0 };
      await run((tx) => this.record.run(tx, rowId, made));
    }
  }

  private async make(
    { url, secrets, timestamp }: OwedCalls,
    { id, body }: OwedCall,
    signal: AbortSignal,
  ): Promise<CallOutcome> {
    try {
      return outcomeOf(
        await this.outgoing.requestOf(
          { url, allowedHosts: this.config.openai.allowedHosts },
          {
            method: 'POST',
            headers: signedHeaders({ id, timestamp, body }, secrets),
            body,
            timeout: callMilliseconds,
            maxBytes: mostBytes,
            signal,
          },
        ),
      );
    } catch (error) {
      return outcomeWithout(error);
    }
  }
}

/** Lets go of the log's oldest, and gives when there is something to do again: a call, or more to let go of. */
async function afterwards(tx: WorkspaceTransaction, endpointId: string): Promise<Again | undefined> {
  const gone = await tx.execute(sql`
    delete from webhook_deliveries where workspace_id = ${tx.workspaceId} and id in (
      select id from webhook_deliveries
       where workspace_id = ${tx.workspaceId} and endpoint_id = ${endpointId} and status <> 'PENDING'
         and at < now() - make_interval(days => ${keptDays}) order by id limit ${prunedAtOnce})`);
  if (gone === prunedAtOnce) return { afterSeconds: 1 };
  // What came about while the endpoint was being disabled.
  await tx.execute(sql`
    update webhook_deliveries set status = 'FAILED', trouble = 'DISABLED', next_attempt_at = null
     where workspace_id = ${tx.workspaceId} and endpoint_id = ${endpointId} and status = 'PENDING'
       and exists (select from webhook_endpoints e where e.workspace_id = ${tx.workspaceId} and e.id = ${endpointId}
                      and e.disabled_because is not null)`);
  const next = await tx.first<{ at: Date | null }>(sql`
    select least((select greatest(min(d.next_attempt_at), e.rests_until) from webhook_deliveries d
                   where d.workspace_id = e.workspace_id and d.endpoint_id = e.id and d.status = 'PENDING'),
                 (select d.at + make_interval(days => ${keptDays}, hours => 1) from webhook_deliveries d
                   where d.workspace_id = e.workspace_id and d.endpoint_id = e.id order by d.id limit 1)) as at
      from webhook_endpoints e where e.workspace_id = ${tx.workspaceId} and e.id = ${endpointId}`);
  return next === null || next.at === null ? undefined : { againAt: next.at };
}
