import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, newId, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { ChannelEntity } from '../channel.entity.js';
import { tokenPlace } from '../channel-secrets.js';
import { ChannelConnected } from '../channels.events.js';
import { Directory } from '../directory.js';
import { ChannelKind, ChannelStatus } from '../enums.js';
import { RoomForChannels } from '../plan/room-for-channels.js';
import { WidgetPosition } from '../web-chat-settings.type.js';
import { checkColor, checkDomains, checkGreeting, checkName } from './check-settings.js';
import type { CreateWebChatInput } from './create-web-chat.input.js';
import { type StoredWebChat, accountOf, newIdentitySecret, plainWebChat, webChatProvider } from './stored-settings.js';

/**
 * Makes a chat. Its key stands in the directory like the account of any platform, so that disconnecting, freezing and
 * deleting the workspace end it in the same way; its secret stands in the token's place.
 */
@Injectable()
export class CreateWebChat {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
    private readonly directory: Directory,
    private readonly feed: LiveFeed,
    private readonly audit: AuditLog,
    private readonly facts: Facts,
    private readonly room: RoomForChannels,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: CreateWebChatInput): Promise<ChannelEntity> {
    const name = checkName(input.name);
    const webChat: StoredWebChat = {
      publicKey: `pk_${randomBytes(16).toString('base64url')}`,
      allowedDomains: checkDomains(input.allowedDomains),
      greeting: checkGreeting(input.greeting ?? ''),
      accentColor: checkColor(input.accentColor ?? '#2563eb'),
      position: input.position ?? WidgetPosition.RIGHT,
      showBranding: true,
      ...plainWebChat,
    };
    const { publicKey } = webChat;
    const accounts = [accountOf(publicKey)];
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const id = newId();
      await this.room.take(tx);
      await this.directory.claim(tx, webChatProvider, accounts, id, 'name');
      const token = await this.secrets.encrypt(tx, tokenPlace(id), newIdentitySecret());
      await tx.execute(sql`
        insert into channels (workspace_id, id, kind, provider, name, external_id, status, token, settings, connected_by)
        values (${tx.workspaceId}, ${id}, ${ChannelKind.WEB_CHAT}, ${webChatProvider}, ${name}, ${publicKey}, ${ChannelStatus.CONNECTED},
                ${token}, ${JSON.stringify({ webChat, accounts })}::jsonb, ${actor.memberId})`);
      this.feed.append(tx, { kind: 'ChannelChanged', ids: [id] });
      const detail = { kind: ChannelKind.WEB_CHAT, allowedDomains: webChat.allowedDomains };
      this.audit.record(tx, { actor, action: 'channel.connect', target: id, origin, detail });
      await this.facts.announce(tx, new ChannelConnected(id, ChannelKind.WEB_CHAT, false, actor));
      return tx.of(ChannelEntity).findOneByOrFail({ workspaceId: tx.workspaceId, id });
    });
  }
}
