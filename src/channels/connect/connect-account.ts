import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, newId } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { ChannelConnected, MessagesMissed } from '../channels.events.js';
import { Directory } from '../directory.js';
import { RoomForChannels } from '../plan/room-for-channels.js';
import { recordTokenUse } from '../token-use.js';
import { addressName } from '../webhooks/delivery-envelope.js';
import type { CheckedAccount, ConnectionPlan } from './checked-account.js';
import { refusalSentence } from './refusal.js';
import { type KnownAccount, StoreAccount } from './store-account.js';

/** The channel was connected by somebody else since it was planned; what the platform was told last is not known. */
export class ConnectedMeanwhile extends DomainError {
  constructor(field: string) {
    super(ErrorCode.CONFLICT, refusalSentence('CONNECTED_MEANWHILE'), { field, reason: 'CONNECTED_MEANWHILE' });
  }
}

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
    private readonly room: RoomForChannels,
  ) {}

  /** The id that a connection of this account will have, for platforms that are told an address with it. */
  async plan(workspaceId: string, provider: string, externalId: string): Promise<ConnectionPlan> {
    const known = await this.workspaces.read(workspaceId, (tx) => this.rows.find(tx, { provider, externalId }));
    return { channelId: known?.id ?? newId(), before: known?.webhookSecret ?? null };
  }

  /** Connects the account in the actor's workspace. Throws ConnectedMeanwhile where that was planned otherwise. */
  run(actor: MemberActor, origin: RequestOrigin, checked: CheckedAccount): Promise<ChannelEntity> {
    const connect = async (tx: WorkspaceTransaction) => {
      await this.room.hold(tx, checked.kind);
      const before = await this.rows.find(tx, checked, 'locked');
      if (before?.connected !== true) await this.room.take(tx);
      const plan = checked.webhook?.plan;
      if (plan !== undefined && !isAsPlanned(plan, before)) throw new ConnectedMeanwhile(checked.field);
      const channelId = before?.id ?? plan?.channelId ?? newId();
      const account = checked.fetched === true ? withOwnName(checked, channelId) : checked;
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
    };
    // Two who connect one account at once make one channel: the second finds what the first made.
    return this.workspaces.run(actor.workspaceId, connect, { oneAtATime: 'connect-channels' });
  }
}

function withOwnName(account: CheckedAccount, channelId: string): CheckedAccount {
  return { ...account, accounts: [...account.accounts, addressName(channelId)] };
}

/** Each encryption gives other bytes, so the same bytes say that nobody connected it in between. */
function isAsPlanned(plan: ConnectionPlan, now: KnownAccount | null): boolean {
  if (now === null) return plan.before === null;
  if (now.id !== plan.channelId) return false;
  return plan.before === null ? now.webhookSecret === null : now.webhookSecret?.equals(plan.before) === true;
}
