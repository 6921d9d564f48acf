import { createHash } from 'node:crypto';
import { type FileStore, seeFile } from '../../platform/files/index.js';
import type { MovingFile } from './moving-file.js';
import { MovingRefused } from './moving-refused.js';

/** Larger than any file that is taken anywhere else. */
const mostBytes = 200_000_000;

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/**
 * Stores the files of a workspace that arrives, and gives the rows of those that are kept. What a file is, is told by its
 * bytes: the row that came with it may say anything.
 */
export class ArrivingFiles {
  kept = 0;
  /** Not in the file, or damaged where it came from. */
  missing = 0;
  /** Of a kind that is not kept. */
  refused = 0;

  constructor(
    private readonly file: MovingFile,
    private readonly store: Pick<FileStore, 'putBack'>,
    private readonly say: (line: string) => void,
  ) {}

  async *rows(): AsyncGenerator<string> {
    for await (const line of this.file.lines('files')) {
      const row = JSON.parse(line) as Row;
      const arrived = await this.arrive(row);
      if (arrived === null) continue;
      this.kept += 1;
      if (this.kept % 1_000 === 0) this.say(`${String(this.kept)} files`);
      yield JSON.stringify(arrived);
    }
  }

  private async arrive(row: Row): Promise<Row | null> {
    const { id } = row;
    if (this.file.sizeOf(id) > mostBytes) return this.leave('refused');
    const body = await this.file.file(id);
    if (body === null) return this.leave('missing');
    const sha256 = `\\x${createHash('sha256').update(body).digest('hex')}`;
    if (sha256 !== row['sha256'])
      throw new MovingRefused(
        `The file cannot be trusted. The stored file ${id} in it is not what was written. Nothing was changed.`,
      );
    const seen = await seeFile(body, typeof row['name'] === 'string' ? row['name'] : null);
    if (seen.kind === 'refused') return this.leave('refused');
    const { contentType, thumbnail } = seen;
    const { workspace } = this.file.manifest;
    await this.store.putBack(workspace.id, id, 'whole', body);
    if (thumbnail !== null) await this.store.putBack(workspace.id, id, 'small', thumbnail);
    return {
      ...row,
      sha256,
      content_type: contentType,
      size: body.length,
      has_thumbnail: thumbnail !== null,
      small_size: thumbnail?.length ?? 0,
    };
  }

  private leave(why: 'missing' | 'refused'): null {
    this[why] += 1;
    return null;
  }
}
