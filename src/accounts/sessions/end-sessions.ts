import { Injectable } from '@nestjs/common';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { SystemDatabase, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { Sessions } from './sessions.js';

/**
 * Ends sessions by removing their rows: the next request finds nothing, and open sockets, which ask again every second
 * and before each batch of events, are closed.
 */
@Injectable()
export class EndSessions {
  constructor(
    private readonly system: SystemDatabase,
    private readonly sessions: Sessions,
  ) {}

  /** Signs this browser out; whoever is signed out already stays so. */
  async signOut(request: RequestContext): Promise<boolean> {
    this.sessions.requireCookie(request);
    await this.system.run((tx) => this.sessions.end(tx, request.credentials.session));
    request.setSessionCookie?.(null);
    return true;
  }

  /** Ends one of the person's sessions. */
  async revoke(user: UserActor, id: string, request: RequestContext): Promise<boolean> {
    if (!isUuid(id)) throw notFound('Session');
    const ended = await this.system.run((tx) =>
      tx.execute(sql`delete from sessions where id = ${id} and user_id = ${user.userId} and expires_at > now()`),
    );
    if (ended === 0) throw notFound('Session');
    if (id === user.sessionId) request.setSessionCookie?.(null);
    return true;
  }

  /** Ends all of the person's sessions but the one that asks. */
  async revokeOthers(user: UserActor): Promise<boolean> {
    await this.system.run((tx) => this.sessions.endOthers(tx, user.userId, user.sessionId));
    return true;
  }
}
