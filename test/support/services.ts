import { spawn, type ChildProcess } from 'node:child_process';
import { access, chmod, constants, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres, startEmbeddedRedis } from '../../src/platform/embedded/index.js';
import { APP_ROLE, OWNER_ROLE, TEMPLATE, withDatabase } from './database-names.js';
import { PROGRAMS } from './server-process.js';

/** Ends what a run started when the run itself cannot (killed, crashed, Ctrl-C): it lives until our end of its pipe closes. */
function startReaper(folder: string): ChildProcess {
  const reaper = spawn(process.execPath, [fileURLToPath(new URL('./reaper.mjs', import.meta.url)), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  reaper.unref();
  return reaper;
}

async function makeTemplate(adminUrl: string, ownerUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${TEMPLATE} owner ${OWNER_ROLE}`);
    await admin.query(`revoke all on database ${TEMPLATE} from public`);
    const { migrateDatabase } = await import('../../src/platform/database/index.js');
    const lines: string[] = [];
    try {
      await migrateDatabase({
        ownerUrl: withDatabase(ownerUrl, TEMPLATE),
        appRole: APP_ROLE,
        log: (line: string) => lines.push(line),
      });
    } catch (error) {
      throw new Error(`The migrations failed, so no test can run.\n${lines.join('\n')}`, { cause: error });
    }
    // Nobody may be connected to a template while it is copied.
    await admin.query(`alter database ${TEMPLATE} with is_template true allow_connections false`);
  } finally {
    await admin.end();
  }
}

const MEMORY = '/dev/shm';
const ROOM = 3 * 1024 ** 3;

/**
 * The system's folder in memory, where it has room to spare, else null. A database is some thousand files, and every spec
 * has one made: on a disk that is most of what making it costs. What a killed server leaves is the same in both places.
 */
async function folderInMemory(): Promise<string | null> {
  try {
    await access(MEMORY, constants.W_OK);
    const { bavail, bsize } = await statfs(MEMORY);
    const mount = (await readFile('/proc/mounts', 'utf8'))
      .split('\n')
      .findLast((line) => line.split(' ')[1] === MEMORY);
    // Programs that have to be copied to where the servers' account reaches them must be able to run there.
    const runs = mount !== undefined && !/[ ,]noexec[ ,]/.test(mount);
    return runs && bavail * bsize >= ROOM && freemem() >= 2 * ROOM ? MEMORY : null;
  } catch {
    return null;
  }
}

/**
 * Starts Postgres and Redis for one run, on a folder of their own, and builds the database that tests copy. With
 * `mayForget` the folder is in memory where that can be; what measures has to write to the disk.
 */
export async function startServices({ mayForget = false } = {}): Promise<{ stop(): Promise<void> }> {
  const memory = mayForget ? await folderInMemory() : null;
  const folder = await mkdtemp(join(memory ?? tmpdir(), 'parley-test-'));
  const reaper = startReaper(folder);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.map((end) => end()));
    await rm(folder, { recursive: true, force: true });
    reaper.stdin?.end();
  };
  try {
    // Run by root, the servers have an account of their own, which must be able to pass through.
    await chmod(folder, 0o711);
    const postgres = await startEmbeddedPostgres({ dataDir: folder, log });
    stops.push(() => postgres.stop());
    const redis = await startEmbeddedRedis({ dataDir: folder, databases: 1024, programDir: PROGRAMS, log });
    if (redis === null) throw new Error('The tests need Redis.');
    stops.push(() => redis.stop());
    await makeTemplate(postgres.adminUrl, postgres.ownerUrl);
    process.env['PARLEY_TEST_FOLDER'] = folder;
    // Copying files is dear on a disk, which must have them before it goes on, and cheap in memory.
    process.env['PARLEY_TEST_COPY'] = memory === null ? 'wal_log' : 'file_copy';
    process.env['PARLEY_TEST_ADMIN_URL'] = postgres.adminUrl;
    process.env['PARLEY_TEST_OWNER_URL'] = postgres.ownerUrl;
    process.env['PARLEY_TEST_APP_URL'] = postgres.appUrl;
    process.env['PARLEY_TEST_REDIS_URL'] = redis.url;
  } catch (error) {
    await stop();
    throw new Error(`The test services could not be started.\n${lines.join('\n')}`, { cause: error });
  }
  return { stop };
}
