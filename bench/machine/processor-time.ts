import { readFileSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';

interface Stat {
  readonly parent: number;
  /** Clock ticks of the process itself. */
  readonly own: number;
  /** Clock ticks of children that have ended and been waited for. */
  readonly gone: number;
}

let ticksPerSecond: number | null = null;

function millisecondsOf(ticks: number): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return (ticks / ticksPerSecond) * 1_000;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; what follows it does not.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number) => fields[index] ?? 0;
    return { parent: at(1), own: at(11) + at(12), gone: at(13) + at(14) };
  } catch {
    return null;
  }
}

/** Processor time that a process has used so far, in ms, its threads included. */
export function processorTime(pid: number): number {
  return millisecondsOf(statOf(pid)?.own ?? 0);
}

/** The same of a process and all its children, those that have ended included. */
export function processorTimeOfTree(pid: number): number {
  let ticks = 0;
  const root = statOf(pid);
  if (root !== null) ticks += root.own + root.gone;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(Number(name));
    if (stat?.parent === pid) ticks += stat.own + stat.gone;
  }
  return millisecondsOf(ticks);
}

/** The process that started another. */
export function parentOf(pid: number): number {
  return statOf(pid)?.parent ?? 0;
}

/** Memory that a process holds, in MiB. */
export function residentMemory(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return Number(line?.[1]) / 1_024;
}

/** The most memory that a process has held so far, in MiB; 0 where it has ended. */
export function mostMemory(pid: number): number {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
    return Number(line?.[1] ?? 0) / 1_024;
  } catch {
    return 0;
  }
}
