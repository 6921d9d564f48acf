import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { cleanText } from '../../../platform/database/index.js';
import type { ChannelEntity } from '../../channel.entity.js';
import type { ConsentFlow, Grant, GrantedAsset, ReturnedCode } from '../../connect/consent-flow.js';
import { refusalSentence } from '../../connect/refusal.js';
import { ChannelKind } from '../../enums.js';
import { ConnectInstagram } from '../connect-instagram.js';
import { ConnectMessenger } from '../connect-messenger.js';
import { GraphClient } from '../graph-client.js';
import { askedBy, missingWords, permissionsOf, suffices } from '../permission-table.js';
import { type Json, isJson } from '../../wire/reading.js';
import { assetId, listAll, wordsOf } from './graph-list.js';
import { issued } from './issued-token.js';
import { MetaOAuth } from './meta-oauth.js';

const dialog = 'facebook-login';
const fields = 'id,name,access_token,tasks,instagram_business_account{id,username,name}';

/** Facebook Login: a person's Pages, and the Instagram accounts that are linked to them, in one go. */
@Injectable()
export class FacebookLogin implements ConsentFlow {
  readonly name = dialog;
  readonly permissions = askedBy(dialog);
  readonly byWindow = false;

  constructor(
    private readonly config: Config,
    private readonly oauth: MetaOAuth,
    private readonly graph: GraphClient,
    private readonly messenger: ConnectMessenger,
    private readonly instagram: ConnectInstagram,
  ) {}

  offers(kind: ChannelKind): boolean {
    return this.config.meta.appSecret !== null && (kind === ChannelKind.MESSENGER || kind === ChannelKind.INSTAGRAM);
  }

  authorizationUrl(state: string): string {
    const { appId, graphVersion } = this.config.meta;
    const query = new URLSearchParams({
      client_id: appId,
      redirect_uri: this.redirectUri,
      state,
      response_type: 'code',
      scope: permissionsOf(dialog)
        .map(({ name }) => name)
        .join(','),
      // Whoever declined one before is asked for it again.
      auth_type: 'rerequest',
    });
    return `${this.config.metaConsent.dialogUrl}/${graphVersion}/dialog/oauth?${query.toString()}`;
  }

  /**
   * Exchanges the code for a token of an hour, that for one of sixty days, and that for tokens of the Pages, which have no
   * end of their own. The person's own token is not kept.
   */
  async redeem({ code }: ReturnedCode, signal: AbortSignal): Promise<Grant> {
    const short = await issued(() => this.oauth.redeem(code, this.redirectUri, signal));
    const { token } = await issued(() => this.oauth.extend(short.token, false, signal));
    const permissions = await listAll(this.graph, { path: 'me/permissions', token, signal });
    const granted = permissions.flatMap(({ permission, status }) =>
      status === 'granted' && typeof permission === 'string' ? [permission] : [],
    );
    const given = this.permissions.map(({ name }) => name).filter((name) => granted.includes(name));
    const pages = await listAll(this.graph, { path: 'me/accounts', token, query: { fields }, signal });
    const assets = pages.flatMap((page) => assetsOf(page)).filter(({ kind }) => suffices(dialog, kind, given));
    return { granted: given, assets, problem: assets.length > 0 ? null : problemOf(given, pages) };
  }

  connect(actor: MemberActor, origin: RequestOrigin, asset: GrantedAsset): Promise<ChannelEntity> {
    const { externalId, token, details } = asset;
    if (asset.kind === ChannelKind.MESSENGER)
      return this.messenger.run(actor, origin, { pageId: externalId, pageAccessToken: token });
    const pageId = details['pageId'] ?? '';
    return this.instagram.run(actor, origin, { accountId: externalId, pageId, accessToken: token });
  }

  private get redirectUri(): string {
    return `${this.config.publicUrl}/oauth/meta/callback`;
  }
}

/** A Page, and its Instagram account, with the Page's token; nothing for a Page that its holder may not write for. */
function assetsOf(page: Json): GrantedAsset[] {
  const pageId = assetId(page['id']);
  const token = wordsOf(page['access_token']);
  const tasks = page['tasks'];
  const mayWrite = !Array.isArray(tasks) || tasks.includes('MESSAGING');
  if (pageId === null || token === null || !mayWrite) return [];
  const name = cleanText(wordsOf(page['name']) ?? `Page ${pageId}`, 200);
  const messenger = { kind: ChannelKind.MESSENGER, externalId: pageId, name, token, details: {} };
  const linked = page['instagram_business_account'];
  const accountId = isJson(linked) ? assetId(linked['id']) : null;
  if (!isJson(linked) || accountId === null) return [messenger];
  const username = wordsOf(linked['username']);
  const called = wordsOf(linked['name']) ?? (username === null ? `Instagram ${accountId}` : `@${username}`);
  const details = { pageId };
  return [
    messenger,
    { kind: ChannelKind.INSTAGRAM, externalId: accountId, name: cleanText(called, 200), token, details },
  ];
}

function problemOf(granted: readonly string[], pages: readonly Json[]): string {
  return missingWords(dialog, granted) ?? refusalSentence(pages.length === 0 ? 'CONSENT_NO_PAGE' : 'CONSENT_NO_RIGHT');
}
