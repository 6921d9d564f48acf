import { BackupDamaged } from './backup-damaged.js';
import { BytesInTurn } from './bytes-in-turn.js';

/** What a frame is: the beginning, a table, a file, bytes of either, the end of either, the end of all. */
const kinds = ['begin', 'table', 'file', 'bytes', 'done', 'end'] as const;
export type FrameKind = (typeof kinds)[number];

/** One frame of the stream inside a backup. */
export interface Frame {
  readonly kind: FrameKind;
  readonly body: Buffer;
}

/** A longer one is cut into several when it is bytes, and never written when it is words. */
const mostBytes = 4 * 1_048_576;

/** A frame of words. */
export function frameOf(kind: FrameKind, words: unknown): Buffer {
  return framed(kind, Buffer.from(JSON.stringify(words)));
}

/** Frames of bytes. */
export function* framesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += mostBytes) yield framed('bytes', bytes.subarray(at, at + mostBytes));
}

/** The frames of a stream, to its end. */
export async function* framesIn(stream: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  const source = new BytesInTurn(stream);
  while (!(await source.isAtEnd())) {
    const front = await source.take(5);
    const kind = kinds[front[0] ?? kinds.length];
    const length = front.length === 5 ? front.readUInt32BE(1) : 0;
    const body = await source.take(length);
    if (kind === undefined || front.length < 5 || body.length < length || (length > mostBytes && kind === 'bytes'))
      throw new BackupDamaged('The backup holds something that no release of Parley wrote.');
    yield { kind, body };
  }
}

function framed(kind: FrameKind, body: Buffer): Buffer {
  const front = Buffer.alloc(5);
  front.writeUInt8(kinds.indexOf(kind));
  front.writeUInt32BE(body.length, 1);
  return Buffer.concat([front, body]);
}
