import type { SharedRead } from '../database/index.js';
import type { Actor, Credentials } from './actor.js';

/** Where a request came from; for sessions, audit entries and log lines. */
export interface RequestOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  /** What the browser asks for (Accept-Language); nothing is said on a socket. */
  readonly language?: string | null;
}

/** Sets or clears the one cookie. Absent where there is no HTTP answer to set it on (a socket). */
export type SetSessionCookie = (token: string | null) => void;

/**
 * One request, one socket operation: who calls, from where, and what was loaded for it already. It is the GraphQL
 * context, and hangs on the HTTP request.
 */
export class RequestContext {
  /** Set by the guard before anything of the operation runs. */
  actor: Actor | null = null;
  /** Batching loaders live as long as the request, so nothing loaded for one caller reaches another. */
  readonly loaders = new Map<object, unknown>();
  /** Where loaders read, if it is inside a transaction that is open already; else each makes its own. */
  reader: SharedRead | null = null;
  /** For the technical log: who it was, and codes of what was refused or failed. Shared by copies of the context, which Apollo makes. */
  readonly noted: { userId: string | null; readonly errors: string[] } = { userId: null, errors: [] };
  /** @nestjs/graphql looks for a request on the context and would copy the object otherwise. */
  readonly req = {};

  constructor(
    readonly credentials: Credentials,
    readonly origin: RequestOrigin,
    readonly setSessionCookie: SetSessionCookie | null = null,
  ) {}
}
