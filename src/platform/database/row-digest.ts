import { createHash, hash } from 'node:crypto';

const signature = Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1');
const headerBytes = signature.length + 8;

/** How many rows there were, and a digest of them all in whatever order. */
export interface RowSum {
  readonly rows: number;
  readonly digest: string;
}

/**
 * Counts rows as binary COPY gives them, and adds up a digest of each: the order in which a table gives its rows is nobody's
 * promise, and two tables are equal where their sums are.
 */
export class RowDigest {
  private readonly sum = new Uint32Array(8);
  private rows = 0;
  private rest: Buffer = Buffer.alloc(0);
  private begun = false;
  private ended = false;

  add(chunk: Buffer): void {
    let data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (!this.begun) {
      if (data.length < headerBytes) return void (this.rest = data);
      if (!data.subarray(0, signature.length).equals(signature)) throw new Error('These are not rows of a table.');
      data = data.subarray(headerBytes);
      this.begun = true;
    }
    let from = 0;
    for (let to = endOfRow(data, from); to !== null && !this.ended; to = endOfRow(data, from)) {
      if (data.readInt16BE(from) === -1) this.ended = true;
      else this.addRow(data.subarray(from, to));
      from = to;
    }
    this.rest = data.subarray(from);
  }

  /** Throws where the rows broke off. */
  end(): RowSum {
    if (!this.ended || this.rest.length > 0) throw new Error('The rows of a table break off.');
    const digest = createHash('sha256')
      .update(`${String(this.rows)}:`)
      .update(this.sum)
      .digest('hex');
    return { rows: this.rows, digest };
  }

  private addRow(row: Buffer): void {
    const digest = hash('sha256', row, 'buffer');
    for (let lane = 0; lane < 8; lane += 1)
      this.sum[lane] = ((this.sum[lane] ?? 0) + digest.readUInt32BE(lane * 4)) >>> 0;
    this.rows += 1;
  }
}

/** Where the row that begins here ends; null where not all of it is there. */
function endOfRow(data: Buffer, from: number): number | null {
  if (from + 2 > data.length) return null;
  let at = from + 2;
  for (let fields = data.readInt16BE(from); fields > 0; fields -= 1) {
    if (at + 4 > data.length) return null;
    at += 4 + Math.max(0, data.readInt32BE(at));
    if (at > data.length) return null;
  }
  return at;
}
