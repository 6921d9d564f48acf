import { Database } from './database.js';
import { SystemDatabase, Workspaces } from './workspaces.js';

/** The tables outside row security, and the way into workspaces, for a program that is not the server. */
export async function openSystemDatabase(
  url: string,
): Promise<{ system: SystemDatabase; workspaces: Workspaces; close(): Promise<void> }> {
  const database = await Database.connect(url, 2);
  return { system: new SystemDatabase(database), workspaces: new Workspaces(database), close: () => database.close() };
}
