import { type KeyObject, createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../platform/secrets/index.js';

/**
 * A visitor's place in the feed, as one encrypted block. The bare number would tell everybody who opens the chat how
 * much is written in the whole workspace; and a place that was given to another visitor is none.
 */
@Injectable()
export class StreamCursors {
  private readonly key: KeyObject;

  constructor(ring: KeyRing) {
    this.key = ring.derive('widget-cursors');
  }

  seal(visitorId: string, seq: number): string {
    const block = Buffer.alloc(16);
    block.writeBigUInt64BE(BigInt(seq));
    markOf(visitorId).copy(block, 8);
    const cipher = createCipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
  }

  /** The number of the change; null for what was never given to this visitor. */
  open(visitorId: string, cursor: string): number | null {
    const sealed = Buffer.from(cursor, 'base64url');
    if (sealed.length !== 16) return null;
    const decipher = createDecipheriv('aes-256-ecb', this.key, null).setAutoPadding(false);
    const block = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return block.subarray(8).equals(markOf(visitorId)) ? Number(block.readBigUInt64BE()) : null;
  }
}

function markOf(visitorId: string): Buffer {
  return createHash('sha256').update(visitorId).digest().subarray(0, 8);
}
