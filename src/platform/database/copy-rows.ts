import { once } from 'node:events';
import type { Socket } from 'node:net';
import type pg from 'pg';

/** What pg's connection can do beside what its types say. */
interface Wire {
  readonly stream: Socket;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** Rows that arrive faster than they are taken are held up once there are so many bytes of them. */
const heldBytes = 1_048_576;
const chunkBytes = 65_536;

/** What both directions of COPY have in common: one statement on one connection, with an end that can be waited for. */
abstract class Copy {
  readonly finished: Promise<void>;
  protected error: Error | null = null;
  private end: () => void = () => undefined;

  constructor(private readonly text: string) {
    this.finished = new Promise((resolve) => (this.end = resolve));
  }

  submit(wire: Wire): void {
    wire.query(this.text);
  }

  handleError(error: Error): void {
    this.error ??= error;
    this.wake();
    // pg hands nothing to a statement after its error, not even the end.
    this.end();
  }

  handleReadyForQuery(): void {
    this.end();
    this.wake();
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCommandComplete(): void {}
  protected abstract wake(): void;
}

class CopyOut extends Copy {
  private readonly chunks: Buffer[] = [];
  private collected: Buffer[] = [];
  private collectedBytes = 0;
  private heldBytes = 0;
  private isOver = false;
  private wire: Wire | null = null;
  private waiting: () => void = () => undefined;

  handleCopyData({ chunk }: { readonly chunk: Buffer }, wire: Wire): void {
    this.wire = wire;
    // The parser uses its buffer again: what is kept has to be copied.
    this.collected.push(Buffer.from(chunk));
    this.collectedBytes += chunk.length;
    if (this.collectedBytes < chunkBytes) return;
    this.handOver();
    if (this.heldBytes > heldBytes) wire.stream.pause();
    this.wake();
  }

  override handleReadyForQuery(): void {
    this.handOver();
    this.isOver = true;
    super.handleReadyForQuery();
  }

  async *rows(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        if (this.error !== null) throw this.error;
        const chunk = this.chunks.shift();
        if (chunk !== undefined) {
          this.heldBytes -= chunk.length;
          if (this.heldBytes <= heldBytes) this.wire?.stream.resume();
          yield chunk;
        } else if (this.isOver) return;
        else await new Promise<void>((resolve) => (this.waiting = resolve));
      }
    } finally {
      // Whoever reads no further has no use for the connection either.
      if (!this.isOver && this.error === null) this.wire?.stream.destroy();
    }
  }

  protected override wake(): void {
    this.waiting();
  }

  private handOver(): void {
    if (this.collectedBytes === 0) return;
    this.chunks.push(this.collected.length === 1 ? (this.collected[0] as Buffer) : Buffer.concat(this.collected));
    this.heldBytes += this.collectedBytes;
    this.collected = [];
    this.collectedBytes = 0;
  }
}

class CopyIn extends Copy {
  readonly ready: Promise<Wire>;
  private begin: (wire: Wire) => void = () => undefined;
  private refuse: (error: Error) => void = () => undefined;

  constructor(text: string) {
    super(text);
    this.ready = new Promise((resolve, reject) => {
      this.begin = resolve;
      this.refuse = reject;
    });
    this.ready.catch(() => undefined);
  }

  handleCopyInResponse(wire: Wire): void {
    this.begin(wire);
  }

  get refusal(): Error | null {
    return this.error;
  }

  protected override wake(): void {
    if (this.error !== null) this.refuse(this.error);
  }
}

/** The bytes that a COPY ... TO STDOUT gives, held up where they are not taken. */
export function copyOut(client: pg.Client, text: string): AsyncGenerator<Buffer> {
  const copy = new CopyOut(text);
  client.query(copy as unknown as pg.Submittable);
  return copy.rows();
}

/** Gives bytes to a COPY ... FROM STDIN. */
export async function copyIn(client: pg.Client, text: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const copy = new CopyIn(text);
  client.query(copy as unknown as pg.Submittable);
  const wire = await copy.ready;
  try {
    for await (const chunk of rows) {
      if (copy.refusal !== null) break;
      wire.sendCopyFromChunk(chunk);
      if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), copy.finished]);
    }
    wire.endCopyFrom();
  } catch (error) {
    wire.sendCopyFail('what was to be copied could not be read');
    await copy.finished;
    throw error;
  }
  await copy.finished;
  if (copy.refusal !== null) throw copy.refusal;
}
