import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { Channels } from '../channels.js';
import { type ChannelKind, ChannelStatus } from '../enums.js';
import { isAllowedOrigin, isAppOrigin } from './allowed-domains.js';
import { type ClaimedIdentity, type ProvenIdentity, proveIdentity } from './identity-proof.js';
import { type StoredWebChat, accountOf, storedWebChat, webChatProvider, withoutBranding } from './stored-settings.js';

/** A chat that is open for visitors. */
export interface OpenWebChat {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly settings: StoredWebChat;
}

/** The chats of sites, for whoever serves their visitors. */
@Injectable()
export class WebChats {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly channels: Channels,
    private readonly entitlements: Entitlements,
  ) {}

  /** The chat of a public key; null where there is none, or none any more. */
  async byKey(publicKey: string): Promise<OpenWebChat | null> {
    if (!/^pk_[\w-]{22}$/.test(publicKey)) return null;
    const digests = this.secrets.digests(webChatProvider, accountOf(publicKey));
    const route = await this.system.first<{ workspaceId: string; channelId: string }>(sql`
      select workspace_id as "workspaceId", channel_id as "channelId" from route_accounts(${digests}::bytea[])`);
    if (route === null) return null;
    const { workspaceId, channelId } = route;
    const { row, mayHide } = await this.workspaces.read(workspaceId, async (tx) => ({
      row: await tx.first<{ kind: ChannelKind; settings: Record<string, unknown> }>(sql`
        select kind, settings from channels
         where workspace_id = ${workspaceId} and id = ${channelId} and status <> ${ChannelStatus.DISCONNECTED} and not frozen`),
      mayHide: (await this.entitlements.of(tx)).addOns.has(withoutBranding),
    }));
    const stored = row === null ? null : storedWebChat(row.settings);
    if (row === null || stored === null) return null;
    // What was chosen while the add-on was on stays chosen, for when it is on again.
    const settings = { ...stored, showBranding: stored.showBranding || !mayHide };
    return { workspaceId, channelId, kind: row.kind, settings };
  }

  /** Whether a page of this Origin may show the chat. */
  allows(chat: OpenWebChat, origin: string | undefined): boolean {
    const { allowedDomains, allowApps } = chat.settings;
    return isAllowedOrigin(allowedDomains, origin) || (allowApps && isAppOrigin(origin));
  }

  /** What a site's proof proves of its visitor; null where it proves nothing. The opening of the secret is written down. */
  async prove(
    tx: WorkspaceTransaction,
    chat: OpenWebChat,
    claimed: ClaimedIdentity,
    cause: string,
  ): Promise<ProvenIdentity | null> {
    const open = await this.channels.openChannel(tx, chat.channelId, { purpose: 'VERIFY', cause });
    return open === null ? null : proveIdentity(open.token, chat.settings.publicKey, claimed, Date.now());
  }
}
