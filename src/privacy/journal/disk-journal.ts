import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { JournalStore, type NewLine, type StoredLine } from './journal-store.js';

/** Far more than an entry and what one write leaves when it is cut off. */
const tail = 1_048_576;
const lineFeed = 10;

/** The journal as one file of this machine. */
export class DiskJournal extends JournalStore {
  readonly place: string;

  constructor(private readonly folder: string) {
    super();
    this.place = path.join(folder, 'journal.jsonl');
  }

  override async *lines(): AsyncIterable<StoredLine> {
    let rest: Buffer = Buffer.alloc(0);
    try {
      for await (const chunk of createReadStream(this.place)) {
        const { whole, left } = split(Buffer.concat([rest, chunk as Buffer]));
        for (const bytes of whole) yield { bytes, ended: true };
        rest = left;
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (rest.length > 0) yield { bytes: rest, ended: false };
  }

  override async end(): Promise<readonly StoredLine[]> {
    const file = await open(this.place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (file === null) return [];
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - tail);
      const bytes = Buffer.alloc(size - from);
      await file.read(bytes, 0, bytes.length, from);
      const { whole, left } = split(bytes);
      // The first line of a part may lack its beginning.
      const lines = (from === 0 ? whole : whole.slice(1)).map((line) => ({ bytes: line, ended: true }));
      return left.length > 0 ? [...lines, { bytes: left, ended: false }] : lines;
    } finally {
      await file.close();
    }
  }

  override async add(lines: readonly NewLine[], isOpen: boolean): Promise<void> {
    const first = await this.create();
    const file = await open(this.place, 'a', 0o600);
    try {
      await file.appendFile(`${isOpen ? '\n' : ''}${lines.map(({ line }) => `${line}\n`).join('')}`);
      await file.sync();
    } finally {
      await file.close();
    }
    // A new file is there after a power cut only when its folder says so.
    if (first) await syncFolder(this.folder);
  }

  private async create(): Promise<boolean> {
    const made = await mkdir(this.folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) await syncFolder(path.dirname(made));
    try {
      await (await open(this.place, 'ax', 0o600)).close();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}

function split(bytes: Buffer): { whole: Buffer[]; left: Buffer } {
  const whole: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, from)) {
    whole.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return { whole, left: bytes.subarray(from) };
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
