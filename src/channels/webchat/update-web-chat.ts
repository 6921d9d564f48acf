import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { Entitlements } from '../../billing/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { tokenPlace } from '../channel-secrets.js';
import { refusal } from '../connect/refusal.js';
import { ChannelStatus } from '../enums.js';
import { checkColor, checkDomains, checkGreeting, checkName, checkRadius } from './check-settings.js';
import { checkLogo } from './check-logo.js';
import { type StoredWebChat, newIdentitySecret, storedWebChat, withoutBranding } from './stored-settings.js';
import type { UpdateWebChatInput } from './update-web-chat.input.js';

/** Changes a chat, or the secret that its site signs with. */
@Injectable()
export class UpdateWebChat {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly entitlements: Entitlements,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: UpdateWebChatInput): Promise<ChannelEntity> {
    const name = input.name == null ? null : checkName(input.name);
    const changes = await changesOf(input);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const { channel, webChat } = await locked(tx, input.id);
      const changed = { ...webChat, ...changes };
      if (webChat.showBranding && !changed.showBranding) await this.entitlements.requireAddOn(tx, withoutBranding);
      if (JSON.stringify(changed) === JSON.stringify(webChat) && (name ?? channel.name) === channel.name)
        return channel;
      await tx.execute(sql`
        update channels set name = ${name ?? channel.name}, settings = settings || ${JSON.stringify({ webChat: changed })}::jsonb
         where workspace_id = ${tx.workspaceId} and id = ${channel.id}`);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [channel.id] });
      const fields = [...Object.keys(changes), ...(name === null ? [] : ['name'])];
      // Who may show it is what an audit asks for first.
      const detail = {
        fields,
        ...('allowedDomains' in changes && { allowedDomains: changed.allowedDomains }),
        ...('allowApps' in changes && { allowApps: changed.allowApps }),
      };
      this.audit.record(tx, { actor, action: 'channel.update', target: channel.id, origin, detail });
      return Object.assign(channel, {
        name: name ?? channel.name,
        settings: { ...channel.settings, webChat: changed },
      });
    });
  }

  /** Makes a new secret, and gives it this once. What the old one signed proves nothing from now on. */
  async rotateSecret(actor: MemberActor, origin: RequestOrigin, id: string): Promise<string> {
    const secret = newIdentitySecret();
    await this.workspaces.run(actor.workspaceId, async (tx) => {
      const { channel } = await locked(tx, id);
      const token = await this.secrets.encrypt(tx, tokenPlace(channel.id), secret);
      await tx.execute(
        sql`update channels set token = ${token} where workspace_id = ${tx.workspaceId} and id = ${channel.id}`,
      );
      this.audit.record(tx, { actor, action: 'channel.rotate-secret', target: channel.id, origin });
    });
    return secret;
  }
}

type Changes = { -readonly [Field in keyof Omit<StoredWebChat, 'publicKey'>]?: StoredWebChat[Field] };

async function changesOf(input: UpdateWebChatInput): Promise<Changes> {
  const changes: Changes = {};
  if (input.allowedDomains != null) changes.allowedDomains = checkDomains(input.allowedDomains);
  if (input.greeting != null) changes.greeting = checkGreeting(input.greeting);
  if (input.accentColor != null) changes.accentColor = checkColor(input.accentColor);
  if (input.position != null) changes.position = input.position;
  if (input.showBranding != null) changes.showBranding = input.showBranding;
  if (input.theme != null) changes.theme = input.theme;
  if (input.radius != null) changes.radius = checkRadius(input.radius);
  if (input.logo != null) changes.logo = await checkLogo(input.logo);
  if (input.allowApps != null) changes.allowApps = input.allowApps;
  if (input.askName != null) changes.askName = input.askName;
  if (input.askEmail != null) changes.askEmail = input.askEmail;
  if (input.askQuestion != null) changes.askQuestion = input.askQuestion;
  return changes;
}

/** The channel, held to the end of the transaction. One of another kind answers as one that never was. */
async function locked(
  tx: WorkspaceTransaction,
  id: string,
): Promise<{ readonly channel: ChannelEntity; readonly webChat: StoredWebChat }> {
  const channel = isUuid(id)
    ? await tx
        .of(ChannelEntity)
        .findOne({ where: { workspaceId: tx.workspaceId, id }, lock: { mode: 'pessimistic_write' } })
    : null;
  const webChat = channel === null ? null : storedWebChat(channel.settings);
  if (channel === null || webChat === null) throw notFound('The web chat');
  if (channel.status === ChannelStatus.DISCONNECTED) throw refusal('CHAT_GONE');
  return { channel, webChat };
}
