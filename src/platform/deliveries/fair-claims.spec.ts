import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import type { Config } from '../config/index.js';
import { openSystemDatabase } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';
import { Deliveries } from './deliveries.js';
import { DeliveryClaims } from './delivery-claims.js';
import type { DeliveryHints } from './delivery-hints.js';
import type { Delivery } from './delivery-source.js';
import { Intake } from './intake.js';

const backlog = 5_000;
const hints = { give: () => undefined, listen: () => undefined } as unknown as DeliveryHints;
const config = {
  works: false,
  encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
} as unknown as Config;

let database: TestDatabase;
let opened: Awaited<ReturnType<typeof openSystemDatabase>>;
let owner: pg.Client;
let intake: Intake;
let claims: DeliveryClaims;

beforeAll(async () => {
  Logger.overrideLogger(false);
  database = await createTestDatabase();
  opened = await openSystemDatabase(database.appUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  intake = new Intake(opened.system, new KeyRing(config), hints);
  claims = new DeliveryClaims(opened.system);
});
beforeEach(() => owner.query('delete from deliveries'));
afterAll(async () => {
  await intake.onApplicationShutdown();
  await owner.end();
  await opened.close();
  await database.drop();
});

/** A worker, and what it applied: each batch as the bodies in it, and how many batches were at work beside it. */
function worker(apply: (batch: readonly Delivery[]) => Promise<unknown> = async () => undefined) {
  const batches: { readonly bodies: string[]; readonly beside: number; readonly attempt: number }[] = [];
  const deliveries = new Deliveries(config, opened.system, new KeyRing(config), hints, claims);
  let atWork = 0;
  deliveries.register({
    provider: 'meta',
    apply: async (batch) => {
      const bodies = batch.map(({ body }) => body.toString());
      batches.push({ bodies, beside: atWork, attempt: batch[0]?.attempt ?? 0 });
      atWork += 1;
      try {
        await apply(batch);
      } finally {
        atWork -= 1;
      }
      return { failed: new Map(), setAside: [] };
    },
  });
  return { deliveries, batches };
}

async function store(count: number, senderOf: (index: number) => string): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const part = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => senderOf(from + index));
    await Promise.all(
      part.map((sender, index) => intake.store('meta', Buffer.from(`${sender} ${String(index)}`), sender)),
    );
  }
}

