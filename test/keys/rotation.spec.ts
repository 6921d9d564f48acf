import { storedSecrets } from '../../src/cli/stored-secrets.js';
import { runCommand } from '../../src/cli/run-command.js';
import { sql } from '../../src/platform/database/index.js';
import { Secrets, openKeyRing } from '../../src/platform/secrets/index.js';
import { runCli } from '../support/cli.js';
import { eventually } from '../support/client.js';
import { OWNER_ROLE } from '../support/database-names.js';
import { StoredKeys, newKey } from './stored-keys.js';

const databaseOf = ({ database }: StoredKeys) => ({
  DATABASE_URL: database.appUrl,
  DATABASE_OWNER_URL: database.ownerUrl,
});

/** Case S3, goal G17: keys change while everything runs, and an old one can be taken out afterwards. */
describe('the keys of a deployment', () => {
  const [first, second] = [newKey('k1'), newKey('k2')];
  let stored: StoredKeys;
  beforeAll(async () => {
    stored = await StoredKeys.start();
    await stored.plant(await stored.ring(first), 4, 24);
  }, 60_000);
  afterAll(() => stored.stop());

  const dataKeys = async () =>
    (await stored.owner.query<{ id: string }>('select id from workspace_keys order by id')).rows.map(({ id }) => id);

  it('are rotated under load: nothing fails to open meanwhile, and no old data key is left (case S3)', async () => {
    const ring = await stored.ring(second, first);
    const before = await dataKeys();
    const servers = [new Secrets(ring), new Secrets(await stored.ring(second, first))];
    let going = true;
    let used = 0;
    const use = async (start: number) => {
      for (let n = start; going; n += 7) {
        const planted = stored.secrets[n % stored.secrets.length];
        const server = servers[n % servers.length];
        if (planted === undefined || server === undefined) throw new Error('Nothing is stored.');
        await (n % 3 === 0 ? stored.renewOne(server, planted) : stored.openOne(server, planted));
        used += 1;
      }
    };
    const load = Promise.all([0, 1, 2].map(use));
    const rotation = await stored.rotate(ring).finally(() => (going = false));
    await load;
    expect(used).toBeGreaterThan(20);
    expect(rotation).toMatchObject({ workspaces: 4, unopened: [], retired: ['k1'], needed: [] });
    expect(rotation.secrets).toBeGreaterThan(0);
    expect((await dataKeys()).filter((id) => before.includes(id))).toEqual([]);
    expect(await dataKeys()).toHaveLength(4);
  }, 60_000);

  it('let an old one go: all opens with the new one alone, and all that was digested is found', async () => {
    const ring = await stored.ring(second);
    expect(await stored.openAll(ring)).toBe(4 * 24 * 2 + 6);
    expect(await stored.foundByFirst(ring)).toEqual({ accounts: 96, people: 96 });
    // Nobody can make this digest again: the code was shown once, and only its digest was kept.
    expect(await stored.knowsRecoveryCode(ring)).toBe(true);
    const check = await stored.check(ring);
    expect(check.unopened).toEqual([]);
    expect(check.keys).toEqual([
      { id: 'k2', given: true, first: true, rows: expect.any(Number) as number, retired: false },
    ]);
    expect(check.columns.find(({ column }) => column === 'token')?.secrets).toBe(96);
  }, 60_000);

  it('are not opened by the old one any more', async () => {
    const { keyed } = await stored.system
      .query<{ keyed: number }>(sql`select count(*)::int as keyed from encryption_keys where retired_at is not null`)
      .then(([row]) => ({ keyed: row?.keyed ?? 0 }));
    expect(keyed).toBe(1);
    await expect(stored.ring(first)).rejects.toThrow('ENCRYPTION_KEYS lacks the key "k2"');
  });

  it('have to be the right ones at a start: another under the same name, or one that is missing, is refused in words', async () => {
    await expect(stored.ring(newKey('k2'))).rejects.toThrow(
      'The key "k2" in ENCRYPTION_KEYS is not the one that this database was written with',
    );
    await expect(stored.ring(newKey('k3'))).rejects.toThrow('ENCRYPTION_KEYS lacks the key "k2"');
    // A refused start leaves nothing behind that the next would stumble over.
    const { rows } = await stored.owner.query<{ id: string }>('select id from encryption_keys order by id');
    expect(rows.map(({ id }) => id)).toEqual(['k1', 'k2']);
    await expect(stored.ring(second)).resolves.toMatchObject({ currentId: 'k2' });
  });

  it('`keys check` names the table and the row of what cannot be opened, and shows nothing of it', async () => {
    const [one, two] = stored.secrets;
    if (one === undefined || two === undefined) throw new Error('Nothing is stored.');
    // One ciphertext changed, and one put where another belongs.
    await stored.owner.query(`update channels set token = set_byte(token, 70, get_byte(token, 70) # 1) where id = $1`, [
      one.place.row,
    ]);
    const environment = { ...databaseOf(stored), ENCRYPTION_KEYS: second };
    const said = await runCli(environment, 'keys', 'check', '--json');
    expect(said.code).toBe(1);
    const { ok, unopened } = JSON.parse(said.out) as { ok: boolean; unopened: unknown[] };
    expect(ok).toBe(false);
    expect(unopened).toEqual([
      {
        table: 'channels',
        column: 'token',
        workspaceId: one.workspaceId,
        row: one.place.row,
        why: expect.stringContaining('does not fit') as string,
      },
    ]);
    expect(said.out + said.err).not.toContain(one.plain);
    expect(said.err).toContain(`channels.token of ${one.place.row}`);
    const rotated = await runCli(environment, 'keys', 'rotate');
    expect(rotated.code).toBe(1);
    expect(rotated.err).toContain('1 secret cannot be opened');
    // What needs a key keeps it: the changed row still names a data key that is there.
    const { rowCount } = await stored.owner.query('select from workspace_keys where workspace_id = $1', [
      one.workspaceId,
    ]);
    expect(rowCount).toBe(2);
  }, 60_000);

  it('`keys` is refused where the keys are not at hand, and says how it is used', async () => {
    const none = () => Promise.reject(new Error('No database is asked.'));
    expect((await runCommand(['keys', 'rotate', 'now'], none)).code).toBe(2);
    expect((await runCommand(['keys', '--help'], none)).code).toBe(2);
    expect((await runCommand(['keys', 'check', '--help'], none)).out).toContain('opens every secret');
    const environment = { ...databaseOf(stored), DATA_DIR: '/nowhere/at/all' };
    const said = await runCli(environment, 'keys', 'rotate');
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('ENCRYPTION_KEYS')]);
  }, 30_000);
});

