import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../platform/secrets/index.js';

const minutes = 10;

/**
 * Proves that the frame was loaded for a chat a moment ago, and in which page: its calls come from our own Origin, which
 * says nothing of that.
 */
@Injectable()
export class FrameTickets {
  private readonly keys: readonly KeyObject[];

  constructor(ring: KeyRing) {
    this.keys = ring.deriveAll('widget-tickets');
  }

  /** A ticket for a chat; `page` is the Origin of the page around it, where the browser told it. */
  issue(publicKey: string, page: string | null): string {
    const said = `${String(Date.now() + minutes * 60_000)}.${Buffer.from(page ?? '').toString('base64url')}`;
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no key to sign with.');
    return `${said}.${signature(key, publicKey, said).toString('base64url')}`;
  }

  /** What a ticket says; null for one that is forged, for another chat, or over. */
  open(publicKey: string, ticket: string): { readonly page: string | null } | null {
    const [expires = '', page = '', signed = '', ...more] = ticket.split('.');
    if (more.length > 0 || !/^\d{13,15}$/.test(expires) || Number(expires) < Date.now()) return null;
    const given = Buffer.from(signed, 'base64url');
    const genuine = this.keys.some((key) => {
      const expected = signature(key, publicKey, `${expires}.${page}`);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return genuine ? { page: page === '' ? null : Buffer.from(page, 'base64url').toString() } : null;
  }
}

function signature(key: KeyObject, publicKey: string, said: string): Buffer {
  return createHmac('sha256', key).update(`${publicKey}|${said}`).digest();
}
