import type { KeyObject } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../config/index.js';
import { SystemDatabase, newId, sql } from '../database/index.js';
import { describeError } from '../logging/index.js';
import { backoffSeconds, maxAttempts } from '../queue/index.js';
import { KeyRing } from '../secrets/index.js';
import { Batches, batchesOf } from './batches.js';
import { type ClaimedDelivery as Row, DeliveryClaims, earliest } from './delivery-claims.js';
import { DeliveryHints } from './delivery-hints.js';
import type { Applied, Delivery, DeliverySource } from './delivery-source.js';
import { inReason } from './in-reason.js';
import { openBody, sealBody } from './intake.js';
import { unownedDays } from './unowned-events.js';

const batchSize = 500;
const pollMilliseconds = 1_000;
const rollMilliseconds = 3_600_000;
const keepSetAsideDays = 14;

/**
 * Applies stored deliveries: claims what waits (batches of much for a few beside those of little for many, and beside them
 * what is tried again, so that neither a rush nor one that never ends holds up another account), hands it to the provider's source, and removes what is applied. It is woken
 * in-process and by Redis, and runs until nothing waits; a poll finds what a lost hint left.
 */
@Injectable()
export class Deliveries implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Deliveries');
  private readonly sources = new Map<string, DeliverySource>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly key: KeyObject;
  private loop: Promise<void> | null = null;
  private readonly batches = new Batches();
  private trouble: { readonly error: unknown } | null = null;
  private again = false;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly system: SystemDatabase,
    private readonly ring: KeyRing,
    private readonly hints: DeliveryHints,
    private readonly claims: DeliveryClaims,
  ) {
    this.key = ring.derive('deliveries');
  }

  /** Registers who applies a provider's deliveries. */
  register(source: DeliverySource): void {
    this.sources.set(source.provider, source);
  }

  onApplicationBootstrap(): void {
    if (!this.config.works) return;
    this.hints.listen(() => this.wake());
    this.timers.push(
      setInterval(() => this.wake(), pollMilliseconds),
      setInterval(() => void this.roll(), rollMilliseconds),
    );
    void this.roll();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    this.batches.wake();
    await this.loop;
  }

  /** Applies everything that waits now; resolves when nothing does. For tests and the command line. */
  async drain(): Promise<void> {
    this.wake();
    while (this.loop !== null) await this.loop;
  }

  private wake(): void {
    this.again = true;
    this.batches.wake();
    if (this.loop !== null || this.stopped) return;
    this.loop = this.run().finally(() => {
      this.loop = null;
      if (this.again && !this.stopped) this.wake();
    });
  }

  private async run(): Promise<void> {
    this.again = false;
    this.trouble = null;
    try {
      while (!this.stopped && (await this.step()));
    } catch (error) {
      this.logger.warn(`Deliveries wait: ${describeError(error)}`);
    } finally {
      await this.batches.allEnded();
    }
  }

  /** Takes up the next batch, or waits until that may be done; false when there is nothing to wait for. */
  private async step(): Promise<boolean> {
    if (this.trouble !== null) throw this.trouble.error;
    this.again = false;
    const { batches } = this;
    const { ended } = batches;
    const fresh = batches.mayClaim ? await this.claims.fresh(batchSize, batches.full) : [];
    for (const [kind, rows] of batchesOf(fresh)) batches.begin(kind, rows, this.work(rows));
    if (fresh.length > 0) return true;
    const repeated = batches.repeating ? [] : await this.claims.repeated();
    if (repeated.length > 0) batches.begin('repeated', repeated, this.work(repeated));
    // What ended while we asked may have left something to do.
    if (repeated.length > 0 || batches.ended !== ended) return true;
    if (batches.none) return false;
    if (!this.again) await batches.change();
    return true;
  }

  private work(rows: readonly Row[]): Promise<void> {
    return this.claims
      .holding(rows, () => this.applyAll(rows))
      .catch((error: unknown) => void (this.trouble = { error }));
  }

  private async applyAll(rows: readonly Row[]): Promise<void> {
    const overtried = rows.filter((row) => row.attempt > maxAttempts);
    if (overtried.length > 0)
      await this.setAsideWhole(overtried, 'it ended the process, or never ended, each time it was applied');
    const byProvider = Map.groupBy(
      rows.filter((row) => row.attempt <= maxAttempts).sort((a, b) => (a.id < b.id ? -1 : 1)),
      (row) => row.provider,
    );
    for (const [provider, group] of byProvider) {
      const source = this.sources.get(provider);
      if (source === undefined) await this.setAsideWhole(group, `nobody here understands ${provider}`);
      else await this.settle(group, await this.applyGroup(source, group));
    }
  }

  private async applyGroup(source: DeliverySource, group: readonly Row[]): Promise<Applied> {
    try {
      return await source.apply(group.map((row) => this.open(row)));
    } catch (error) {
      return { failed: new Map(group.map((row) => [row.id, error])), setAside: [] };
    }
  }

  private open(row: Row): Delivery {
    const body = openBody((id) => this.keyNamed(id), row);
    return { id: row.id, receivedAt: row.receivedAt, body, attempt: row.attempt };
  }

  private keyNamed(id: string): KeyObject {
    return id === this.ring.currentId ? this.key : this.ring.deriveFrom(id, 'deliveries');
  }

  private async settle(group: readonly Row[], applied: Applied): Promise<void> {
    const done = group.filter((row) => !applied.failed.has(row.id));
    const rows = new Map(group.map((row) => [row.id, row]));
    const bodyOf = (row: Row) => this.open(row).body;
    const found = inReason(applied.setAside, rows, bodyOf).map((part) => ({ ...part, id: newId() }));
    const parts = await this.system.run(async (tx) => {
      const gone =
        done.length === 0
          ? []
          : await tx.query<{ id: string }>(sql`
              delete from deliveries where id = any (${done.map((row) => row.id)}) and received_at >= ${earliest(done)} returning id`);
      // Whoever removes a delivery sets its parts aside: one that lost its lease meanwhile does neither.
      const removed = new Set(gone.map((row) => row.id));
      const parts = found.filter((part) => removed.has(part.deliveryId));
      if (parts.length > 0) {
        await tx.execute(sql`
          insert into deliveries (id, provider, body, workspace_id, set_aside_at, reason, attempts)
          select id, provider, body, workspace_id, now(), reason, 1
            from unnest(${parts.map((part) => part.id)}::uuid[], ${parts.map((part) => rows.get(part.deliveryId)?.provider ?? '')}::text[],
                        ${parts.map((part) => sealBody(this.key, this.ring.currentId, part))}::bytea[],
                        ${parts.map((part) => part.workspaceId)}::uuid[], ${parts.map((part) => part.reason)}::text[])
                 as part (id, provider, body, workspace_id, reason)`);
      }
      return parts;
    });
    for (const part of parts)
      this.logger.warn(
        { deliveryId: part.id, workspaceId: part.workspaceId, reason: part.reason },
        'Part of a delivery was set aside.',
      );
    for (const row of group) {
      if (applied.failed.has(row.id)) await this.failed(row, applied.failed.get(row.id), group.length > 1);
    }
  }

  private async failed(row: Row, error: unknown, wasInBatch: boolean): Promise<void> {
    const reason = describeError(error);
    if (row.attempt >= maxAttempts) {
      await this.setAsideWhole([row], reason);
      return;
    }
    // One that failed in company is tried alone at once: its neighbour may have been the cause.
    const wait = wasInBatch ? 0 : backoffSeconds(row.attempt);
    await this.system.execute(sql`
        update deliveries set available_at = now() + make_interval(secs => ${wait}), leased_until = null, reason = ${reason}
         where id = ${row.id} and received_at >= ${earliest([row])}`);
    this.logger.warn(
      { deliveryId: row.id, attempt: row.attempt, reason },
      'A delivery could not be applied and will be tried again.',
    );
  }

  private async setAsideWhole(rows: readonly Row[], reason: string): Promise<void> {
    await this.system.execute(sql`
        update deliveries set set_aside_at = now(), reason = ${reason}, leased_until = null
         where id = any (${rows.map((row) => row.id)}) and received_at >= ${earliest(rows)}`);
    for (const row of rows)
      this.logger.error({ deliveryId: row.id, reason }, 'A delivery was set aside after its last try.');
  }

  /** Each hour: makes the partitions of the coming days, drops empty old ones, and lets go of what was set aside long ago. */
  async roll(): Promise<void> {
    try {
      await this.system.execute(
        sql`delete from deliveries where set_aside_at < now() - make_interval(days => ${keepSetAsideDays})`,
      );
      await this.system.execute(sql`delete from unrouted_events where day < current_date - ${unownedDays}::int`);
      await this.system.query(sql`select roll_deliveries()`);
    } catch (error) {
      this.logger.warn(
        `The partitions of deliveries could not be rolled and will be next hour: ${describeError(error)}`,
      );
    }
  }
}
