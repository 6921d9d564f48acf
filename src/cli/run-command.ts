import { parseArgs } from 'node:util';
import { verifyAudit } from './audit.js';
import { createBackup, listBackups, pruneBackups, verifyBackup } from './backup.js';
import {
  type Command,
  type Databases,
  type Described,
  Failed,
  type Given,
  type OfflineCommand,
  type Option,
  Refused,
  WrongUsage,
} from './command.js';
import { listDeliveries, replayDeliveries } from './deliveries.js';
import { erasureStatus, maintainErasure } from './erasure.js';
import { verifyJournal } from './journal.js';
import { checkKeys, rotateKeys } from './keys.js';
import { exportReceipts, verifyReceipts } from './receipts.js';
import { restoreBackup } from './restore-backup.js';
import { exportWorkspace, importWorkspace } from './workspace.js';

/** Every command, in the order in which the help shows them. */
const commands: readonly (Command | OfflineCommand)[] = [
  listDeliveries,
  replayDeliveries,
  rotateKeys,
  checkKeys,
  verifyAudit,
  exportReceipts,
  verifyReceipts,
  verifyJournal,
  createBackup,
  listBackups,
  verifyBackup,
  pruneBackups,
  restoreBackup,
  exportWorkspace,
  importWorkspace,
  erasureStatus,
  maintainErasure,
];

type WithDatabase = <Result>(work: (databases: Databases) => Promise<Result>) => Promise<Result>;

/** What a call says, where, and its exit code: 0 done, 1 refused or failed with a sentence why, 2 wrong usage. */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Runs what was typed. */
export async function runCommand(typed: readonly string[], withDatabase: WithDatabase): Promise<Outcome> {
  const command = commands.find(({ name }) => name.split(' ').every((word, place) => typed[place] === word));
  if (command === undefined) {
    if (typed.length > 0 && typed.every((word) => word === '--help' || word === '-h')) return say(overview());
    const words = typed.filter((word) => !word.startsWith('-')).join(' ');
    const why = words === '' ? 'Say what to do.' : `There is no command "${words}".`;
    return { code: 2, out: '', err: `${why}\n\n${overview()}` };
  }
  const asksForJson = typed.includes('--json');
  try {
    const given = read(command, typed.slice(command.name.split(' ').length));
    if (given.options['help'] === true) return say(helpOf(command));
    const answer = await ('offline' in command
      ? command.run(given)
      : withDatabase((databases) => command.run(given, databases)));
    return say(asksForJson ? JSON.stringify(answer.json, null, 2) : answer.text);
  } catch (error) {
    if (error instanceof WrongUsage) return { code: 2, out: '', err: `${error.message}\n\n${helpOf(command)}` };
    if (error instanceof Failed) {
      const out = asksForJson ? JSON.stringify(error.answer.json, null, 2) : error.answer.text;
      return { code: 1, out, err: error.message };
    }
    const why = sentenceOf(error);
    return { code: 1, out: asksForJson ? JSON.stringify({ error: why }) : '', err: why };
  }
}

function read(command: Described, words: readonly string[]): Given {
  const own = Object.entries(command.options).map(([name, { type }]) => [name, { type }] as const);
  const options = Object.fromEntries([
    ...own,
    ['help', { type: 'boolean' as const }],
    ['json', { type: 'boolean' as const }],
  ]);
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
    if (command.takes === null && positionals.length > 0)
      throw new WrongUsage(`"${positionals.join(' ')}" is too much.`);
    return { names: positionals, options: values };
  } catch (error) {
    throw error instanceof WrongUsage ? error : new WrongUsage((error as Error).message);
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === '42P01') return 'This database holds no Parley yet: start the server once, which sets it up.';
  return typeof message === 'string' && message !== '' ? message : 'It failed, and did not say why.';
}

function say(text: string): Outcome {
  return { code: 0, out: text, err: '' };
}

function overview(): string {
  const width = Math.max(...commands.map((command) => usageOf(command).length));
  const lines = commands.map((command) => `  ${usageOf(command).padEnd(width)}  ${command.does}`);
  return `npm run parley -- COMMAND [--json] [--help]\n\n${lines.join('\n')}\n\nIt reads the same environment as the server.`;
}

function usageOf({ name, takes }: Described): string {
  return takes === null ? name : `${name} ${takes}`;
}

function helpOf(command: Described): string {
  const options: Record<string, Option> = {
    ...command.options,
    json: { type: 'boolean', does: 'answer in JSON' },
    help: { type: 'boolean', does: 'this' },
  };
  const lines = Object.entries(options).map(
    ([name, { value, does }]) => `  ${`--${name}${value === undefined ? '' : ` ${value}`}`.padEnd(18)} ${does}`,
  );
  return `npm run parley -- ${usageOf(command)}\n\n${command.does}\n\n${lines.join('\n')}`;
}
