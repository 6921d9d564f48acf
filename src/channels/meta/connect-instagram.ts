import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectInstagramInput } from './connect-instagram.input.js';
import { accessToken } from '../connect/access-token.js';
import { refusal } from '../connect/refusal.js';
import { metaId } from './connection-input.js';
import { accountNames } from './envelope.js';
import { GraphClient } from './graph-client.js';
import { PageSubscription } from './page-subscription.js';
import { type Json, isJson } from '../wire/reading.js';
import { TokenCheck } from './token-check.js';

const pageNames = { tokenField: 'accessToken', assetField: 'pageId', asset: 'Page' } as const;
const accountFieldNames = { tokenField: 'accessToken', assetField: 'accountId', asset: 'Instagram account' } as const;

interface FoundAccount {
  /** The name under which the account's events come. */
  readonly externalId: string;
  readonly otherIds: readonly string[];
  readonly name: string | null;
  readonly username: string | null;
  readonly tokenExpiresAt: Date | null;
  /** Whose consent the token is, by every id that a withdrawal may name. */
  readonly grantedBy: readonly string[];
}

/** Connects an Instagram professional account: through its Page, or by Instagram Login where no Page is named. */
@Injectable()
export class ConnectInstagram {
  constructor(
    private readonly check: TokenCheck,
    private readonly graph: GraphClient,
    private readonly subscription: PageSubscription,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  /** `endsAt`: when the token ends, where that was told with it; the platform does not tell it of Instagram Login's later. */
  async run(
    actor: MemberActor,
    origin: RequestOrigin,
    input: ConnectInstagramInput,
    endsAt: Date | null = null,
  ): Promise<ChannelEntity> {
    const accountId = metaId('accountId', input.accountId);
    const pageId =
      input.pageId === undefined || input.pageId === null || input.pageId.trim() === ''
        ? null
        : metaId('pageId', input.pageId);
    const token = accessToken('accessToken', input.accessToken);
    const found =
      pageId === null ? await this.findByLogin(accountId, token) : await this.findByPage(accountId, pageId, token);
    const accounts = [...new Set([found.externalId, ...found.otherIds])].map(accountNames.instagram);
    await this.directory.refuseTaken(actor.workspaceId, 'meta', accounts, 'accountId');
    if (pageId === null) await this.subscription.subscribeInstagram(found.externalId, token, accountFieldNames);
    else await this.subscription.subscribePage(pageId, token, false, pageNames);
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.INSTAGRAM,
      provider: 'meta',
      externalId: found.externalId,
      name: found.name ?? (found.username === null ? `Instagram ${found.externalId}` : `@${found.username}`),
      token,
      tokenExpiresAt: found.tokenExpiresAt ?? endsAt,
      settings: { instagram: true, pageId, username: found.username },
      grantedBy: found.grantedBy,
      accounts,
      leadAds: null,
      host: this.graph.hostOf(pageId === null ? 'instagram' : 'facebook'),
      field: 'accountId',
    });
  }

  private async findByPage(accountId: string, pageId: string, token: string): Promise<FoundAccount> {
    const checked = await this.check.inspect(token, pageNames);
    const query = { fields: 'id,name,instagram_business_account{id,username,name}' };
    const page = await this.check.read(
      'facebook',
      { path: pageId, token, query },
      { ...pageNames, covered: checked.covers(pageId, accountId) },
    );
    const linked = isJson(page['instagram_business_account']) ? page['instagram_business_account'] : null;
    // Some answers leave the link out; then the account itself has to be readable with the token.
    const account =
      linked ??
      (await this.check.read(
        'facebook',
        { path: accountId, token, query: { fields: 'id,name,username' } },
        accountFieldNames,
      ));
    if (idOf(account, 'id') !== accountId) {
      throw refusal('INSTAGRAM_NOT_LINKED', { field: 'accountId' });
    }
    if (!checked.covers(pageId, accountId)) throw refusal('PAGE_OTHER', { field: 'pageId' });
    return {
      externalId: accountId,
      otherIds: [],
      name: textOf(account, 'name'),
      username: textOf(account, 'username'),
      tokenExpiresAt: checked.expiresAt,
      grantedBy: checked.userId === null ? [] : [checked.userId],
    };
  }

  /** Instagram Login's tokens are no tokens of the Meta app: the account itself says whose they are. */
  private async findByLogin(accountId: string, token: string): Promise<FoundAccount> {
    const query = { fields: 'user_id,username,name,account_type' };
    const me = await this.check.read('instagram', { path: 'me', token, query }, accountFieldNames);
    const ids = [idOf(me, 'user_id'), idOf(me, 'id')].filter((id) => id !== null);
    const [externalId, ...otherIds] = ids;
    if (externalId === undefined || !ids.includes(accountId)) {
      throw refusal('INSTAGRAM_OTHER', { field: 'accountId' });
    }
    const [name, username] = [textOf(me, 'name'), textOf(me, 'username')];
    return { externalId, otherIds, name, username, tokenExpiresAt: null, grantedBy: ids };
  }
}

function idOf(body: Json, name: string): string | null {
  const id = body[name];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function textOf(body: Json, name: string): string | null {
  const text = body[name];
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}