describe('a data key that somebody encrypts with just now', () => {
  it('is not dropped before they commit, and what they wrote opens afterwards', async () => {
    const stored = await StoredKeys.start();
    try {
      const key = newKey('k1');
      const ring = await stored.ring(key);
      await stored.plant(ring, 1, 1);
      const [planted] = stored.secrets;
      if (planted === undefined) throw new Error('Nothing is stored.');
      const secrets = new Secrets(ring);
      await stored.workspaces.run(planted.workspaceId, async (tx) => {
        const fresh = await secrets.encrypt(tx, planted.place, planted.plain);
        expect(await stored.rotate(ring, 0)).toMatchObject({ unopened: [], dropped: 0 });
        await tx.execute(sql`update channels set token = ${fresh} where id = ${planted.place.row}`);
      });
      const opening = new Secrets(await openKeyRing({ encryptionKeys: key }, stored.system));
      await stored.openOne(opening, planted);
      expect(await stored.rotate(ring, 0)).toMatchObject({ unopened: [], dropped: 2 });
      await stored.openOne(new Secrets(ring), planted);
    } finally {
      await stored.stop();
    }
  }, 30_000);
});

describe('a secret that is changed while it is encrypted anew', () => {
  const changed = 'what it is from now on';
  let stored: StoredKeys;
  const [first, second] = [newKey('k1'), newKey('k2')];
  beforeAll(async () => {
    stored = await StoredKeys.start();
    await stored.plant(await stored.ring(first), 1, 2);
    // Between what a rotation read and what it writes, somebody has to be able to step in.
    await stored.owner.query(`
      create function wait_here() returns trigger language plpgsql as $$
      begin
        if current_user <> '${OWNER_ROLE}' then perform pg_advisory_xact_lock_shared(4242); end if;
        return null;
      end $$`);
  }, 60_000);
  afterAll(() => stored.stop());

  /** Runs work with the rotation held where it has read the old value and not written it yet. */
  async function midway(ring: Parameters<StoredKeys['rotate']>[0], table: string, work: () => Promise<unknown>) {
    const { owner } = stored;
    await owner.query(
      `create trigger wait_here before update on ${table} for each statement execute function wait_here()`,
    );
    const holding = async () =>
      (
        await owner.query(
          `select from pg_locks where locktype = 'advisory' and not granted
              and database = (select oid from pg_database where datname = current_database())`,
        )
      ).rowCount === 1
        ? true
        : null;
    await owner.query('select pg_advisory_lock(4242)');
    const rotation = stored.rotate(ring, 0);
    await eventually(holding);
    await work();
    await owner.query('select pg_advisory_unlock(4242)');
    return rotation.finally(() => owner.query(`drop trigger wait_here on ${table}`));
  }

  it('of a workspace: what was written last is what stands there, under the new keys (case S3)', async () => {
    const [planted, other] = stored.secrets;
    if (planted === undefined || other === undefined) throw new Error('Nothing is stored.');
    const ring = await stored.ring(second, first);
    // Encrypted before, with the data key that the rotation is about to drop.
    const fresh = await stored.workspaces.run(planted.workspaceId, (tx) =>
      new Secrets(ring).encrypt(tx, planted.place, changed),
    );
    const rotation = await midway(ring, 'channels', () =>
      stored.owner.query('update channels set token = $2 where id = $1', [planted.place.row, fresh]),
    );
    expect(rotation).toMatchObject({ unopened: [], dropped: 1, retired: ['k1'] });
    const alone = new Secrets(await stored.ring(second));
    await stored.openOne(alone, { ...planted, plain: changed });
    await stored.openOne(alone, other);
    expect((await stored.check(await stored.ring(second))).unopened).toEqual([]);
  }, 30_000);

  it('of the instance: the same (case S3)', async () => {
    const third = newKey('k3');
    const ring = await stored.ring(third, second);
    const secret = storedSecrets.ofInstance.find(({ table }) => table === 'two_factors');
    const { userId } = stored.recovery;
    if (secret === undefined) throw new Error('Nobody declared two_factors.');
    // As a server wrote it that has the older key first.
    const written = secret.seal(await stored.ring(second, third), userId, Buffer.from(changed));
    const rotation = await midway(ring, 'two_factors', () =>
      stored.owner.query('update two_factors set secret = $2 where user_id = $1', [userId, written]),
    );
    expect(rotation).toMatchObject({ unopened: [], retired: ['k2'] });
    const { rows } = await stored.owner.query<{ secret: Buffer }>('select secret from two_factors where user_id = $1', [
      userId,
    ]);
    const alone = await stored.ring(third);
    expect(secret.open(alone, userId, rows[0]?.secret ?? Buffer.alloc(0)).toString()).toBe(changed);
  }, 30_000);
});