describe('a backlog of one account', () => {
  it('holds nobody else up: what 20 others got after it is in the first batches (case T15)', async () => {
    await store(backlog, () => 'busy');
    await store(20, (index) => `other-${String(index)}`);
    const { deliveries, batches } = worker();
    await deliveries.drain();
    const applied = batches.flatMap(({ bodies }) => bodies);
    expect(
      new Set(batches.slice(0, 2).flatMap(({ bodies }) => bodies.filter((body) => body.startsWith('other')))).size,
    ).toBe(20);
    expect(applied.length).toBe(backlog + 20);
    expect((await owner.query('select 1 from deliveries')).rowCount).toBe(0);
  });

  it('of its own fills whole batches, in the order in which it came, two at a time', async () => {
    await store(backlog, () => 'busy');
    const { rows } = await owner.query<{ id: string }>(
      'select id from deliveries order by available_at, id limit 1000',
    );
    const ids: string[] = [];
    let secondBegan: () => void = () => undefined;
    const began = new Promise<void>((resolve) => (secondBegan = resolve));
    const { deliveries, batches } = worker(async (batch) => {
      ids.push(...batch.map(({ id }) => id));
      if (batches.length > 1) secondBegan();
      await Promise.race([began, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
    });
    await deliveries.drain();
    expect(batches.map(({ bodies }) => bodies.length)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(Math.max(...batches.map(({ beside }) => beside))).toBe(1);
    expect(new Set(ids.slice(0, 1_000))).toEqual(new Set(rows.map(({ id }) => id)));
  });
});

describe('an account in a rush', () => {
  it('holds back nobody who was claimed with it, and nobody who comes while much of it is at work', async () => {
    await store(1_000, () => 'busy');
    await store(5, (index) => `other-${String(index)}`);
    const order: string[] = [];
    const apply = async (batch: readonly Delivery[]) => {
      const senders = new Set(batch.map(({ body }) => body.toString().split(' ')[0] ?? ''));
      // What is at work of the busy one goes on until the others have theirs.
      if (senders.has('busy')) await late.promise;
      // By when they first appear: what one sent may be claimed in parts.
      const fresh = [...senders].filter((sender) => !order.includes(sender));
      order.push(...fresh);
      if (senders.has('busy') || fresh.length === 0) return;
      // One comes after the other, each while much of the busy one is at work.
      const next = order.length < 5 ? undefined : later[order.length - 5];
      if (next !== undefined) await store(30, () => next);
      if (!fresh.includes('last')) return;
      bulksBefore = batches.filter(({ bodies }) => bodies[0]?.startsWith('busy')).length;
      late.resolve();
    };
    const later = ['next', 'later', 'last'];
    const late = Promise.withResolvers<void>();
    let bulksBefore = 0;
    const { deliveries, batches } = worker(apply);
    await deliveries.drain();
    expect(order.slice(0, 5).sort()).toEqual(Array.from({ length: 5 }, (_, index) => `other-${String(index)}`));
    expect(order.slice(5, 8)).toEqual(later);
    // No third one is begun while two are at work.
    expect(bulksBefore).toBe(2);
    expect(new Set(order.slice(8))).toEqual(new Set(['busy']));
    const bulks = batches.filter(({ bodies }) => bodies[0]?.startsWith('busy'));
    expect(bulks.every(({ bodies }) => bodies.every((body) => body.startsWith('busy')))).toBe(true);
    expect(bulks.map(({ bodies }) => bodies.length).reduce((sum, size) => sum + size, 0)).toBe(1_000);
  });
});

describe('a claim', () => {
  it('leaves out the lanes that it is told to', async () => {
    await store(100, (index) => `account-${String(index % 2)}`);
    const [first] = await claims.fresh(1);
    const lane = first?.lane ?? -1;
    const rest = await claims.fresh(500, [lane]);
    expect(rest).toHaveLength(50);
    expect(rest.some((row) => row.lane === lane)).toBe(false);
    expect(await claims.fresh(500)).toHaveLength(49);
  });

  it('takes from each lane its share, and leaves what another process claims meanwhile to that one', async () => {
    await store(1_200, (index) => `account-${String(index % 3)}`);
    const [one, other] = await Promise.all([claims.fresh(500), claims.fresh(500)]);
    expect([one.length, other.length]).toEqual([500, 500].map((most) => expect.closeTo(most, -1)));
    expect(new Set([...one, ...other].map(({ id }) => id)).size).toBe(one.length + other.length);
  });

  it('ends where it comes to 8 MB, the lanes in turn and nothing left out', async () => {
    const megabyte = 1_024 * 1_024;
    for (let index = 0; index < 20; index += 1)
      await intake.store('meta', randomBytes(megabyte), `account-${String(index % 4)}`);
    const sizes: number[] = [];
    const seen = new Set<string>();
    for (let claim = 0; claim < 3; claim += 1) {
      const claimed = await claims.fresh(500);
      sizes.push(claimed.length);
      for (const { id } of claimed) seen.add(id);
    }
    // Sealed, eight of them come to a little more than that.
    expect(sizes).toEqual([8, 8, 4]);
    expect(seen.size).toBe(20);
    await owner.query(`update deliveries set leased_until = now() - interval '1 s'`);
    expect(await claims.repeated()).toHaveLength(8);
  });

  it('finds what waits by index, however small the tables were when it was planned', async () => {
    const reader = new pg.Client({ connectionString: database.appUrl });
    await reader.connect();
    const claim = () => reader.query(`select * from claim_deliveries(500, interval '10 s', '{}')`);
    await store(20, (index) => `other-${String(index)}`);
    await claim();
    // So Postgres believes that hardly anything is ever fresh.
    await owner.query('analyze deliveries');
    await store(backlog, () => 'busy');
    const read = async () => {
      await Promise.all([owner, reader].map((client) => client.query('select pg_stat_force_next_flush()')));
      const { rows } = await owner.query<{ read: string }>(
        `select sum(t.seq_tup_read) + (select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relname like 'deliveries%') as read
           from pg_stat_user_tables t where t.relname like 'deliveries%'`,
      );
      return Number(rows[0]?.read);
    };
    const before = await read();
    for (let claimed = 0; claimed < 3; claimed += 1) expect((await claim()).rowCount).toBe(500);
    // Each row twice: in its lane and by its key; and what was claimed before, until it is cleaned away.
    expect((await read()) - before).toBeLessThan(3 * 500 * 5);
    await reader.end();
  });
});

describe('a delivery that is tried again', () => {
  it('is alone at work', async () => {
    await store(525, () => 'busy');
    const { deliveries, batches } = worker(async (batch) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (batch.length === 25) throw new Error('it is bad');
    });
    await deliveries.drain();
    const again = batches.filter(({ attempt }) => attempt > 1);
    expect(again).toHaveLength(25);
    expect(again.every(({ bodies, beside }) => bodies.length === 1 && beside === 0)).toBe(true);
  });
});

describe('a worker that shuts down', () => {
  it('ends the batches that are at work and begins no other', async () => {
    await store(2_000, () => 'busy');
    let ended = 0;
    let begun: () => void = () => undefined;
    const bothBegan = new Promise<void>((resolve) => (begun = resolve));
    const { deliveries, batches } = worker(async () => {
      if (batches.length === 2) begun();
      await new Promise((resolve) => setTimeout(resolve, 100));
      ended += 1;
    });
    void deliveries.drain();
    await bothBegan;
    await deliveries.beforeApplicationShutdown();
    expect([batches.length, ended]).toEqual([2, 2]);
    expect((await owner.query('select 1 from deliveries where attempts = 0')).rowCount).toBe(1_000);
    expect((await owner.query('select 1 from deliveries')).rowCount).toBe(1_000);
  });
});
