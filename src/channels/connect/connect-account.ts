import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { ChannelConnected, MessagesMissed } from '../channels.events.js';
import { Directory } from '../directory.js';
import { recordTokenUse } from '../token-use.js';
import type { CheckedAccount } from './checked-account.js';
import { StoreAccount } from './store-account.js';

/** Stores a checked account as a channel: a new one, or the one that was there before, with its history and settings. */
@Injectable()
export class ConnectAccount {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly rows: StoreAccount,
    private readonly directory: Directory,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
  ) {}

  /** Connects the account in the actor's workspace. */
  run(actor: MemberActor, origin: RequestOrigin, account: CheckedAccount): Promise<ChannelEntity> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await this.rows.find(tx, account);
      const channelId = before?.id ?? newId();
      await this.directory.claim(tx, account.provider, account.accounts, channelId, account.field);
      await this.rows.write(tx, actor, account, channelId);
      for (const purpose of ['VERIFY', 'SUBSCRIBE'] as const) {
        await recordTokenUse(tx, { channelId, purpose, host: account.host, cause: `member ${actor.memberId}` });
      }
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [channelId] });
      this.audit.record(tx, {
        actor,
        action: 'channel.connect',
        target: channelId,
        origin,
        // What a disconnect has to forget does not go where nothing can be forgotten.
        detail: { kind: account.kind, ...(!this.rows.forgets(account) && { externalId: account.externalId }) },
      });
      await this.facts.announce(tx, new ChannelConnected(channelId, account.kind, before !== null, actor));
      if (before?.expired === true) await this.facts.announce(tx, new MessagesMissed(channelId));
      return tx.of(ChannelEntity).findOneByOrFail({ workspaceId: tx.workspaceId, id: channelId });
    });
  }
}
