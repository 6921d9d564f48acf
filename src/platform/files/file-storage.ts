import type { Readable } from 'node:stream';

/** A part of some bytes: from and to, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where the bytes of files lie. Names are made by the server: `workspace/xx/id`, or `workspace/xx/id.small`; nothing from
 * outside is ever part of one. What was never there, or is gone, is told by an error with the code ENOENT.
 */
export abstract class FileStorage {
  /** Keeps bytes under a new name; they are whole and safe when this ends. */
  abstract put(name: string, body: Buffer): Promise<void>;
  /** The same for bytes as they are made, a few at a time; nothing is there where making them fails. */
  abstract putStream(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  abstract read(name: string, range?: ByteRange): Promise<Readable>;
  abstract remove(name: string): Promise<void>;
  /** Removes everything below a name. */
  abstract removeAll(folder: string): Promise<void>;
}

/** There is nothing under a name. */
export function absent(name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`There is no file ${name}.`), { code: 'ENOENT' });
}
