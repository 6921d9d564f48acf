import { type KeyObject, createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { SystemDatabase, newId } from '../database/index.js';
import { type InstanceSecret, KeyRing, seal, unseal } from '../secrets/index.js';
import { DeliveryHints } from './delivery-hints.js';

interface Waiting {
  readonly id: string;
  readonly provider: string;
  readonly body: Buffer;
  readonly lane: number;
  settle(error?: unknown): void;
}

/** Postgres did not confirm within the time: nothing may be acknowledged. */
export class IntakeUnavailable extends Error {
  constructor() {
    super('The deliveries cannot be stored right now.');
    this.name = 'IntakeUnavailable';
  }
}

/** Whoever shares a lane with an account in a rush waits with it: the more lanes, the fewer. */
const lanes = 256;
const writesInFlight = 2;
const perWrite = 500;
const maxWaiting = 5_000;
const maxWaitingBytes = 64_000_000;
const timeoutMilliseconds = 3_000;

/**
 * Stores webhook calls durably before anyone parses them. Calls that arrive while a write is under way go out together
 * as one insert (group commit): faster and steadier than one insert each. `store` resolves after the commit.
 */
@Injectable()
export class Intake implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly key: KeyObject;
  private readonly keyId: string;
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private inFlight = 0;

  constructor(
    system: SystemDatabase,
    ring: KeyRing,
    private readonly hints: DeliveryHints,
  ) {
    this.pool = system.ownPool(writesInFlight);
    this.key = ring.derive('deliveries');
    this.keyId = ring.currentId;
  }

  /** Whether so much waits to be stored that other work should step back. */
  get pressed(): boolean {
    return this.waiting.length > maxWaiting / 4 || this.waitingBytes > maxWaitingBytes / 4;
  }

  /**
   * Stores one call; throws IntakeUnavailable when Postgres does not answer within 3 s, or too much waits already. Calls
   * of the same `sender` wait in one lane, and lanes are taken in turn: it need not be right, and is not kept.
   */
  store(provider: string, body: Buffer, sender: string | null = null): Promise<void> {
    if (this.waiting.length >= maxWaiting || this.waitingBytes + body.length > maxWaitingBytes)
      return Promise.reject(new IntakeUnavailable());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new IntakeUnavailable()), timeoutMilliseconds);
      const settle = (error?: unknown) => {
        clearTimeout(timer);
        if (error === undefined) resolve();
        else reject(new IntakeUnavailable());
      };
      this.waiting.push({ id: newId(), provider, body, lane: laneOf(provider, sender), settle });
      this.waitingBytes += body.length;
      this.flush();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private flush(): void {
    while (this.inFlight < writesInFlight && this.waiting.length > 0) {
      const batch = this.waiting.splice(0, perWrite);
      for (const call of batch) this.waitingBytes -= call.body.length;
      this.inFlight += 1;
      void this.write(batch).finally(() => {
        this.inFlight -= 1;
        this.flush();
      });
    }
  }

  private async write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.pool.query({
        name: 'intake',
        text: `insert into deliveries (id, provider, body, lane)
               select id, provider, body, lane
                 from unnest($1::uuid[], $2::text[], $3::bytea[], $4::smallint[]) as call (id, provider, body, lane)`,
        values: [
          batch.map((call) => call.id),
          batch.map((call) => call.provider),
          batch.map((call) => sealBody(this.key, this.keyId, call)),
          batch.map((call) => call.lane),
        ],
      });
      for (const call of batch) call.settle();
      this.hints.give();
    } catch (error) {
      for (const call of batch) call.settle(error);
    }
  }
}

function laneOf(provider: string, sender: string | null): number {
  if (sender === null) return 0;
  return createHash('sha256').update(`${provider} ${sender}`).digest().readUInt16BE(0) % lanes;
}

/** The bodies, each under a key that is derived from the deployment's. */
export const deliveryBodies: InstanceSecret = {
  table: 'deliveries',
  column: 'body',
  key: 'id',
  keyType: 'uuid',
  open: (ring, id, body) => openBody((keyId) => ring.deriveFrom(keyId, 'deliveries'), { id, body }),
  seal: (ring, id, body) => sealBody(ring.derive('deliveries'), ring.currentId, { id, body }),
};

/** `1|key id|` and the sealed body, bound to the delivery's id. */
export function sealBody(key: KeyObject, keyId: string, call: { readonly id: string; readonly body: Buffer }): Buffer {
  return Buffer.concat([Buffer.from(`1|${keyId}|`), seal(key, call.body, `deliveries|${call.id}`)]);
}

/** Opens what `sealBody` made, with the key that its header names. */
export function openBody(
  keyNamed: (id: string) => KeyObject,
  { id, body }: { readonly id: string; readonly body: Buffer },
): Buffer {
  const second = body.indexOf('|', 2);
  return unseal(keyNamed(body.subarray(2, second).toString()), body.subarray(second + 1), `deliveries|${id}`);
}
