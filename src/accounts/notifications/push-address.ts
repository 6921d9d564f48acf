import { ECDH } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { badInput } from '../../platform/errors/index.js';
import { KeyRing } from '../../platform/secrets/index.js';

/** Where a browser takes pushes, and the keys that only it can read them with. */
export interface PushAddress {
  readonly endpoint: string;
  /** Its public key: a point of P-256, base64url. */
  readonly p256dh: string;
  /** Its authentication secret: 16 bytes, base64url. */
  readonly auth: string;
}

const longestEndpoint = 1_000;

/**
 * Checks, keeps and opens addresses. An endpoint is made by a browser maker's push service; a person could name any other
 * address, so only the services in PUSH_SERVICES are called. Whoever knows an endpoint can bother its browser: it is kept
 * encrypted, bound to its row.
 */
@Injectable()
export class PushAddresses {
  private readonly services: readonly string[];

  constructor(
    config: Config,
    private readonly ring: KeyRing,
  ) {
    this.services = config.pushServices;
  }

  /** The address as it can be kept; what is wrong with it is refused in words. */
  check({ endpoint, p256dh, auth }: PushAddress): PushAddress {
    const url = endpoint.length > longestEndpoint ? null : URL.parse(endpoint);
    if (url === null || url.username !== '' || url.password !== '' || !this.isService(url)) {
      throw badInput('endpoint', 'This is not the address of a push service that this server knows.');
    }
    if (!isPoint(p256dh)) throw badInput('p256dh', 'This is not a public key of a push subscription.');
    if (Buffer.from(auth, 'base64url').length !== 16)
      throw badInput('auth', 'This is not the secret of a push subscription.');
    return { endpoint: url.href, p256dh, auth };
  }

  seal(id: string, address: PushAddress): Buffer {
    return this.ring.wrap(Buffer.from(JSON.stringify(address)), pushAddressContext(id));
  }

  open(id: string, sealed: Buffer): PushAddress {
    return JSON.parse(this.ring.unwrap(sealed, pushAddressContext(id)).toString()) as PushAddress;
  }

  private isService(url: URL): boolean {
    return this.services.some((service) => {
      if (service.includes('://')) return url.origin === service;
      if (url.protocol !== 'https:' || url.port !== '') return false;
      return service.startsWith('*.') ? url.hostname.endsWith(service.slice(1)) : url.hostname === service;
    });
  }
}

/** What binds an address to its row. */
export function pushAddressContext(id: string): string {
  return `push_subscriptions|address|${id}`;
}

function isPoint(p256dh: string): boolean {
  const bytes = Buffer.from(p256dh, 'base64url');
  if (bytes.length !== 65 || bytes[0] !== 4) return false;
  try {
    // It throws for what is no point of the curve.
    ECDH.convertKey(bytes, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
