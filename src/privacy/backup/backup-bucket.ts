import { randomUUID } from 'node:crypto';
import type { ObjectStorage } from '../../platform/files/index.js';
import { BackupPlace, type KeptBackup, timeIn } from './backup-place.js';
import { BytesInTurn } from './bytes-in-turn.js';

const partBytes = 16 * 1_048_576;
const marker = 'whole';
const partName = (place: number) => `part-${String(place).padStart(6, '0')}`;

/** Backups in a bucket: parts of 16 MiB under the name of each, and behind them a marker that all are there. */
export class BackupBucket extends BackupPlace {
  constructor(
    private readonly storage: ObjectStorage,
    override readonly where: string,
  ) {
    super();
  }

  override async write(name: string, bytes: AsyncIterable<Buffer>): Promise<number> {
    const source = new BytesInTurn(bytes);
    let size = 0;
    let parts = 0;
    for (; !(await source.isAtEnd()); parts += 1) {
      const part = await source.take(partBytes);
      await this.storage.put(`${name}/${partName(parts)}`, part);
      size += part.length;
    }
    await this.storage.put(`${name}/${marker}`, Buffer.from(JSON.stringify({ size, parts })));
    return size;
  }

  override async *read(name: string): AsyncIterable<Buffer> {
    const { parts } = await this.markerOf(name);
    // A part whole: how fast its bytes are used must not decide whether the store's answer is still in time.
    for (let place = 0; place < parts; place += 1) yield await this.part(`${name}/${partName(place)}`);
  }

  override async list(): Promise<KeptBackup[]> {
    const kept: KeptBackup[] = [];
    for (const [name, isWhole] of await this.begun()) {
      const createdAt = timeIn(name);
      if (isWhole && createdAt !== null) kept.push({ name, createdAt, size: (await this.markerOf(name)).size });
    }
    return kept;
  }

  override async unfinished(): Promise<string[]> {
    return [...(await this.begun())].flatMap(([name, isWhole]) => (isWhole ? [] : [name]));
  }

  override async remove(name: string): Promise<void> {
    // Without its marker it is not listed any more, however far this comes.
    await this.storage.remove(`${name}/${marker}`);
    await this.storage.removeAll(name);
  }

  override async log(line: string): Promise<void> {
    await this.storage.put(`log/${new Date().toISOString().replaceAll(':', '')}-${randomUUID()}`, Buffer.from(line));
  }

  /** The names of all backups, and whether they are whole. */
  private async begun(): Promise<Map<string, boolean>> {
    const begun = new Map<string, boolean>();
    for await (const place of this.storage.names('parley-')) {
      const [name = '', part] = place.split('/');
      if (timeIn(name) !== null) begun.set(name, (begun.get(name) ?? false) || part === marker);
    }
    return begun;
  }

  private async markerOf(name: string): Promise<{ readonly size: number; readonly parts: number }> {
    return JSON.parse((await this.part(`${name}/${marker}`)).toString()) as { size: number; parts: number };
  }

  private async part(name: string): Promise<Buffer> {
    const body = await this.storage.read(name);
    try {
      return Buffer.concat((await body.toArray()) as Buffer[]);
    } catch (error) {
      throw new Error(`${this.where} did not give all of ${name} in time, or broke off. Try it again.`, {
        cause: error,
      });
    }
  }
}
