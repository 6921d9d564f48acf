import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { ChannelStatus } from '../enums.js';
import { type AuthorizationRow, Authorizations } from './authorizations.js';
import { ChannelAuthorization } from './channel-authorization.type.js';
import type { ConsentFlow, GrantedAsset } from './consent-flow.js';
import { ConsentFlows } from './consent-flows.js';
import { reasonOf } from './refusal.js';

/** Shows a consent under way to whoever began it. */
@Injectable()
export class ReadAuthorization {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly authorizations: Authorizations,
    private readonly flows: ConsentFlows,
  ) {}

  /** As it stands now; null where this member began none with this state in this session, or it has run out. */
  run(actor: MemberActor, state: string): Promise<ChannelAuthorization | null> {
    return this.workspaces.read(actor.workspaceId, async (tx) => {
      const row = await this.authorizations.find(tx, actor, state);
      if (row === null) return null;
      return this.typeOf(tx, row, state);
    });
  }

  private async typeOf(tx: WorkspaceTransaction, row: AuthorizationRow, state: string): Promise<ChannelAuthorization> {
    const flow = this.flows.named(row.flow);
    const assets = await this.authorizations.assetsOf(tx, row);
    const connected = await connectedAmong(tx, assets);
    return Object.assign(begun(flow, state), {
      completed: row.status === 'COMPLETED',
      error: row.error,
      errorCode: reasonOf(row.error),
      options: assets.map(({ kind, externalId, name }) => ({
        kind,
        externalId,
        name,
        alreadyConnected: connected.has(externalId),
      })),
      permissions: flow.permissions.map(({ name, purpose }) => ({
        name,
        purpose,
        granted: row.granted.includes(name),
      })),
    });
  }
}

/** A consent that nobody has given yet. */
export function begun(flow: ConsentFlow, state: string): ChannelAuthorization {
  return Object.assign(new ChannelAuthorization(), {
    state,
    authorizationUrl: flow.authorizationUrl(state),
    completed: false,
    error: null,
    errorCode: null,
    options: [],
    permissions: flow.permissions.map(({ name, purpose }) => ({ name, purpose, granted: false })),
  });
}

async function connectedAmong(tx: WorkspaceTransaction, assets: readonly GrantedAsset[]): Promise<ReadonlySet<string>> {
  if (assets.length === 0) return new Set();
  const rows = await tx.query<{ externalId: string; kind: string }>(sql`
    select external_id as "externalId", kind from channels
     where workspace_id = ${tx.workspaceId} and external_id = any (${assets.map(({ externalId }) => externalId)}::text[])
       and status <> ${ChannelStatus.DISCONNECTED}`);
  const kindOf = new Map(rows.map((row) => [row.externalId, row.kind]));
  return new Set(assets.filter((one) => kindOf.get(one.externalId) === one.kind).map(({ externalId }) => externalId));
}
