import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/index.js';
import { OutgoingClient } from '../../../platform/http/index.js';
import { type GraphAnswer, answerOf } from '../graph-client.js';

const timeout = 20_000;
const maxBytes = 200_000;

/** The calls by which Meta issues, extends and revokes tokens. They carry the app's secret, and go to Meta's hosts alone. */
@Injectable()
export class MetaOAuth {
  constructor(
    private readonly config: Config,
    private readonly http: OutgoingClient,
  ) {}

  /** A code of the Facebook dialog for a token; `redirectUri` as it was asked with, null for a code of a window. */
  redeem(code: string, redirectUri: string | null, signal: AbortSignal): Promise<GraphAnswer> {
    const query = { ...this.app(), code, ...(redirectUri !== null && { redirect_uri: redirectUri }) };
    return this.get(this.graph('oauth/access_token'), query, signal);
  }

  /** A living token for one that lives some sixty days. */
  extend(token: string, systemUser: boolean, signal: AbortSignal): Promise<GraphAnswer> {
    const query = {
      ...this.app(),
      grant_type: 'fb_exchange_token',
      fb_exchange_token: token,
      ...(systemUser && { set_token_expires_in_60_days: 'true' }),
    };
    return this.get(this.graph('oauth/access_token'), query, signal);
  }

  /** Ends one token and no other. */
  revoke(token: string, signal: AbortSignal): Promise<GraphAnswer> {
    const query = { ...this.app(), revoke_token: token, access_token: this.appToken() };
    return this.get(this.graph('oauth/revoke'), query, signal);
  }

  /** Takes back all that a person gave the app, as if they had removed it themselves. */
  async withdraw(userId: string, signal: AbortSignal): Promise<GraphAnswer> {
    const query = new URLSearchParams({ access_token: this.appToken() });
    const url = `${this.graph(`${userId}/permissions`)}?${query.toString()}`;
    return answerOf(await this.http.request(url, { method: 'DELETE', timeout, maxBytes, signal }));
  }

  /** A code of Instagram's dialog for a token that lives an hour. */
  async redeemInstagram(code: string, redirectUri: string, signal: AbortSignal): Promise<GraphAnswer> {
    const form = new URLSearchParams({
      client_id: this.config.metaConsent.instagramAppId ?? '',
      client_secret: this.instagramSecret(),
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code,
    });
    return answerOf(
      await this.http.request(`${this.config.metaConsent.instagramApiUrl}/oauth/access_token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
        timeout,
        maxBytes,
        signal,
      }),
    );
  }

  /** The same for one that lives some sixty days. */
  extendInstagram(token: string, signal: AbortSignal): Promise<GraphAnswer> {
    const query = { grant_type: 'ig_exchange_token', client_secret: this.instagramSecret(), access_token: token };
    return this.get(`${this.config.meta.instagramGraphUrl}/access_token`, query, signal);
  }

  /** Sixty more days for a token that is a day old at least and lives. */
  renewInstagram(token: string, signal: AbortSignal): Promise<GraphAnswer> {
    const query = { grant_type: 'ig_refresh_token', access_token: token };
    return this.get(`${this.config.meta.instagramGraphUrl}/refresh_access_token`, query, signal);
  }

  private async get(url: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<GraphAnswer> {
    const whole = `${url}?${new URLSearchParams(query).toString()}`;
    return answerOf(await this.http.request(whole, { timeout, maxBytes, signal }));
  }

  private graph(path: string): string {
    const { graphUrl, graphVersion } = this.config.meta;
    return `${graphUrl}/${graphVersion}/${path}`;
  }

  private app() {
    const { appId, appSecret } = this.config.meta;
    return { client_id: appId, client_secret: appSecret ?? '' };
  }

  private appToken(): string {
    const { client_id: id, client_secret: secret } = this.app();
    return `${id}|${secret}`;
  }

  private instagramSecret(): string {
    const { appSecret, instagramAppSecret } = this.config.meta;
    return instagramAppSecret ?? appSecret ?? '';
  }
}
