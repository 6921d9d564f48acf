import { buffer } from 'node:stream/consumers';
import { type SignedBucket, bucketRefusal, letGo } from '../../platform/files/index.js';
import { JournalStore, type NewLine, NumberTaken, type StoredLine } from './journal-store.js';

const folder = 'journal/';
const readAtOnce = 8;

/** The journal in a bucket: one object an entry, which the store itself lets nobody write twice. */
export class ObjectJournal extends JournalStore {
  /** The last name that was seen: the way to the end begins there. */
  private last: string | null = null;

  constructor(
    private readonly bucket: SignedBucket,
    readonly place: string,
  ) {
    super();
  }

  override async *lines(): AsyncIterable<StoredLine> {
    for await (const names of this.pages(null))
      for (let at = 0; at < names.length; at += readAtOnce)
        yield* await Promise.all(names.slice(at, at + readAtOnce).map((name) => this.get(name)));
  }

  override async end(): Promise<readonly StoredLine[]> {
    for await (const names of this.pages(this.last)) this.last = names.at(-1) ?? this.last;
    return this.last === null ? [] : [await this.get(this.last)];
  }

  override async add(lines: readonly NewLine[]): Promise<void> {
    for (const { seq, line } of lines) {
      const name = `${folder}${String(seq).padStart(12, '0')}.json`;
      const bytes = Buffer.from(line);
      const status = await this.bucket.settled('PUT', name, { 'if-none-match': '*' }, bytes);
      // Refused as taken: by another writer, or by an earlier try of this one whose answer was lost.
      if (status === 412 || status === 409) {
        if (!(await this.get(name)).bytes.equals(bytes)) throw new NumberTaken(`${name} was written by another.`);
      } else if (status < 200 || status > 299) throw bucketRefusal('PUT', status);
      this.last = name;
    }
  }

  private async *pages(after: string | null): AsyncIterable<string[]> {
    for (let from = after; ;) {
      const names: string[] = await this.bucket.list(folder, from ?? undefined);
      if (names.length === 0) return;
      yield names;
      from = names.at(-1) ?? from;
    }
  }

  private async get(name: string): Promise<StoredLine> {
    const { status, body } = await this.bucket.of('GET', name);
    if (status === 200) return { bytes: await buffer(body), ended: true };
    letGo(body);
    throw bucketRefusal('GET', status);
  }
}
