import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.js';

/** A process that is told apart from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in whatever form the system gives; null where the system does not say. */
  readonly startedAt: string | null;
}

async function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

/** State letter and start time from /proc; the command name may hold blanks and brackets, so count from the last one. */
async function readStat(pid: number): Promise<{ state: string; startTicks: string } | null> {
  const stat = await readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

/** When a process started, as a text that no other process with this number can have; null when that is not known. */
export async function startTimeOf(pid: number): Promise<string | null> {
  const stat = await readStat(pid);
  if (stat !== null) {
    const boot = (await readText('/proc/sys/kernel/random/boot_id')) ?? '';
    return `${boot.trim()}:${stat.startTicks}`;
  }
  if (process.platform === 'linux' || process.platform === 'win32') return null;
  const ps = await runCommand('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
  });
  return ps.code === 0 && ps.stdout.trim() !== '' ? ps.stdout.trim() : null;
}

/** Whether a process with this number runs; one that has ended but was not collected by its parent does not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const stat = await readStat(pid);
  return stat === null || (stat.state !== 'Z' && stat.state !== 'X');
}

/** The identity of a running process, to be compared later. */
export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, startedAt: await startTimeOf(pid) };
}

/** Whether exactly this process, and not a later one with its number, still runs. */
export async function isSameProcessRunning(identity: ProcessIdentity): Promise<boolean> {
  if (!(await isRunning(identity.pid))) return false;
  if (identity.startedAt === null) return true;
  const now = await startTimeOf(identity.pid);
  return now === null || now === identity.startedAt;
}

/** The directory that a process works in; null when the system does not tell us. */
export async function workingDirectoryOf(pid: number): Promise<string | null> {
  return readlink(`/proc/${pid}/cwd`).catch(() => null);
}

/** The command line of a process as one text; null when the system does not tell us. */
export async function commandLineOf(pid: number): Promise<string | null> {
  const fromProc = await readText(`/proc/${pid}/cmdline`);
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  if (process.platform === 'linux' || process.platform === 'win32') return null;
  const ps = await runCommand('ps', ['-o', 'command=', '-p', String(pid)], { env: { PATH: '/bin:/usr/bin' } });
  return ps.code === 0 ? ps.stdout.trim() : null;
}

/** Waits until a process is gone; false when it still runs after the time given. */
export async function waitUntilGone(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (await isSameProcessRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

/** Sends the signals one after the other, each with its time to take effect, until the process is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  steps: readonly (readonly [signal: NodeJS.Signals, waitMs: number])[],
): Promise<boolean> {
  for (const [signal, waitMs] of steps) {
    if (!(await isSameProcessRunning(identity))) return true;
    try {
      process.kill(identity.pid, signal);
    } catch {
      // It went away between the look and the signal, or is not ours to end: the wait below tells which.
    }
    if (await waitUntilGone(identity, waitMs)) return true;
  }
  return false;
}
