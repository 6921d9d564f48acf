import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/client.js';
import { Config, loadEnvironment } from '../config/index.js';
import { newId, openSystemDatabase } from '../database/index.js';
import { Hints } from '../outbox/index.js';
import { DueTable } from './due-table.js';
import { FairWaiting } from './fair-waiting.js';
import { Queues } from './queues.js';
import { RedisConnections } from './redis.js';

const kind = 'take-a-turn';

describe('workspaces take turns', () => {
  it('one after the other, however many each has; none waits twice', () => {
    const waiting = new FairWaiting();
    for (let index = 0; index < 50; index += 1) waiting.add({ workspaceId: 'many', rowId: String(index) });
    waiting.add({ workspaceId: 'few', rowId: 'a' });
    waiting.add({ workspaceId: 'few', rowId: 'a' });
    waiting.add({ workspaceId: 'one', rowId: 'b' });
    const taken = Array.from({ length: 5 }, () => waiting.take(() => true)?.workspaceId);
    expect(taken).toEqual(['many', 'few', 'one', 'many', 'many']);
    expect(waiting.take((id) => id !== 'many')).toBeNull();
    expect(waiting.all).toHaveLength(47);
    expect(waiting.hasMore('few')).toBe(false);
  });

  it('and of one no more waits here than is bounded; the rest is said to be elsewhere', () => {
    const waiting = new FairWaiting();
    for (let index = 0; index < 5_000; index += 1) waiting.add({ workspaceId: 'many', rowId: String(index) });
    expect(waiting.all).toHaveLength(200);
    expect(waiting.hasMore('many')).toBe(false);
    while (waiting.take(() => true) !== null);
    expect([waiting.hasMore('many'), waiting.hasMore('many')]).toEqual([true, false]);
  });

  describe.each([true, false])('in the queue, with Redis: %s', (withRedis) => {
    let database: TestDatabase;
    let owner: pg.Client;
    let close: () => Promise<void>;
    let queues: Queues;
    const hints = new Hints();
    const order: string[] = [];
    const [many, few] = [newId(), newId()];
    let mostAtOnce = 0;

    beforeAll(async () => {
      database = await createTestDatabase();
      owner = new pg.Client({ connectionString: database.ownerUrl });
      await owner.connect();
      const opened = await openSystemDatabase(database.appUrl);
      const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test' });
      const config = new Config(environment, secrets, database.appUrl, withRedis ? database.redisUrl : null);
      const redis = new RedisConnections(config);
      queues = new Queues(config, hints, new DueTable(opened.system), redis);
      close = async () => {
        await queues.beforeApplicationShutdown();
        redis.onApplicationShutdown();
        await opened.close();
      };
      const running = new Map<string, number>();
      queues.register({
        kind,
        concurrency: 4,
        maxSeconds: 30,
        run: async ({ workspaceId }) => {
          order.push(workspaceId);
          const now = (running.get(workspaceId) ?? 0) + 1;
          running.set(workspaceId, now);
          if (workspaceId === many) mostAtOnce = Math.max(mostAtOnce, now);
          await new Promise((resolve) => setTimeout(resolve, 2));
          running.set(workspaceId, (running.get(workspaceId) ?? 1) - 1);
          return undefined;
        },
      });
      queues.onApplicationBootstrap();
      for (const id of [many, few])
        await owner.query('insert into workspaces (id, name) values ($1, $2)', [id, 'Shop']);
    }, 60_000);
    afterAll(async () => {
      await close();
      await owner.end();
      await database.drop();
    });

    it('a flood of one holds up no other, and all of it is done', async () => {
      const add = async (workspaceId: string, count: number) => {
        const rows = Array.from({ length: count }, () => newId());
        await owner.query(
          'insert into due (kind, workspace_id, row_id, due_at) select $1, $2, id, now() from unnest($3::uuid[]) as row (id)',
          [kind, workspaceId, rows],
        );
        for (const rowId of rows) hints.give(kind, workspaceId, rowId);
      };
      await add(many, 700);
      const before = order.length;
      await add(few, 5);
      await eventually(async () => {
        const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from due where kind = $1', [kind]);
        return rows[0]?.n === 0 ? true : null;
      }, 30_000);
      expect([order.filter((id) => id === many).length, order.filter((id) => id === few).length]).toEqual([700, 5]);
      // Behind the flood's last it would be the 705th.
      expect(order.lastIndexOf(few) - before).toBeLessThan(350);
      expect(mostAtOnce).toBe(3);
    }, 60_000);
  });
});
