/** Takes bytes from a stream so many at a time. */
export class BytesInTurn {
  private held: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next bytes; fewer where the stream ends before. */
  async take(length: number): Promise<Buffer> {
    await this.fill(length);
    const taken = this.held.subarray(0, length);
    this.held = this.held.subarray(taken.length);
    return taken;
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    await this.fill(1);
    return this.held.length === 0;
  }

  private async fill(length: number): Promise<void> {
    if (this.held.length >= length) return;
    const parts = [this.held];
    let size = this.held.length;
    while (size < length) {
      const next = await this.source.next();
      if (next.done === true) break;
      parts.push(next.value);
      size += next.value.length;
    }
    this.held = Buffer.concat(parts, size);
  }
}
