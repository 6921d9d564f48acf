import { spawn } from 'node:child_process';
import { chmod, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  readonly report: Readonly<Record<string, unknown>>;
  /** kill -9, as a power cut or the system's memory guard would. */
  kill(): Promise<void>;
}

/** Where a Redis that had to be fetched stays from one run to the next. */
export const PROGRAMS = fileURLToPath(new URL('../../node_modules/.cache/parley-redis', import.meta.url));

/** A data directory inside the run's folder, so that whatever a spec leaves there is ended with the run. */
export async function makeDataDirectory(): Promise<string> {
  const folder = await mkdtemp(join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'spec-'));
  await chmod(folder, 0o711);
  return folder;
}

/** Starts a server in a process of its own and waits for its report. */
export function startServerProcess(dataDir: string, what: 'lock' | 'postgres' | 'redis'): Promise<ServerProcess> {
  const script = fileURLToPath(new URL('./start-servers.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir, what, PROGRAMS], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: '/usr/bin:/bin' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (!output.includes('\n')) return;
      resolve({
        report: JSON.parse(output) as Record<string, unknown>,
        kill: async () => {
          child.kill('SIGKILL');
          await ended;
        },
      });
    });
    child.once('exit', () => reject(new Error(`The process ended without a report: ${output}`)));
  });
}
