import type { ImapFlow } from 'imapflow';
import { isJson } from '../wire/reading.js';

/** How far a folder has been read. A new validity means that its numbers begin anew. */
export interface FolderMark {
  readonly path: string;
  readonly validity: string;
  /** The highest number that was read. */
  readonly uid: number;
  /** When the latest mail that was read came, by the server's clock: where numbers begin anew, reading goes on from there. */
  readonly at: number;
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

/** Where one folder stands now. Throws where the server does not say: a guess would read everything again, or nothing. */
export async function markOf(client: ImapFlow, path: string): Promise<FolderMark> {
  const status: unknown = await client.status(path, { uidNext: true, uidValidity: true });
  const { uidNext, uidValidity } = isJson(status) ? status : {};
  if (typeof uidNext !== 'number' || typeof uidValidity !== 'bigint')
    throw new Error('The mail server did not say where the folder stands.');
  return { path, validity: String(uidValidity), uid: Math.max(0, uidNext - 1), at: Date.now() };
}

/** The folder that keeps what was sent, where the server says which one that is. */
export async function sentPath(client: ImapFlow): Promise<string | null> {
  const folders = await client.list();
  return folders.find((folder) => folder.specialUse === '\\Sent')?.path ?? null;
}

/**
 * The marks with the folder of sent mails that there is now: people rename folders, make them, and remove them. One that was
 * only renamed is read on where it stood; any other is new from here on.
 */
export async function withSentFolder(client: ImapFlow, marks: MailboxMarks): Promise<MailboxMarks> {
  const path = await sentPath(client);
  if (path === (marks.sent?.path ?? null)) return marks;
  if (path === null) return { ...marks, sent: null };
  const now = await markOf(client, path);
  const renamed = marks.sent?.validity === now.validity && now.uid >= marks.sent.uid;
  return { ...marks, sent: renamed && marks.sent !== null ? { ...marks.sent, path } : now };
}

/** How far back is looked where it was not written down when the last mail came. */
const unknownMilliseconds = 2 * 86_400_000;

/** Marks as they were stored; null where there are none. */
export function storedMarks(stored: unknown): MailboxMarks | null {
  if (!isJson(stored)) return null;
  const inbox = storedMark(stored['inbox']);
  return inbox === null ? null : { inbox, sent: storedMark(stored['sent']) };
}

function storedMark(stored: unknown): FolderMark | null {
  if (!isJson(stored)) return null;
  const { path, validity, uid, at } = stored;
  if (typeof path !== 'string' || typeof validity !== 'string' || typeof uid !== 'number') return null;
  return { path, validity, uid, at: typeof at === 'number' ? at : Date.now() - unknownMilliseconds };
}
