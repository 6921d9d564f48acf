import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { newId, openSystemDatabase } from '../database/index.js';
import { KeyRing, type SecretPlace, Secrets } from './index.js';

interface Kept {
  readonly workspaceId: string;
  readonly place: SecretPlace;
  readonly plain: string;
  readonly ciphertext: Buffer;
}

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const ringOf = (...keys: string[]) => new KeyRing({ encryptionKeys: keys.join(',') });

/** What is encrypted opens where it was put, and nowhere else (case S2, goal G17). */
describe('a secret', () => {
  const [oldest, newest] = [newKey('k1'), newKey('k2')];
  const secrets = new Secrets(ringOf(oldest));
  const kept: Kept[] = [];
  let database: TestDatabase;
  let opened: Awaited<ReturnType<typeof openSystemDatabase>>;

  const open = ({ workspaceId, place }: Kept, ciphertext: Buffer, by = secrets) =>
    opened.workspaces.read(workspaceId, (tx) => by.decrypt(tx, place, ciphertext));
  const opens = (at: Kept, ciphertext: Buffer, by = secrets) =>
    open(at, ciphertext, by).then(
      () => true,
      () => false,
    );

  /** Fifty: of five workspaces, two tables, two rows, two or three columns. */
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await openSystemDatabase(database.appUrl);
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const rows = [newId(), newId()];
    for (let workspace = 0; workspace < 5; workspace += 1) {
      const workspaceId = newId();
      await owner.query(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
      const places = rows.flatMap((row) => [
        ...['token', 'webhook_secret'].map((column) => ({ table: 'channels', column, row })),
        ...['token', 'webhook_secret', 'key'].map((column) => ({ table: 'ai_settings', column, row })),
      ]);
      for (const place of places) {
        const plain = randomBytes(24).toString('hex');
        const ciphertext = await opened.workspaces.run(workspaceId, (tx) => secrets.encrypt(tx, place, plain));
        kept.push({ workspaceId, place, plain, ciphertext });
      }
    }
    await owner.end();
  }, 60_000);
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  it('opens in its own place, and is not readable in what is stored', async () => {
    expect(kept).toHaveLength(50);
    for (const own of kept) {
      expect(await open(own, own.ciphertext)).toBe(own.plain);
      expect(own.ciphertext.toString('latin1')).not.toContain(own.plain);
    }
  });

  it('opens in none of the other 49 places of any other', async () => {
    let tried = 0;
    for (const from of kept)
      for (const to of kept) {
        if (from === to) continue;
        tried += 1;
        if (await opens(to, from.ciphertext)) throw new Error(`opened in ${JSON.stringify(to.place)}`);
      }
    expect(tried).toBe(50 * 49);
  });

  it('opens with none of its bytes changed, cut off or added', async () => {
    const [own] = kept;
    if (own === undefined) throw new Error('Nothing is kept.');
    // The id of the deployment's key in the header only tells which one was in force; everything else is proved.
    const header = '1|k1|'.length;
    for (let at = header; at < own.ciphertext.length; at += 1) {
      const changed = Buffer.from(own.ciphertext);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(await opens(own, changed)).toBe(false);
    }
    expect(await opens(own, own.ciphertext.subarray(0, -1))).toBe(false);
    expect(await opens(own, Buffer.concat([own.ciphertext, Buffer.of(0)]))).toBe(false);
    const otherVersion = Buffer.concat([Buffer.from('2'), own.ciphertext.subarray(1)]);
    expect(await opens(own, otherVersion)).toBe(false);
  });

  it('opens after a new key was put before the old one, and not where the old one is missing', async () => {
    const [own] = kept;
    if (own === undefined) throw new Error('Nothing is kept.');
    expect(await open(own, own.ciphertext, new Secrets(ringOf(newest, oldest)))).toBe(own.plain);
    await expect(open(own, own.ciphertext, new Secrets(ringOf(newest)))).rejects.toThrow('lacks the key "k1"');
    expect(await opens(own, own.ciphertext, new Secrets(ringOf(newKey('k1'))))).toBe(false);
  });
});
