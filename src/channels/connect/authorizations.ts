import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { ConsentFlow, Grant, GrantedAsset } from './consent-flow.js';
import { credentialOf, newState, workspaceOf } from './consent-state.js';
import { refusal } from './refusal.js';

export type AuthorizationStatus = 'STARTED' | 'RETURNED' | 'FAILED' | 'GRANTED' | 'COMPLETING' | 'COMPLETED';

/** A consent under way, as its row has it. */
export interface AuthorizationRow {
  readonly id: string;
  readonly flow: string;
  readonly status: AuthorizationStatus;
  readonly error: string | null;
  readonly granted: readonly string[];
  readonly assets: Buffer | null;
}

/** Seconds from the start within which a consent has to be given and used. */
export const authorizationSeconds = 30 * 60;
const mostOpen = 50;
export const forgetJob = 'forget-authorization';

/**
 * The rows of consents under way. Whoever has the state can do nothing with it elsewhere: it is found in its own workspace
 * only, by the session that began it, until it ends; and each step takes it out of the state before, so it is taken once.
 */
@Injectable()
export class Authorizations {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** Begins one; gives its state, of which a digest is kept. */
  async start(actor: MemberActor, origin: RequestOrigin, flow: ConsentFlow): Promise<string> {
    const state = newState(actor.workspaceId);
    await this.workspaces.run(actor.workspaceId, async (tx) => {
      const open = await tx.first<{ count: number }>(
        sql`select count(*)::int as count from channel_authorizations where workspace_id = ${tx.workspaceId} and expires_at > now()`,
      );
      if ((open?.count ?? 0) >= mostOpen) throw refusal('CONSENT_TOO_MANY', { retryAfter: 300 });
      const id = newId();
      await tx.execute(sql`
        insert into channel_authorizations (workspace_id, id, state_digest, credential, flow, status, asked, expires_at)
        values (${tx.workspaceId}, ${id}, ${this.digests(state)[0]}, ${credentialOf(actor)}, ${flow.name}, 'STARTED',
                ${flow.permissions.map(({ name }) => name)}::text[], now() + make_interval(secs => ${authorizationSeconds}))`);
      this.outbox.scheduleAfter(tx, forgetJob, id, authorizationSeconds);
      this.audit.record(tx, { actor, action: 'channel.authorize', target: id, origin, detail: { flow: flow.name } });
    });
    return state;
  }

  /** The one that this member began in this session and that has not run out; null for anybody else's. */
  async find(tx: WorkspaceTransaction, actor: MemberActor, state: string): Promise<AuthorizationRow | null> {
    if (workspaceOf(state) !== actor.workspaceId) return null;
    return tx.first<AuthorizationRow>(
      sql`select ${columns} from channel_authorizations a where ${this.isOwn(actor, state)}`,
    );
  }

  /** The person is back: takes it, once; null where it was taken already, or is somebody else's. */
  async take(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    origin: RequestOrigin,
    state: string,
  ): Promise<AuthorizationRow | null> {
    const row = await this.move(tx, actor, state, 'STARTED', 'RETURNED');
    if (row === null) return null;
    this.audit.record(tx, { actor, action: 'channel.consent', target: row.id, origin, detail: { flow: row.flow } });
    return row;
  }

  /** Takes it from one state into the next; null where it is not in that state (any more), or somebody else's. */
  async move(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    state: string,
    from: AuthorizationStatus,
    to: AuthorizationStatus,
  ): Promise<AuthorizationRow | null> {
    if (workspaceOf(state) !== actor.workspaceId) return null;
    return tx.first<AuthorizationRow>(sql`
      update channel_authorizations a set status = ${to} where ${this.isOwn(actor, state)} and status = ${from} returning ${columns}`);
  }

  /** Writes down what was granted; the tokens encrypted. */
  async grant(tx: WorkspaceTransaction, id: string, { granted, assets, problem }: Grant): Promise<void> {
    const sealed = assets.length === 0 ? null : await this.secrets.encrypt(tx, assetsPlace(id), JSON.stringify(assets));
    await tx.execute(sql`
      update channel_authorizations set status = ${problem === null ? 'GRANTED' : 'FAILED'}, error = ${problem},
             granted = ${[...granted]}::text[], assets = ${sealed}
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'RETURNED'`);
  }

  /** It came to nothing, for a reason in words. */
  async fail(tx: WorkspaceTransaction, id: string, reason: string): Promise<void> {
    await tx.execute(sql`
      update channel_authorizations set status = 'FAILED', error = ${reason}, assets = null
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'RETURNED'`);
  }

  /** What was chosen is connected: the tokens of the rest are gone. */
  async complete(tx: WorkspaceTransaction, id: string): Promise<void> {
    await tx.execute(sql`
      update channel_authorizations set status = 'COMPLETED', assets = null
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'COMPLETING'`);
  }

  /** What was chosen could not be connected: it can be chosen again. */
  async reopen(tx: WorkspaceTransaction, id: string): Promise<void> {
    await tx.execute(sql`
      update channel_authorizations set status = 'GRANTED'
       where workspace_id = ${tx.workspaceId} and id = ${id} and status = 'COMPLETING'`);
  }

  /** The accounts that were granted; none once they were given up. */
  async assetsOf(tx: WorkspaceTransaction, row: AuthorizationRow): Promise<GrantedAsset[]> {
    if (row.assets === null) return [];
    return JSON.parse(await this.secrets.decrypt(tx, assetsPlace(row.id), row.assets)) as GrantedAsset[];
  }

  private isOwn(actor: MemberActor, state: string) {
    return sql`a.workspace_id = ${actor.workspaceId} and a.state_digest = any (${this.digests(state)}::bytea[])
               and a.credential = ${credentialOf(actor)} and a.expires_at > now()`;
  }

  private digests(state: string): Buffer[] {
    return this.secrets.digests('channel-authorization', state);
  }
}

const columns = sql`a.id, a.flow, a.status, a.error, a.granted, a.assets`;

function assetsPlace(id: string) {
  return { table: 'channel_authorizations', column: 'assets', row: id } as const;
}
