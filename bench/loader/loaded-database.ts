import type { TestDatabase } from '../../test/support/database.js';
import type { Machine } from '../machine/machine.js';
import { loadMessages } from './load-messages.js';

const loaded = new Map<number, Promise<TestDatabase>>();

/** A database with so many messages of 1,000 workspaces; made once in a run, and gone with its Postgres. */
export function loadedDatabase(machine: Machine, messages: number, log: (line: string) => void): Promise<TestDatabase> {
  const known = loaded.get(messages);
  if (known !== undefined) return known;
  const made = make(machine, messages, log);
  loaded.set(messages, made);
  made.catch(() => loaded.delete(messages));
  return made;
}

async function make(machine: Machine, messages: number, log: (line: string) => void): Promise<TestDatabase> {
  const database = await machine.lastingDatabase();
  const { seconds, bytes } = await loadMessages(machine.superuserUrl(database), { messages, workspaces: 1_000 });
  log(`${messages.toLocaleString('en-US')} messages loaded in ${seconds.toFixed(0)} s, ${(bytes / 1e9).toFixed(1)} GB`);
  return database;
}
