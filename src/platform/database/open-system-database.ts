import { Database } from './database.js';
import { SystemDatabase } from './workspaces.js';

/** The tables outside row security, for a program that is not the server. */
export async function openSystemDatabase(url: string): Promise<{ system: SystemDatabase; close(): Promise<void> }> {
  const database = await Database.connect(url, 2);
  return { system: new SystemDatabase(database), close: () => database.close() };
}
