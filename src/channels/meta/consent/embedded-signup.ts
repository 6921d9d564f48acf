import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { cleanText } from '../../../platform/database/index.js';
import type { ChannelEntity } from '../../channel.entity.js';
import type { ConsentFlow, Grant, GrantedAsset, ReturnedCode } from '../../connect/consent-flow.js';
import { refusal, refusalSentence } from '../../connect/refusal.js';
import { ChannelKind } from '../../enums.js';
import { ConnectWhatsApp } from '../connect-whats-app.js';
import { askedBy, missingWords } from '../permission-table.js';
import { PhoneNumbers } from '../phone-numbers.js';
import { TokenCheck } from '../token-check.js';
import { assetId } from './graph-list.js';
import { issued } from './issued-token.js';
import { MetaOAuth } from './meta-oauth.js';

const dialog = 'embedded-signup';
const names = { tokenField: 'code', assetField: 'wabaId', asset: 'WhatsApp Business account' } as const;

/** WhatsApp's embedded signup: a business account with its numbers, by a system user's token made for this app. */
@Injectable()
export class EmbeddedSignup implements ConsentFlow {
  readonly name = dialog;
  readonly permissions = askedBy(dialog);
  readonly byWindow = true;

  constructor(
    private readonly config: Config,
    private readonly oauth: MetaOAuth,
    private readonly check: TokenCheck,
    private readonly numbers: PhoneNumbers,
    private readonly whatsApp: ConnectWhatsApp,
  ) {}

  offers(kind: ChannelKind): boolean {
    return this.config.meta.appSecret !== null && kind === ChannelKind.WHATSAPP;
  }

  /**
   * The same page that the platform's script opens as a window; what is asked for stands in the configuration. An app that
   * has none asks by name for what a person may give of accounts that are there already.
   */
  authorizationUrl(state: string): string {
    const { appId, graphVersion } = this.config.meta;
    const { configId, dialogUrl } = this.config.metaConsent;
    const query = new URLSearchParams({
      client_id: appId,
      redirect_uri: this.redirectUri,
      state,
      response_type: 'code',
      ...(configId === null
        ? { scope: this.permissions.map(({ name }) => name).join(',') }
        : {
            override_default_response_type: 'true',
            config_id: configId,
            extras: JSON.stringify({ setup: {}, version: 'v4' }),
          }),
    });
    return `${dialogUrl}/${graphVersion}/dialog/oauth?${query.toString()}`;
  }

  /** The code first, for it lives thirty seconds. The ids that a browser names are looked for among what was granted. */
  async redeem({ code, by, said }: ReturnedCode, signal: AbortSignal): Promise<Grant> {
    const redirectUri = by === 'window' ? null : this.redirectUri;
    const { token } = await issued(() => this.oauth.redeem(code, redirectUri, signal));
    const checked = await this.check.inspect(token, names);
    const given = this.permissions.map(({ name }) => name).filter((name) => checked.scopes.includes(name));
    const problem = missingWords(dialog, given);
    if (problem !== null) return { granted: given, assets: [], problem };
    const accounts = this.accountsOf(checked.targetsOf('whatsapp_business_management'), said['wabaId']);
    const assets: GrantedAsset[] = [];
    for (const wabaId of accounts) {
      for await (const { id, displayPhone, verifiedName } of this.numbers.of(wabaId, token, names)) {
        const name = cleanText(verifiedName === null ? displayPhone : `${verifiedName} (${displayPhone})`, 200);
        assets.push({ kind: ChannelKind.WHATSAPP, externalId: id, name, token, details: { wabaId } });
      }
    }
    const number = said['phoneNumberId'];
    if (number !== undefined && !assets.some(({ externalId }) => externalId === number))
      throw refusal('CONSENT_OTHER_NUMBER', { field: 'phoneNumberId' });
    return { granted: given, assets, problem: assets.length > 0 ? null : refusalSentence('CONSENT_NO_NUMBER') };
  }

  connect(
    actor: MemberActor,
    origin: RequestOrigin,
    { externalId, token, details }: GrantedAsset,
  ): Promise<ChannelEntity> {
    const wabaId = details['wabaId'] ?? '';
    return this.whatsApp.run(actor, origin, { wabaId, phoneNumberId: externalId, accessToken: token });
  }

  private accountsOf(granted: readonly string[] | null, said: string | undefined): string[] {
    const listed = (granted ?? []).map(assetId).filter((id) => id !== null);
    if (said === undefined) return listed;
    const wanted = assetId(said);
    // Where all were granted there is no list, and reading the account decides.
    if (wanted === null || (granted !== null && !listed.includes(wanted)))
      throw refusal('CONSENT_OTHER_BUSINESS', { field: 'wabaId' });
    return [wanted];
  }

  private get redirectUri(): string {
    return `${this.config.publicUrl}/oauth/meta/callback`;
  }
}
