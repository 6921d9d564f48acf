import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestDatabase } from '../../test/support/database.js';
import { loadMessages } from '../loader/load-messages.js';
import { type Machine, encryptionKeys } from '../machine/machine.js';
import { mostMemory } from '../machine/processor-time.js';
import type { Bench } from '../report/bench.js';

/** What a call of the command line came to. */
interface Run {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly seconds: number;
  /** The most memory that its process held, in MiB. */
  readonly memory: number;
}

const workspaces = 20;
const backupKey = Buffer.alloc(32, 7).toString('base64');

/**
 * Goals G20b, G20m and G20r: backups of a deployment by the command line, as an operator makes them: how long one takes and how
 * much memory, at a tenth of the size and at all of it; and from the command that restores it on another database until the
 * server there answers.
 */
export default {
  name: 'backup',
  goals: ['G20b', 'G20m', 'G20r'],
  run: async ({ machine, quick, log }) => {
    const [few, many] = quick ? ([10_000, 100_000] as const) : ([100_000, 1_000_000] as const);
    const small = await created(machine, few);
    log(`${few.toLocaleString('en-US')} messages: ${told(small.run)}`);
    const large = await created(machine, many);
    log(`${many.toLocaleString('en-US')} messages: ${told(large.run)}`);
    const name = String(large.run.answer['name']);
    const verified = await command({ BACKUP_URL: large.kept, BACKUP_KEY: backupKey, ...(await elsewhere(machine)) }, [
      'verify',
      name,
    ]);
    log(`verify: ${told(verified)}`);

    const target = await machine.database();
    const own = { ...(await elsewhere(machine)), ENCRYPTION_KEYS: encryptionKeys };
    const since = performance.now();
    const restored = await command({ ...own, ...urlsOf(target), BACKUP_URL: large.kept, BACKUP_KEY: backupKey }, [
      'restore',
      name,
    ]);
    await machine.server(target, own);
    const usable = (performance.now() - since) / 1_000;
    log(`restore: ${told(restored)}; usable after ${usable.toFixed(1)} s`);
    const size = Number(large.run.answer['size']);
    const messages = many.toLocaleString('en-US');
    return {
      measured: [
        { goal: 'G20b', value: large.run.seconds, note: `${messages} messages` },
        {
          goal: 'G20m',
          value: large.run.memory / small.run.memory,
          note: `${large.run.memory.toFixed(0)} ÷ ${small.run.memory.toFixed(0)} MiB at ${messages} and ${few.toLocaleString('en-US')} messages`,
        },
        { goal: 'G20r', value: usable, note: `${messages} messages` },
      ],
      information: [
        { what: 'a backup of it', value: size / many, unit: 'bytes per message' },
        { what: 'backup verify', value: verified.seconds, unit: 's' },
        { what: 'memory of backup verify', value: verified.memory, unit: 'MiB' },
        { what: 'backup restore by itself', value: restored.seconds, unit: 's' },
        { what: 'memory of backup restore', value: restored.memory, unit: 'MiB' },
      ],
    };
  },
} satisfies Bench;

/** A backup of so many messages, and where it is kept. */
async function created(machine: Machine, messages: number): Promise<{ readonly run: Run; readonly kept: string }> {
  const database = await machine.database();
  await loadMessages(machine.superuserUrl(database), { messages, workspaces });
  const kept = pathToFileURL(await machine.folder()).href;
  const environment = { ...(await elsewhere(machine)), ...urlsOf(database), ENCRYPTION_KEYS: encryptionKeys };
  return { run: await command({ ...environment, BACKUP_URL: kept, BACKUP_KEY: backupKey }, ['create']), kept };
}

async function elsewhere(machine: Machine): Promise<Readonly<Record<string, string>>> {
  return { DATA_DIR: await machine.folder() };
}

function urlsOf({ appUrl, ownerUrl }: TestDatabase): Readonly<Record<string, string>> {
  return { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl };
}

function told({ seconds, memory }: Run): string {
  return `${seconds.toFixed(1)} s, ${memory.toFixed(0)} MiB at the most`;
}

/** Runs the built command line, and looks at its memory as it goes. */
async function command(environment: Readonly<Record<string, string>>, words: readonly string[]): Promise<Run> {
  const main = path.join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');
  const env = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...environment };
  const since = performance.now();
  const child = spawn(process.execPath, [main, 'backup', ...words, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  let memory = 0;
  const looking = setInterval(() => (memory = Math.max(memory, mostMemory(child.pid ?? 0))), 50);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`backup ${words.join(' ')} ended with ${String(code)}: ${said.err}`);
  return {
    answer: JSON.parse(said.out) as Record<string, unknown>,
    seconds: (performance.now() - since) / 1_000,
    memory,
  };
}
