import { createHash } from 'node:crypto';
import type { MovingPart } from './moving-manifest.js';

/** Counts and digests the bytes of a part as they go by. */
export class Tally {
  private readonly digest = createHash('sha256');
  private bytes = 0;

  async *of(content: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      this.digest.update(bytes);
      this.bytes += bytes.length;
      yield bytes;
    }
  }

  /** What went by; asked once, at the end. */
  end(path: string): MovingPart {
    return { path, bytes: this.bytes, sha256: this.digest.digest('hex') };
  }
}
