import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { isUuid } from '../../platform/database/index.js';
import { KeyRing } from '../../platform/secrets/index.js';

/** What a link opens. */
export interface ExportPlace {
  readonly workspaceId: string;
  readonly id: string;
}

/** Links to exports: whoever has one may fetch that export of that workspace, until it expires. */
@Injectable()
export class ExportLinks {
  private readonly keys: readonly KeyObject[];

  constructor(
    private readonly config: Config,
    ring: KeyRing,
  ) {
    this.keys = ring.deriveAll('export-links');
  }

  /** A link that works until then, and not for longer than the export is kept. */
  sign(place: ExportPlace, until: Date): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no key to sign a link with.');
    const signature = signatureOf(key, place, until.getTime()).toString('base64url');
    const { workspaceId, id } = place;
    return `${this.config.publicUrl}/privacy/exports/${workspaceId}.${id}?expires=${String(until.getTime())}&signature=${signature}`;
  }

  /** What a link opens; null when it is forged or has expired. */
  verify(reference: string, expires: string, signature: string): ExportPlace | null {
    const [workspaceId, id, ...more] = reference.split('.');
    const until = Number(expires);
    if (!isUuid(workspaceId) || !isUuid(id) || more.length > 0) return null;
    if (!Number.isSafeInteger(until) || until < Date.now()) return null;
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.keys.some((key) => {
      const expected = signatureOf(key, { workspaceId, id }, until);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return genuine ? { workspaceId, id } : null;
  }
}

function signatureOf(key: KeyObject, { workspaceId, id }: ExportPlace, until: number): Buffer {
  return createHmac('sha256', key)
    .update(`${workspaceId}|${id}|${String(until)}`)
    .digest();
}
