import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { cleanText } from '../../../platform/database/index.js';
import type { ChannelEntity } from '../../channel.entity.js';
import type { ConsentFlow, Grant, GrantedAsset, ReturnedCode } from '../../connect/consent-flow.js';
import { refusal } from '../../connect/refusal.js';
import { ChannelKind } from '../../enums.js';
import { ConnectInstagram } from '../connect-instagram.js';
import { GraphClient } from '../graph-client.js';
import { askedBy, missingWords, permissionsOf, suffices } from '../permission-table.js';
import { assetId, wordsOf } from './graph-list.js';
import { reached } from '../../wire/answers.js';
import { issued, unreached } from './issued-token.js';
import { MetaOAuth } from './meta-oauth.js';

const dialog = 'instagram-login';

/** Instagram Login: one professional account signs in by itself, without a Page. It has an app id and a secret of its own. */
@Injectable()
export class InstagramLogin implements ConsentFlow {
  readonly name = dialog;
  readonly permissions = askedBy(dialog);
  readonly byWindow = false;

  constructor(
    private readonly config: Config,
    private readonly oauth: MetaOAuth,
    private readonly graph: GraphClient,
    private readonly instagram: ConnectInstagram,
  ) {}

  offers(kind: ChannelKind): boolean {
    const { appSecret, instagramAppSecret } = this.config.meta;
    const ready = this.config.metaConsent.instagramAppId !== null && (instagramAppSecret ?? appSecret) !== null;
    return ready && kind === ChannelKind.INSTAGRAM;
  }

  authorizationUrl(state: string): string {
    const { instagramAppId, instagramDialogUrl } = this.config.metaConsent;
    const query = new URLSearchParams({
      client_id: instagramAppId ?? '',
      redirect_uri: this.redirectUri,
      response_type: 'code',
      scope: permissionsOf(dialog)
        .map(({ name }) => name)
        .join(','),
      state,
    });
    return `${instagramDialogUrl}/oauth/authorize?${query.toString()}`;
  }

  async redeem(returned: ReturnedCode, signal: AbortSignal): Promise<Grant> {
    // The code comes with a fragment's rest behind it at times.
    const code = returned.code.replace(/#_$/, '');
    const short = await issued(() => this.oauth.redeemInstagram(code, this.redirectUri, signal));
    const given = permissionsIn(short.body['permissions'], this.permissions);
    if (!suffices(dialog, ChannelKind.INSTAGRAM, given))
      return { granted: given, assets: [], problem: missingWords(dialog, given) };
    const { token, seconds } = await issued(() => this.oauth.extendInstagram(short.token, signal));
    const query = { fields: 'user_id,username,name,account_type' };
    const { body } = await reached(() => this.graph.call('instagram', { path: 'me', token, query, signal }), unreached);
    const accountId = assetId(body?.['user_id']) ?? assetId(body?.['id']);
    if (body === null || accountId === null) throw refusal('CONSENT_NO_ACCOUNT');
    const username = wordsOf(body['username']);
    const name = wordsOf(body['name']) ?? (username === null ? `Instagram ${accountId}` : `@${username}`);
    const ends = seconds === null ? {} : { expiresAt: new Date(Date.now() + seconds * 1_000).toISOString() };
    const asset = { kind: ChannelKind.INSTAGRAM, externalId: accountId, name: cleanText(name, 200), token };
    return { granted: given, assets: [{ ...asset, details: ends }], problem: null };
  }

  connect(actor: MemberActor, origin: RequestOrigin, asset: GrantedAsset): Promise<ChannelEntity> {
    const ends = asset.details['expiresAt'];
    const input = { accountId: asset.externalId, accessToken: asset.token };
    return this.instagram.run(actor, origin, input, ends === undefined ? null : new Date(ends));
  }

  private get redirectUri(): string {
    return `${this.config.publicUrl}/oauth/instagram/callback`;
  }
}

/** What was given: a list, or names with commas. An answer that does not say gives what was asked for. */
function permissionsIn(said: unknown, asked: readonly { readonly name: string }[]): string[] {
  const names = asked.map(({ name }) => name);
  const list = typeof said === 'string' ? said.split(',').map((name) => name.trim()) : said;
  return Array.isArray(list) ? names.filter((name) => list.includes(name)) : names;
}
