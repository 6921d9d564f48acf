import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingError, publicAddressesOf } from '../../platform/http/index.js';
import { mailServerError } from './mail-refusal.js';
import { type MailServer, isAllowed } from './mail-server.js';

/** How to connect to a server that a workspace named: the very address that was looked at, and the rules for TLS. */
export interface MailRoute {
  /** Connected to as it is; no name server is asked again. */
  readonly address: string;
  /** The name that the certificate has to bear; none where it is an address. */
  readonly servername: string | undefined;
  /** Without TLS nothing is said. Only servers that the operator named may do without. */
  readonly tlsRequired: boolean;
}

const mostTried = 3;

/** Which mail servers may be reached: those of the public internet, over TLS, and those that the operator named. */
@Injectable()
export class MailHosts {
  readonly allowed: readonly string[];

  constructor(config: Config) {
    this.allowed = config.mailAllowedHosts;
  }

  /** The ways to a server, to be tried one after the other; throws MailServerError where there is none. */
  async routesTo(server: MailServer): Promise<readonly MailRoute[]> {
    const { host } = server;
    const named = /[a-z]/i.test(host) && !host.includes(':');
    const servername = named ? host : undefined;
    if (isAllowed(server, this.allowed)) return [{ address: host, servername, tlsRequired: false }];
    try {
      const addresses = await publicAddressesOf(host);
      return addresses.slice(0, mostTried).map((address) => ({ address, servername, tlsRequired: true }));
    } catch (error) {
      const unsafe = error instanceof OutgoingError && error.reason === 'address';
      throw mailServerError(unsafe ? 'unsafe' : 'unavailable', error);
    }
  }

  /** Tries the ways to a server; an answer, also a refusal, ends the search. */
  async over<Result>(server: MailServer, connect: (route: MailRoute) => Promise<Result>): Promise<Result> {
    let last: unknown;
    for (const route of await this.routesTo(server)) {
      try {
        return await connect(route);
      } catch (error) {
        last = error;
        if (!isUnreachable(error)) throw error;
      }
    }
    throw last;
  }
}

function isUnreachable(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return (
    typeof code === 'string' &&
    /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|ETIMEDOUT|ECONNECTION)$/.test(code)
  );
}
