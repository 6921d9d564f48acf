import { spawn } from 'node:child_process';
import path from 'node:path';

/** What a call of the operator's command line came to. */
export interface CliOutcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line with this environment and no other. */
export function runCli(environment: Readonly<Record<string, string>>, ...words: string[]): Promise<CliOutcome> {
  const main = path.join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...environment };
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
