import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findRedis, type RedisProgram } from './find-redis.js';
import { findFreePort, isPortFree } from './free-port.js';
import { readPrivateJson, writePrivateFile } from './private-file.js';
import {
  endProcess,
  identify,
  isSameProcessRunning,
  workingDirectoryOf,
  type ProcessIdentity,
} from './process-facts.js';
import { BARE_ENVIRONMENT, type ServerAccount } from './run-command.js';
import { chooseServerHome, findServerAccount, makeDataDirectory, makePrivateFolder } from './server-account.js';
import { supervise } from './supervise.js';

export interface EmbeddedRedisOptions {
  readonly dataDir: string;
  /** The port of 127.0.0.1 to listen on; left out, a free one is chosen and remembered. */
  readonly port?: number;
  /** How many numbered databases it has (16 unless told): tests give each caller its own. */
  readonly databases?: number;
  /** Where a Redis that had to be fetched is kept; left out, beside its data. */
  readonly programDir?: string;
  log: (message: string) => void;
}

export interface EmbeddedRedis {
  readonly url: string;
  /** True when a server was found running that an earlier, killed process had left behind. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

interface Access {
  readonly port: number;
  readonly relocatedTo: string | null;
  readonly password: string;
}

interface Place {
  readonly program: RedisProgram;
  readonly home: string;
  readonly data: string;
  readonly port: number;
  readonly password: string;
  readonly databases: number;
  readonly account: ServerAccount | undefined;
}

const READY_MS = 60_000;

const NOT_FOUND = `No Redis was found. Parley runs without it, but more slowly and in one process only. To add it, then start again:
  Debian, Ubuntu:  sudo apt-get install redis-server
  Fedora, RHEL:    sudo dnf install valkey
  Arch:            sudo pacman -S valkey
  macOS:           brew install redis
  elsewhere:       set REDIS_URL`;

/** The server's process and data folder when one answers to our password on this port. */
async function askServer(port: number, password: string): Promise<{ pid: number; folder: string } | null> {
  const client = new Redis({
    host: '127.0.0.1',
    port,
    password,
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    enableReadyCheck: false,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    if ((await client.ping()) !== 'PONG') return null; // throws while the append-only file is still being read
    const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
    const [, folder] = (await client.config('GET', 'dir')) as string[];
    return Number.isInteger(pid) && folder !== undefined ? { pid, folder } : null;
  } catch {
    return null;
  } finally {
    client.disconnect();
  }
}

async function endRedis(process: ProcessIdentity): Promise<void> {
  const gone = await endProcess(process, [
    ['SIGTERM', 20_000],
    ['SIGKILL', 5_000],
  ]);
  if (!gone) throw new Error(`Redis (process ${process.pid}) does not stop. End it by hand, then start again.`);
}

async function adoptOrEnd(
  known: Access,
  data: string,
  wantedPort: number | undefined,
): Promise<ProcessIdentity | null> {
  const answer = known.port ? await askServer(known.port, known.password) : null;
  if (answer !== null && (await realpath(answer.folder)) === (await realpath(data))) {
    const process = await identify(answer.pid);
    if (wantedPort === undefined || wantedPort === known.port) return process;
    await endRedis(process);
    return null;
  }
  const pid = Number(await readFile(join(data, 'redis.pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const process = await identify(pid);
  if (!(await isSameProcessRunning(process))) return null;
  if ((await workingDirectoryOf(pid)) === (await realpath(data))) await endRedis(process);
  return null;
}

/** In a file and not on the command line, where everybody on the machine could read the password. */
async function writeConfiguration(place: Place): Promise<string> {
  const path = join(place.data, 'redis.conf');
  const lines = [
    'bind 127.0.0.1',
    `port ${place.port}`,
    'protected-mode yes',
    `requirepass ${place.password}`,
    `dir ${JSON.stringify(place.data)}`,
    'daemonize no',
    `pidfile ${JSON.stringify(join(place.data, 'redis.pid'))}`,
    `logfile ${JSON.stringify(join(place.data, 'redis.log'))}`,
    'loglevel warning',
    `databases ${place.databases}`,
    'save ""',
    'appendonly yes',
    'appendfsync everysec',
    'maxmemory-policy noeviction',
  ];
  await writePrivateFile(path, `${lines.join('\n')}\n`);
  if (place.account) await chown(path, place.account.uid, place.account.gid);
  return path;
}

async function startProcess(place: Place): Promise<ProcessIdentity> {
  const configuration = await writeConfiguration(place);
  const child = spawn(place.program.path, [configuration], {
    detached: true, // Ctrl-C at the terminal reaches us alone; we end it after the last job
    stdio: 'ignore',
    cwd: place.data,
    env: {
      ...BARE_ENVIRONMENT,
      ...(place.program.libraryPath !== null && { LD_LIBRARY_PATH: place.program.libraryPath }),
    },
    ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
  });
  let exited: string | null = null;
  child.once('error', (error) => (exited = error.message));
  child.once('exit', (code, signal) => (exited ??= `It ended with ${signal ?? code}.`));
  child.unref();
  const deadline = Date.now() + READY_MS;
  for (;;) {
    if (exited !== null) {
      const text = await readFile(join(place.data, 'redis.log'), 'utf8').catch(() => '');
      throw new Error(`Redis did not start. ${text.trim().split('\n').slice(-4).join('\n') || String(exited)}`);
    }
    const answer = await askServer(place.port, place.password);
    if (answer !== null && answer.pid === child.pid) return identify(answer.pid);
    if (Date.now() > deadline) throw new Error(`Redis is not ready after ${READY_MS / 1000} seconds.`);
    await sleep(20);
  }
}

/**
 * Starts a Redis on files in the data directory and keeps it running until `stop`. One that outlived a killed process
 * is gone on with. Null, with a message that says how to add one, when there is no Redis and none could be fetched.
 */
export async function startEmbeddedRedis(
  options: EmbeddedRedisOptions,
  find: typeof findRedis = findRedis,
): Promise<EmbeddedRedis | null> {
  const dataDir = resolve(options.dataDir);
  const inside = join(dataDir, 'redis');
  const accessFile = join(inside, 'access.json');
  await makeDataDirectory(dataDir);
  let known = (await readPrivateJson(accessFile)) as Access | null;
  const account = await findServerAccount(known ? join(known.relocatedTo ?? inside, 'data') : undefined);
  if (known === null) {
    const { home, relocated } = await chooseServerHome(dataDir, 'redis', account);
    known = { port: 0, relocatedTo: relocated ? home : null, password: randomBytes(24).toString('base64url') };
    await writePrivateFile(accessFile, JSON.stringify(known));
  }
  const home = known.relocatedTo ?? inside;
  const data = join(home, 'data');
  await makePrivateFolder(data, account);

  const orphan = await adoptOrEnd(known, data, options.port);
  if (orphan) options.log(`Redis still runs from an earlier start (process ${orphan.pid}). Going on with it.`);
  const program = await find(options.programDir ? [resolve(options.programDir), home] : [home], account, options.log);
  if (program === null && orphan === null) {
    options.log(NOT_FOUND);
    return null;
  }
  if (!orphan && options.port !== undefined && !(await isPortFree(options.port))) {
    throw new Error(`Port ${options.port} of 127.0.0.1, meant for Redis, is taken by another program.`);
  }
  const port = orphan ? known.port : (options.port ?? (await findFreePort(known.port || undefined)));
  if (port !== known.port) await writePrivateFile(accessFile, JSON.stringify({ ...known, port } satisfies Access));

  const { password } = known;
  const start = async (): Promise<ProcessIdentity> => {
    if (program === null) throw new Error('The program it was started from is gone.');
    return startProcess({ program, home, data, port, password, databases: options.databases ?? 16, account });
  };
  const supervisor = supervise({
    name: 'Redis',
    running: orphan ?? (await start()),
    start,
    end: endRedis,
    log: options.log,
  });
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    adopted: orphan !== null,
    stop: () => supervisor.stop(),
  };
}
