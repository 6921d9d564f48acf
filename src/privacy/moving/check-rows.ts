import type { AuditHead } from '../../platform/audit/index.js';
import { noWorkspace } from '../../platform/outbox/index.js';
import { ChainInFile } from './chain-in-file.js';
import type { MovingFile } from './moving-file.js';
import { MovingRefused } from './moving-refused.js';

/** A member as the file names them. */
export interface MovingMember {
  readonly id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string;
}

/** What was found in a file that is whole. */
export interface CheckedFile {
  /** The end of the audit log in it. */
  readonly audit: AuditHead;
  readonly members: readonly MovingMember[];
}

type Row = Readonly<Record<string, unknown>>;

const mostMembers = 10_000;

/**
 * Reads all of a file, so that one that is damaged costs nothing: every part is what was written, every row is one of this
 * workspace and holds no column that it should not, and the audit log has no gap and no change. Throws MovingRefused.
 */
export async function checkRows(file: MovingFile, say: (line: string) => void): Promise<CheckedFile> {
  const { manifest } = file;
  if (manifest.workspace.id === noWorkspace) throw refused('It names no workspace.');
  const chain = new ChainInFile(manifest.auditFollows);
  const members: MovingMember[] = [];
  // Those in the file, and no more: how many rows there are is the file's word.
  const unnamed = new Set(file.files.keys());
  for (const { name, columns } of manifest.tables) {
    const known = new Set(columns);
    const key = name === 'workspaces' ? 'id' : 'workspace_id';
    for await (const line of file.lines(name)) {
      const row = rowIn(line, name);
      if (row[key] !== manifest.workspace.id)
        throw refused(`It holds a row of ${name} that belongs to another workspace.`);
      if (Object.keys(row).some((column) => !known.has(column)))
        throw refused(`It holds a row of ${name} with a column that the table does not say it has.`);
      const broken = name === 'audit_entries' ? chain.follow(row) : null;
      if (broken !== null) throw refused(`The audit log in it is broken at ${broken}.`);
      if (name === 'members' && members.push(memberIn(row)) > mostMembers) throw refused('It holds too many members.');
      if (name === 'files') unnamed.delete(String(row['id']));
    }
  }
  if (manifest.tables.find(({ name }) => name === 'workspaces')?.rows !== 1)
    throw refused('It does not hold one workspace.');
  if (unnamed.size > 0) throw refused('It holds a stored file that no row names.');
  for (const part of manifest.forPeople) await file.check(part);
  say('The file is whole.');
  return { audit: chain.head, members };
}

function memberIn({ id, email, name, role }: Row): MovingMember {
  return { id: String(id), email: textIn(email), name: textIn(name), role: String(role) };
}

function rowIn(line: string, table: string): Row {
  try {
    const row: unknown = JSON.parse(line);
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Row;
  } catch {
    // Said below, as of one that is no row.
  }
  throw refused(`It holds a row of ${table} that cannot be read.`);
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function refused(why: string): MovingRefused {
  return new MovingRefused(`The file cannot be trusted. ${why} Nothing was changed.`);
}
