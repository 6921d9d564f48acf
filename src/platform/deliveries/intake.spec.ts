import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import type { Config } from '../config/index.js';
import { openSystemDatabase } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';
import type { DeliveryHints } from './delivery-hints.js';
import { Intake, IntakeUnavailable } from './intake.js';

const hints = { give: () => undefined, listen: () => undefined } as unknown as DeliveryHints;
const config = { encryptionKeys: `k1:${randomBytes(32).toString('base64')}` } as unknown as Config;

describe('calls that wait to be stored while Postgres stands still (case F12)', () => {
  let database: TestDatabase;
  let opened: Awaited<ReturnType<typeof openSystemDatabase>>;
  let owner: pg.Client;
  let intake: Intake;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await openSystemDatabase(database.appUrl);
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    intake = new Intake(opened.system, new KeyRing(config), hints);
  });
  beforeEach(async () => {
    await owner.query('delete from deliveries');
    await owner.query('begin');
    await owner.query('lock table deliveries in access exclusive mode');
  });
  afterAll(async () => {
    await intake.onApplicationShutdown();
    await owner.end();
    await opened.close();
    await database.drop();
  });

  /** How each of so many calls ended; they begin in this moment. */
  const store = (calls: number, body: Buffer) =>
    Promise.all(
      Array.from({ length: calls }, () =>
        intake.store('meta', body).then(
          () => 'stored',
          (error: unknown) => (error instanceof IntakeUnavailable ? 'refused' : String(error)),
        ),
      ),
    );
  /** That each of them has ended. Whoever was refused may be stored all the same; the other way round one would be lost. */
  const settled = async (outcomes: readonly string[], calls: number) => {
    const count = (outcome: string) => outcomes.filter((one) => one === outcome).length;
    expect(count('stored') + count('refused')).toBe(calls);
    expect((await owner.query('select 1 from deliveries')).rowCount).toBeGreaterThanOrEqual(count('stored'));
    expect(count('stored')).toBeGreaterThan(0);
  };

  it('are five thousand at most; the rest is refused at once, and what was told stored is', async () => {
    // The first calls go out at once, one by one; from then on calls wait.
    const first = store(2, Buffer.from('x'));
    expect(intake.pressed).toBe(false);
    const waiting = store(5_000, Buffer.from('x'));
    expect(intake.pressed).toBe(true);
    expect(await store(10, Buffer.from('x'))).toEqual(Array.from({ length: 10 }, () => 'refused'));
    await owner.query('rollback');
    await settled([...(await first), ...(await waiting)], 5_002);
    expect(intake.pressed).toBe(false);
    expect(await store(1, Buffer.from('x'))).toEqual(['stored']);
  });

  it('are 64 MB at most, however few they are', async () => {
    const large = Buffer.alloc(3_000_000, 'x');
    const first = store(2, Buffer.from('x'));
    const few = store(5, large);
    expect(intake.pressed).toBe(false);
    const more = store(16, large);
    expect(intake.pressed).toBe(true);
    expect(await store(1, large)).toEqual(['refused']);
    await owner.query('rollback');
    await settled([...(await first), ...(await few), ...(await more)], 23);
    expect(intake.pressed).toBe(false);
  });
});
