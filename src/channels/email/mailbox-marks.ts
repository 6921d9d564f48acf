import type { ImapFlow } from 'imapflow';
import { isJson } from '../meta/reading.js';

/** How far a folder has been read. A new validity means that its numbers begin anew. */
export interface FolderMark {
  readonly path: string;
  readonly validity: string;
  /** The highest number that was read. */
  readonly uid: number;
}

/** How far a mailbox has been read: what came in, and, where the server keeps it, what was sent. */
export interface MailboxMarks {
  readonly inbox: FolderMark;
  readonly sent: FolderMark | null;
}

/** Where a mailbox stands now: whatever comes from here on is new. */
export async function marksOf(client: ImapFlow): Promise<MailboxMarks> {
  const sent = await sentPath(client);
  return { inbox: await markOf(client, 'INBOX'), sent: sent === null ? null : await markOf(client, sent) };
}

/** Where one folder stands now. */
export async function markOf(client: ImapFlow, path: string): Promise<FolderMark> {
  const status = await client.status(path, { uidNext: true, uidValidity: true });
  return { path, validity: String(status.uidValidity ?? 0), uid: Math.max(0, (status.uidNext ?? 1) - 1) };
}

/** The folder that keeps what was sent, where the server says which one that is. */
async function sentPath(client: ImapFlow): Promise<string | null> {
  const folders = await client.list();
  return folders.find((folder) => folder.specialUse === '\\Sent')?.path ?? null;
}

/** Marks as they were stored; null where there are none. */
export function storedMarks(stored: unknown): MailboxMarks | null {
  if (!isJson(stored)) return null;
  const inbox = storedMark(stored['inbox']);
  return inbox === null ? null : { inbox, sent: storedMark(stored['sent']) };
}

function storedMark(stored: unknown): FolderMark | null {
  if (!isJson(stored)) return null;
  const { path, validity, uid } = stored;
  if (typeof path !== 'string' || typeof validity !== 'string' || typeof uid !== 'number') return null;
  return { path, validity, uid };
}
