import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AuditCheckpoints, AuditHeads, AuditLog } from '../../src/platform/audit/index.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { newId, openSystemDatabase, sql } from '../../src/platform/database/index.js';
import { type KeyRing, Secrets, openKeyRing } from '../../src/platform/secrets/index.js';
import { BackupFolder } from '../../src/privacy/backup/backup-folder.js';
import { BackupKeys } from '../../src/privacy/backup/backup-keys.js';
import { createBackup } from '../../src/privacy/backup/create-backup.js';
import { restoreBackup } from '../../src/privacy/backup/restore-backup.js';
import { isGood, verifyBackup } from '../../src/privacy/backup/verify-backup.js';
import { Receipts, SigningKeys } from '../../src/privacy/index.js';
import { linkAnew } from '../audit/damages.js';
import { StoredKeys, newKey } from '../keys/stored-keys.js';
import { runCli } from '../support/cli.js';
import { createTestDatabase } from '../support/database.js';
import { everyRow } from './backup-under-test.js';

const quiet = () => undefined;

/** A workspace whose audit log was cut behind a checkpoint, signed with this ring. */
async function checkpointed(stored: StoredKeys, config: Config, ring: KeyRing): Promise<void> {
  const workspaceId = stored.secrets[0]?.workspaceId ?? '';
  await stored.owner.query('insert into workspace_counters (workspace_id) values ($1)', [workspaceId]);
  const heads = new AuditHeads(config, ring);
  const add = async (count: number) => {
    const log = new AuditLog(heads);
    await stored.workspaces.run(workspaceId, async (tx) => {
      for (let n = 0; n < count; n += 1)
        log.record(tx, { actor: 'system', action: `test.act-${String(n)}`, target: newId() });
      await Promise.resolve();
    });
    await heads.flush();
  };
  await add(6);
  await stored.owner.query(`update audit_entries set at = at - interval '40 days' where seq <= 4`);
  await linkAnew(stored.owner, workspaceId);
  await heads.forget(workspaceId);
  await add(2);
  await stored.workspaces.run(workspaceId, (tx) => new AuditCheckpoints(ring).prune(tx, 30));
}

/** A receipt that is issued with this ring. */
async function receiptOf(stored: StoredKeys, config: Config, ring: KeyRing): Promise<void> {
  const receipts = new Receipts(stored.system, new Secrets(ring), new SigningKeys(config));
  await receipts.issue({
    erasureId: newId(),
    scope: 'CONTACT',
    workspaceId: newId(),
    subject: newId(),
    erased: [{ what: 'messages', count: 1 }],
    retained: [],
    completedAt: new Date(),
  });
}

/** Case S3: a backup outlives the key that it was made under. */
describe('backups on both sides of a rotation', () => {
  const [first, second] = [newKey('k1'), newKey('k2')];
  const backupKey = randomBytes(32).toString('base64');
  const signingKey = randomBytes(32).toString('base64');
  const keys = new BackupKeys(backupKey);
  let stored: StoredKeys;
  let folder: string;
  let place: BackupFolder;
  const names = { before: '', after: '' };

  const configOf = (...given: readonly string[]) => {
    const { environment, secrets } = loadEnvironment({
      NODE_ENV: 'test',
      DATA_DIR: folder,
      ENCRYPTION_KEYS: given.join(','),
      RECEIPT_SIGNING_KEY: signingKey,
    });
    return new Config(environment, secrets, '', null);
  };
  const create = async () =>
    (
      await createBackup({
        ownerUrl: stored.database.ownerUrl,
        files: { read: () => Promise.reject(new Error('There are no files.')) },
        keys,
        place,
        journal: () => Promise.resolve(null),
        say: quiet,
      })
    ).name;
  const source = (name: string) => () => place.read(name);
  const verify = (name: string, ...given: string[]) => verifyBackup(source(name), keys, configOf(...given), quiet);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'rotated-'));
    place = new BackupFolder(path.join(folder, 'backups'));
    stored = await StoredKeys.start();
    const ring = await stored.ring(first);
    await stored.plant(ring, 1, 2);
    await checkpointed(stored, configOf(first), ring);
    await receiptOf(stored, configOf(first), ring);
    names.before = await create();
    await stored.rotate(await stored.ring(second, first), 0);
    await receiptOf(stored, configOf(second), await stored.ring(second));
    names.after = await create();
  }, 120_000);
  afterAll(() => stored.stop());

  it('verify: what the key that was taken out had signed is known by the root that is kept [promise 69]', async () => {
    const verdict = await verify(names.after, second);
    expect(verdict.audit).toMatchObject([{ broken: null, entries: 4 }]);
    expect(isGood(verdict)).toBe(true);
    // The older one has no root of it, and its tokens need the key itself.
    await expect(verify(names.before, second)).rejects.toThrow('ENCRYPTION_KEYS lacks the key "k1"');
    expect(isGood(await verify(names.before, second, first))).toBe(true);
  }, 120_000);

  it('restore: one that the keys do not open is refused before anything is changed, and says which key [promise 69]', async () => {
    const target = await createTestDatabase();
    try {
      const restore = (name: string, ...given: string[]) =>
        restoreBackup(source(name), keys, {
          ...target,
          files: { putBack: () => Promise.reject(new Error('There are no files.')) },
          config: configOf(...given),
          replace: null,
          say: quiet,
          requireJournal: () => Promise.resolve(),
        });
      const before = await everyRow(target.ownerUrl);
      await expect(restore(names.before, second)).rejects.toThrow('ENCRYPTION_KEYS lacks the key "k1"');
      await expect(restore(names.after, newKey('k2'))).rejects.toThrow('is not the one that this database');
      expect(await everyRow(target.ownerUrl)).toEqual(before);

      await restore(names.before, second, first);
      const restored = await openSystemDatabase(target.appUrl);
      try {
        // The key that came after the backup is noted, and what the older one wrapped opens.
        const ring = await openKeyRing({ encryptionKeys: `${second},${first}` }, restored.system);
        const secrets = new Secrets(ring);
        const [planted] = stored.secrets;
        if (planted === undefined) throw new Error('Nothing is stored.');
        const opened = await restored.workspaces.read(planted.workspaceId, async (tx) => {
          const row = await tx.first<{ token: Buffer }>(
            sql`select token from channels where id = ${planted.place.row}`,
          );
          return secrets.decrypt(tx, planted.place, row?.token ?? Buffer.alloc(0));
        });
        expect(opened).toBe(planted.plain);
      } finally {
        await restored.close();
      }
    } finally {
      await target.drop();
    }
  }, 120_000);

  it('receipts: those of before and after are exported and verified as one chain, with the new key alone', async () => {
    const environment = {
      DATA_DIR: folder,
      DATABASE_URL: stored.database.appUrl,
      DATABASE_OWNER_URL: stored.database.ownerUrl,
      ENCRYPTION_KEYS: second,
      RECEIPT_SIGNING_KEY: signingKey,
    };
    const exported = await runCli(environment, 'receipts', 'export', '--json');
    expect([exported.code, exported.err]).toEqual([0, '']);
    expect(JSON.parse(exported.out)).toHaveLength(2);
    const file = path.join(folder, 'receipts.json');
    await writeFile(file, exported.out);
    expect(await runCli(environment, 'receipts', 'verify', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('The 2 receipts are valid') as string,
    });
  }, 30_000);
});
