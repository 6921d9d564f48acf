import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { isUuid } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';

/** A link that works until it expires. */
export interface SignedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** What a link opens. */
export interface FilePlace {
  readonly workspaceId: string;
  readonly id: string;
  readonly variant: FileVariant;
}

/** The file, or the small picture of it. */
export type FileVariant = 'whole' | 'small';

const linkMinutes = 60;

/** Links to files: whoever has one may open that file of that workspace, until it expires. */
@Injectable()
export class FileLinks {
  private readonly key: KeyObject;
  private readonly keys: readonly KeyObject[];

  constructor(
    private readonly config: Config,
    ring: KeyRing,
  ) {
    this.key = ring.derive('file-links');
    this.keys = ring.deriveAll('file-links');
  }

  /** A link to a file. It stays the same for a while, so that a list drawn again does not load its pictures again. */
  sign(workspaceId: string, id: string, variant: FileVariant = 'whole'): SignedLink {
    const half = (linkMinutes * 60_000) / 2;
    const expires = Math.ceil(Date.now() / half) * half + half;
    const reference = referenceOf({ workspaceId, id, variant });
    const signature = signatureOf(this.key, reference, expires).toString('base64url');
    const url = `${this.config.publicUrl}/files/${reference}?expires=${String(expires)}&signature=${signature}`;
    return { url, expiresAt: new Date(expires) };
  }

  /** What a signed link opens; null when it is forged or has expired. */
  verify(reference: string, expires: string, signature: string): FilePlace | null {
    const [workspaceId, id, small, ...more] = reference.split('.');
    const until = Number(expires);
    if (!isUuid(workspaceId) || !isUuid(id) || !Number.isSafeInteger(until) || until < Date.now()) return null;
    if ((small !== undefined && small !== 'small') || more.length > 0) return null;
    const place: FilePlace = { workspaceId, id, variant: small ?? 'whole' };
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.keys.some((key) => {
      const expected = signatureOf(key, referenceOf(place), until);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return genuine ? place : null;
  }
}

function referenceOf({ workspaceId, id, variant }: FilePlace): string {
  return `${workspaceId}.${id}${variant === 'small' ? '.small' : ''}`;
}

function signatureOf(key: KeyObject, reference: string, expires: number): Buffer {
  return createHmac('sha256', key)
    .update(`${reference.replaceAll('.', '|')}|${String(expires)}`)
    .digest();
}
