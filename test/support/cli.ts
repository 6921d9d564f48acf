import { spawn } from 'node:child_process';
import path from 'node:path';
import { compiledOnce } from './compiled-once.js';

/** What a call of the operator's command line came to. */
export interface CliOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const main = path.join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** Runs the built command line with this environment and no other. */
export function runCli(environment: Readonly<Record<string, string>>, ...words: string[]): Promise<CliOutcome> {
  return run(process.execPath, [main, ...words], environment);
}

/** The same, where no file may grow beyond so many kilobytes: as on a disk that is full. */
export function runCliOnFullDisk(
  kilobytes: number,
  environment: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<CliOutcome> {
  const limited = `ulimit -f ${String(kilobytes)} && exec "$0" "$@"`;
  return run('/bin/bash', ['-c', limited, process.execPath, main, ...words], {
    ...environment,
    NODE_DISABLE_COMPILE_CACHE: '1',
  });
}

/** Starts it, for whoever ends it before its end. */
export function startCli(environment: Readonly<Record<string, string>>, ...words: string[]) {
  return start(process.execPath, [main, ...words], environment);
}

function start(program: string, words: readonly string[], environment: Readonly<Record<string, string>>) {
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...compiledOnce(), ...environment };
  return spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function run(
  program: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CliOutcome> {
  const child = start(program, words, environment);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
