import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, notFound } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { Authorizations } from './authorizations.js';
import type { GrantedAsset } from './consent-flow.js';
import { ConsentFlows } from './consent-flows.js';
import { refusal } from './refusal.js';

const field = 'externalIds';

/** Connects the accounts that a person chose among those that they granted. Then the tokens of the rest are gone. */
@Injectable()
export class CompleteAuthorization {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly authorizations: Authorizations,
    private readonly flows: ConsentFlows,
  ) {}

  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    state: string,
    externalIds: readonly string[],
  ): Promise<ChannelEntity[]> {
    const wanted = [...new Set(externalIds.map((id) => id.trim()))];
    const { row, chosen } = await this.workspaces.run(actor.workspaceId, async (tx) => {
      const row = await this.authorizations.move(tx, actor, state, 'GRANTED', 'COMPLETING');
      if (row === null) throw notFound('Authorization');
      const assets = await this.authorizations.assetsOf(tx, row);
      return { row, chosen: choose(assets, wanted) };
    });
    const connected: ChannelEntity[] = [];
    try {
      const flow = this.flows.named(row.flow);
      for (const asset of chosen) connected.push(await flow.connect(actor, origin, asset));
    } catch (error) {
      // What was connected stays so; the rest can be chosen again.
      await this.workspaces.run(actor.workspaceId, (tx) => this.authorizations.reopen(tx, row.id));
      throw asChoice(error, chosen[connected.length]);
    }
    await this.workspaces.run(actor.workspaceId, (tx) => this.authorizations.complete(tx, row.id));
    return connected;
  }
}

/** A throw takes the move back with its transaction. */
function choose(assets: readonly GrantedAsset[], wanted: readonly string[]): GrantedAsset[] {
  if (wanted.length === 0) throw refusal('CONSENT_NOTHING_CHOSEN', { field });
  return wanted.map((id) => {
    const asset = assets.find(({ externalId }) => externalId === id);
    if (asset === undefined) throw refusal('CONSENT_NOT_GRANTED', { field });
    return asset;
  });
}

/** A refusal of the connection at the field that this operation has. */
function asChoice(error: unknown, asset: GrantedAsset | undefined): unknown {
  if (!(error instanceof DomainError) || asset === undefined) return error;
  const { code, message, retryAfter, reason, values } = error;
  return new DomainError(code, `${asset.name}: ${message}`, {
    field,
    cause: error,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(reason !== undefined && { reason, values: { ...values, account: asset.name } }),
  });
}
