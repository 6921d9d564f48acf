import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Config } from '../../src/platform/config/index.js';
import { databaseDump, filesIn, redisPlace, residue } from '../privacy/residue.js';
import { keysOf } from '../support/app.js';
import { type CliOutcome, runCli } from '../support/cli.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';
import { makeDataDirectory } from '../support/server-process.js';
import { DrillTown } from './drill-town.js';

const say = (line: string) => process.stdout.write(`${line}\n`);
const timed = async <Result>(work: () => Promise<Result>): Promise<[Result, number]> => {
  const since = performance.now();
  return [await work(), (performance.now() - since) / 1_000];
};
const done = ({ code, out, err }: CliOutcome): Record<string, unknown> => {
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, unknown>;
};

/**
 * The drill of a disaster, goal G20 and case P4: a backup, then a day of privacy, then nothing is left but the backup, the keys
 * and the journal. Another machine has to have everybody who stayed, and nobody who went.
 */
it('what was erased, asked for, objected to and ended after a backup is so again before the restored server answers [promise 71] [P4] [G20]', async () => {
  const town = await DrillTown.start();
  let target: TestDatabase | null = null;
  let server: TestServer | null = null;
  try {
    await town.people();
    const { dataDir } = town.under.app.app.get(Config);
    const { database } = town.under.app;
    const here = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      ENCRYPTION_KEYS: keysOf(database),
    };
    const [made, creating] = await timed(async () => done(await runCli(here, 'backup', 'create', '--json')));
    const name = String(made['name']);
    const [, verifying] = await timed(async () => done(await runCli(here, 'backup', 'verify', name, '--json')));
    const late = await town.afterTheBackup();
    expect(late.erased).toBeGreaterThanOrEqual(50);
    const failedAt = Date.now();

    // The disaster: backups, keys and the journal are all that there is.
    target = await createTestDatabase();
    const there = {
      DATA_DIR: await makeDataDirectory(),
      DATABASE_URL: target.appUrl,
      DATABASE_OWNER_URL: target.ownerUrl,
      ENCRYPTION_KEYS: here.ENCRYPTION_KEYS,
      BACKUP_URL: pathToFileURL(path.join(dataDir, 'backups')).href,
    };
    for (const one of ['secrets.json', 'receipt-signing.json', 'backup-key.json', 'journal'])
      await cp(path.join(dataDir, one), path.join(there.DATA_DIR, one), { recursive: true });
    const [restored, restoring] = await timed(async () =>
      done(await runCli(there, 'backup', 'restore', name, '--json')),
    );
    expect(restored).toMatchObject({ rows: made['rows'], files: made['files'], unchecked: [] });
    const before = await databaseDump(target.ownerUrl);
    expect(late.words.filter((word) => residue(before, [word]).length > 0).length).toBeGreaterThan(100);

    server = await TestServer.prepare(target, { ...town.environment, ...there });
    const [, starting] = await timed(async () => server?.start());
    const places = [
      ...(await databaseDump(target.ownerUrl)),
      await redisPlace(target.redisUrl),
      // The journal has ids, which it needs to do its work, and no words.
      ...(await filesIn(there.DATA_DIR)),
      { where: 'what the server printed', bytes: Buffer.from(server.log) },
    ];
    expect(await readdir(path.join(there.DATA_DIR, 'files'))).not.toEqual([]);
    expect(residue(places, late.words)).toEqual([]);
    // Whoever stayed is there, but for what came after the backup: that is lost.
    expect(town.keptWords().filter((word) => residue(places, [word]).length === 0)).toEqual([]);
    expect(late.lostWords.filter((word) => residue(places, [word]).length > 0)).toEqual([]);
    await town.expectSettled(target.ownerUrl);
    expect(await runCli(there, 'audit', 'verify')).toMatchObject({ code: 0 });
    expect(await runCli(there, 'keys', 'check')).toMatchObject({ code: 0 });
    expect(await runCli(there, 'journal', 'verify')).toMatchObject({ code: 0 });
    const lost = (failedAt - new Date(String(made['createdAt'])).getTime()) / 1_000;
    say(
      `drill: ${String(late.erased)} erasures and ${String(town.marks)} other decisions done again. create ${creating.toFixed(1)} s, ` +
        `verify ${verifying.toFixed(1)} s, restore ${restoring.toFixed(1)} s, start with all done again ${starting.toFixed(1)} s`,
    );
    say(
      `drill: lost are the ${lost.toFixed(0)} s between the backup and the disaster (${String(late.lostWords.length)} messages), and of privacy nothing; with a backup every four minutes that is four minutes and what one takes`,
    );
  } finally {
    await server?.stop();
    await target?.drop();
    await town.stop();
  }
}, 600_000);
