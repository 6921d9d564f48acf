import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectMessengerInput } from './connect-messenger.input.js';
import { accessToken } from '../connect/access-token.js';
import { refusal } from '../connect/refusal.js';
import { metaId } from './connection-input.js';
import { accountNames } from './envelope.js';
import { GraphClient } from './graph-client.js';
import { PageSubscription } from './page-subscription.js';
import { TokenCheck } from './token-check.js';

const names = { tokenField: 'pageAccessToken', assetField: 'pageId', asset: 'Page' } as const;

/** Connects the Messenger of a Facebook Page. */
@Injectable()
export class ConnectMessenger {
  constructor(
    private readonly check: TokenCheck,
    private readonly graph: GraphClient,
    private readonly subscription: PageSubscription,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectMessengerInput): Promise<ChannelEntity> {
    const pageId = metaId('pageId', input.pageId);
    const token = accessToken('pageAccessToken', input.pageAccessToken);
    const checked = await this.check.inspect(token, names);
    const page = await this.check.read(
      'facebook',
      { path: pageId, token, query: { fields: 'id,name' } },
      { ...names, covered: checked.covers(pageId) },
    );
    const id = page['id'];
    const another = (typeof id === 'string' || typeof id === 'number') && String(id) !== pageId;
    if (another || !checked.covers(pageId)) throw refusal('PAGE_OTHER', { field: 'pageId' });
    const accounts = [accountNames.page(pageId)];
    await this.directory.refuseTaken(actor.workspaceId, 'meta', accounts, 'pageId');
    await this.subscription.subscribePage(pageId, token, input.leadAds === true, names);
    const name = page['name'];
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.MESSENGER,
      provider: 'meta',
      externalId: pageId,
      name: typeof name === 'string' && name.trim() !== '' ? name : `Page ${pageId}`,
      token,
      tokenExpiresAt: checked.expiresAt,
      settings: {},
      grantedBy: checked.userId === null ? [] : [checked.userId],
      accounts,
      leadAds: input.leadAds ?? null,
      host: this.graph.hostOf('facebook'),
      field: 'pageId',
    });
  }
}
