import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { type CaughtMail, readMail } from '../../apps/sandbox/mail/catcher.js';

/** A mail that a server without a mail server wrote into its folder. */
export interface WrittenMail extends CaughtMail {
  /** The file it stands in, which names its template. */
  readonly name: string;
}

/** The mails in a server's folder, in the order in which they were made. One that is being written is not there yet. */
export async function mailsIn(folder: string): Promise<WrittenMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(
    names
      .sort((a, b) => idOf(a).localeCompare(idOf(b)))
      .map(async (name) => {
        // An erasure may have taken it meanwhile.
        const raw = await readFile(path.join(folder, name)).catch(() => null);
        return raw === null ? null : { ...(await readMail(raw)), name };
      }),
  );
  return mails.filter((mail) => mail !== null);
}

/** Ids sort by the time at which they were made. */
function idOf(name: string): string {
  return name.slice(-'01a201cc-1a7b-7730-9a7b-00cb29086c9b.eml'.length);
}
