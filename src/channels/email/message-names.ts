import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../platform/secrets/index.js';

const ours = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-f]{32})@[^@\s<>]+>?$/;
const proofLength = 16;

/**
 * The Message-IDs of what we send: known before anything leaves, and proved by a digest, so that a name in a bounce, an echo or
 * a reply is known to be one that we gave to this channel's mails. Nobody can make one up.
 */
@Injectable()
export class MessageNames {
  constructor(private readonly secrets: Secrets) {}

  /** The Message-ID of one of our messages. */
  nameOf(channelId: string, messageId: string, domain: string): string {
    return `<${messageId}.${this.proofs(channelId, messageId)[0]?.toString('hex') ?? ''}@${domain}>`;
  }

  /** Our message's id in a Message-ID that we gave; null in any other. */
  ownIn(channelId: string, name: string): string | null {
    const [, messageId, proof] = ours.exec(name.trim()) ?? [];
    if (messageId === undefined || proof === undefined) return null;
    const shown = Buffer.from(proof, 'hex');
    return this.proofs(channelId, messageId).some((known) => timingSafeEqual(known, shown)) ? messageId : null;
  }

  private proofs(channelId: string, messageId: string): Buffer[] {
    return this.secrets.digests('mail-message', channelId, messageId).map((digest) => digest.subarray(0, proofLength));
  }
}
