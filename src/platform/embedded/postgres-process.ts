import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, realpath, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  commandLineOf,
  endProcess,
  identify,
  isSameProcessRunning,
  workingDirectoryOf,
  type ProcessIdentity,
} from './process-facts.js';
import { BARE_ENVIRONMENT, type ServerAccount } from './run-command.js';

// Sized for a small machine. Errors are logged without statement and detail, because both may quote personal data.
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: 'parley',
  max_connections: '100',
  shared_buffers: '128MB',
  huge_pages: 'off',
  fsync: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  logging_collector: 'on',
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const RECOVERY_MS = 600_000;

export interface PostgresPlace {
  readonly program: string;
  readonly cluster: string;
  readonly home: string;
  readonly port: number;
  readonly account: ServerAccount | undefined;
}

interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

async function readPidFile(cluster: string): Promise<PidFile | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
}

/** The server that already works on these files, started by a process of ours that is gone; null when there is none. */
export async function findOrphan(cluster: string): Promise<{ process: ProcessIdentity; port: number } | null> {
  const file = await readPidFile(cluster);
  if (file === null) return null;
  const process = await identify(file.pid);
  if (!(await isSameProcessRunning(process))) return null;
  // The number may belong to somebody else by now. A postmaster works in its own data folder and names it when started.
  const folder = await workingDirectoryOf(file.pid);
  const ours =
    folder !== null
      ? folder === (await realpath(cluster))
      : ((await commandLineOf(file.pid))?.includes(cluster) ?? false);
  if (!ours) return null;
  const deadline = Date.now() + RECOVERY_MS;
  let now: PidFile | null = file;
  while (now?.status === 'starting' && Date.now() < deadline && (await isSameProcessRunning(process))) {
    await sleep(50);
    now = await readPidFile(cluster);
  }
  return (await isSameProcessRunning(process)) ? { process, port: file.port } : null;
}

/**
 * Ends a server: first asking its clients to leave, then at once, which recovers from the log at the next start. One that
 * does not even answer is not asked first.
 */
export async function endPostgres(process: ProcessIdentity, answers = true): Promise<void> {
  const gone = await endProcess(process, [
    ...(answers ? ([['SIGINT', 30_000]] as const) : []),
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]);
  if (!gone) throw new Error(`Postgres (process ${process.pid}) does not stop. End it by hand, then start again.`);
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').slice(-6).join('\n');
}

async function explainFailure(place: PostgresPlace, startLog: string): Promise<string> {
  const day = new Date().toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' });
  const own = await lastLines(join(place.cluster, 'log', `postgres-${day}.log`));
  return [await lastLines(startLog), own].filter((text) => text !== '').join('\n') || 'It gave no reason.';
}

async function startOnce(place: PostgresPlace): Promise<ProcessIdentity> {
  const startLog = join(place.home, 'start.log');
  if ((await stat(startLog).catch(() => null)) !== null) await truncate(startLog);
  const output = openSync(startLog, 'a', 0o600);
  const flags = Object.entries({ ...SETTINGS, port: String(place.port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(place.program, ['-D', place.cluster, ...flags], {
    // A session of its own: Ctrl-C at the terminal reaches us alone, and we end it after the last transaction.
    detached: true,
    stdio: ['ignore', output, output],
    cwd: '/',
    env: { ...BARE_ENVIRONMENT },
    ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
  });
  closeSync(output);
  let exited: string | null = null;
  child.once('error', (error) => (exited = error.message));
  child.once('exit', (code, signal) => (exited ??= `It ended with ${signal ?? code}.`));
  child.unref();
  const deadline = Date.now() + RECOVERY_MS;
  for (;;) {
    if (exited !== null) throw new Error(`Postgres did not start. ${await explainFailure(place, startLog)}`);
    const file = await readPidFile(place.cluster);
    if (file !== null && file.pid === child.pid && file.status === 'ready') return identify(file.pid);
    if (Date.now() > deadline) throw new Error(`Postgres is not ready after ${RECOVERY_MS / 60_000} minutes.`);
    await sleep(20);
  }
}

/**
 * Starts a server and waits until it answers. Right after a crash the old server's last processes may still hold its
 * memory for a moment, so a start that fails is tried again, five times at half-second distance.
 */
export async function startPostgresProcess(place: PostgresPlace): Promise<ProcessIdentity> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(place);
    } catch (error) {
      if (attempt > 5) throw error;
      await sleep(500);
    }
  }
}
