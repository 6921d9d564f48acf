import { Injectable } from '@nestjs/common';
import type { RequestContext, RequestOrigin, RoleName, UserActor } from '../../platform/access/index.js';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  cleanText,
  newId,
  sql,
  coalesced,
} from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { isSessionToken, newSessionToken, tokenHash } from './session-token.js';

/** The person behind a session. A frozen membership is kept apart: nothing may be done by it. */
export interface SignedInPerson {
  readonly actor: UserActor;
  readonly frozenIn: ReadonlySet<string>;
}

/** A session just opened. */
export interface OpenedSession {
  readonly id: string;
  readonly token: string;
  readonly authenticatedAt: Date;
}

interface SessionRow {
  readonly sessionId: string;
  readonly userId: string;
  readonly seenSeconds: number;
  readonly passwordSeconds: number;
  readonly memberships: readonly { workspaceId: string; memberId: string; role: RoleName; frozen: boolean }[];
}

const lifetimeDays = 30;
const touchAfterSeconds = 60;

/** The sessions of signed-in people: opened, found by their token, ended. */
@Injectable()
export class Sessions {
  private readonly byHash = coalesced<SessionRow>((hashes) =>
    this.system.query(
      sql`
        select token_hash as key, session_id as "sessionId", user_id as "userId",
               extract(epoch from now() - last_seen_at)::float8 as "seenSeconds",
               extract(epoch from now() - authenticated_at)::float8 as "passwordSeconds", memberships
          from sessions_by_hash(${hashes}::bytea[])`,
      // Each request asks this.
      { prepared: true },
    ),
  );

  constructor(private readonly system: SystemDatabase) {}

  /** Refuses a request that could not be given a cookie (a socket), before it costs anything. */
  requireCookie(request: RequestContext): void {
    if (request.setSessionCookie === null) {
      throw new DomainError(ErrorCode.BAD_USER_INPUT, 'Send this over HTTP: it sets a cookie, and a socket cannot.');
    }
  }

  /** Opens a session with this transaction; its token is kept nowhere else. */
  async open(
    tx: SystemTransaction | WorkspaceTransaction,
    userId: string,
    origin: RequestOrigin,
  ): Promise<OpenedSession> {
    const opened = { id: newId(), token: newSessionToken(), authenticatedAt: new Date() };
    const userAgent = origin.userAgent === null ? null : cleanText(origin.userAgent, 300);
    await tx.execute(sql`
      insert into sessions (id, user_id, token_hash, ip, user_agent, authenticated_at, expires_at)
      values (${opened.id}, ${userId}, ${tokenHash(opened.token)}, ${origin.ip}, ${userAgent}, now(),
              now() + make_interval(days => ${lifetimeDays}))`);
    return opened;
  }

  /** Gives the browser the token of a session that is committed; the rest of the request acts as its person. */
  async enter(request: RequestContext, token: string): Promise<void> {
    request.setSessionCookie?.(token);
    request.actor = (await this.find(token))?.actor ?? null;
  }

  /**
   * Gives a session a new token, because its password was just given: whoever may have copied the old one is out. Null
   * where the session has ended.
   */
  async renew(tx: SystemTransaction, id: string): Promise<string | null> {
    const token = newSessionToken();
    const renewed = await tx.execute(sql`
      update sessions set token_hash = ${tokenHash(token)}, authenticated_at = now() where id = ${id} and expires_at > now()`);
    return renewed === 0 ? null : token;
  }

  /** Ends a session by its token, with this transaction. */
  async end(tx: SystemTransaction | WorkspaceTransaction, token: string | null): Promise<void> {
    if (token === null || !isSessionToken(token)) return;
    await tx.execute(sql`delete from sessions where token_hash = ${tokenHash(token)}`);
  }

  /** Ends every session of a person, with this transaction. */
  async endAll(tx: SystemTransaction | WorkspaceTransaction, userId: string): Promise<void> {
    await tx.execute(sql`delete from sessions where user_id = ${userId}`);
  }

  /** The same, but for one of them. */
  async endOthers(tx: SystemTransaction, userId: string, kept: string | null): Promise<void> {
    await tx.execute(sql`delete from sessions where user_id = ${userId} and id is distinct from ${kept}::uuid`);
  }

  /** Who holds this token; null when nobody does any more. One statement for all that are asked for at once. */
  async find(token: string): Promise<SignedInPerson | null> {
    if (!isSessionToken(token)) return null;
    const row = await this.byHash(tokenHash(token));
    if (row === null) return null;
    if (row.seenSeconds > touchAfterSeconds) void this.touch(row.sessionId).catch(() => undefined);
    const { sessionId, userId } = row;
    // How long ago it was, by the database's clock: this process's own may be wrong.
    const authenticatedAt = new Date(Date.now() - 1_000 * row.passwordSeconds);
    const memberships = row.memberships
      .filter((membership) => !membership.frozen)
      .map(({ workspaceId, memberId, role }) => ({ workspaceId, memberId, role }));
    return {
      actor: { kind: 'user', userId, sessionId, authenticatedAt, memberships },
      frozenIn: new Set(row.memberships.filter(({ frozen }) => frozen).map(({ workspaceId }) => workspaceId)),
    };
  }

  // Each sign of life lengthens the session; the condition makes one write of many requests at once.
  private async touch(id: string): Promise<void> {
    await this.system.execute(sql`
        update sessions set last_seen_at = now(), expires_at = now() + make_interval(days => ${lifetimeDays})
         where id = ${id} and last_seen_at < now() - interval '1 minute' and expires_at > now()`);
  }
}
