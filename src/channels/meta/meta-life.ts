import { Injectable } from '@nestjs/common';
import { OutgoingError } from '../../platform/http/index.js';
import type { OpenChannel, Probe, Renewal } from '../channel-adapter.js';
import { isLater, tokenIn } from './consent/issued-token.js';
import { MetaOAuth } from './consent/meta-oauth.js';
import { type GraphAnswer, GraphClient, type GraphHost } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';
import { type Json, isJson } from '../wire/reading.js';
import { grantorOf } from './token-check.js';

/** Where a channel's webhooks hang, and what has to be on. */
export interface Subscription {
  readonly host: GraphHost;
  /** The Page, Instagram account or WhatsApp Business account. */
  readonly asset: string;
  /** Fields without which nothing would be heard; none where an account subscribes whole. */
  readonly needed: readonly string[];
}

type Word = { readonly kind: 'fine'; readonly data: Json | null } | Extract<Probe, { kind: 'refused' | 'unknown' }>;

const silent = { kind: 'unknown', reason: 'The platform did not answer.' } as const;

/** What Meta's channels are alike in over their life: tokens that are asked about, renewed and taken back. */
@Injectable()
export class MetaLife {
  constructor(
    private readonly graph: GraphClient,
    private readonly oauth: MetaOAuth,
  ) {}

  /** Asks about the token, then whether the webhooks are on; switches them on with `subscribe` where they are not. */
  async probe(
    channel: OpenChannel,
    subscription: Subscription,
    subscribe: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<Probe> {
    try {
      const word =
        subscription.host === 'instagram' ? await this.askAccount(channel, signal) : await this.askToken(channel);
      if (word.kind !== 'fine') return word;
      const on = await this.isSubscribed(channel, subscription, signal);
      if (typeof on !== 'boolean') return on;
      if (!on) await subscribe();
      const person = word.data === null ? null : grantorOf(word.data);
      const ends = Number(word.data?.['expires_at'] ?? 0);
      return {
        kind: 'well',
        ...(word.data !== null && { endsAt: ends > 0 ? new Date(ends * 1_000) : null }),
        grantedBy: person === null ? null : [person],
        subscribedAgain: !on,
      };
    } catch (error) {
      return { kind: 'unknown', reason: error instanceof Error ? error.message : 'It could not be asked.' };
    }
  }

  /** A new life for a token of Instagram Login, a person's or a system user's; a Page's own has none to renew. */
  async renew(channel: OpenChannel, host: GraphHost, signal: AbortSignal): Promise<Renewal> {
    try {
      if (host === 'instagram') return renewalOf(await this.oauth.renewInstagram(channel.token, signal));
      const word = await this.askToken(channel);
      if (word.kind !== 'fine') return word;
      const type = word.data?.['type'];
      if (type !== 'USER' && type !== 'SYSTEM_USER') return { kind: 'impossible' };
      return renewalOf(await this.oauth.extend(channel.token, type === 'SYSTEM_USER', signal));
    } catch (error) {
      if (error instanceof OutgoingError) return silent;
      throw error;
    }
  }

  /**
   * Takes back what no other channel lives by: a person's whole consent, which the app may do by itself, or a system
   * user's one token. Instagram Login's is asked for with the token itself.
   */
  async revoke(channel: OpenChannel, host: GraphHost, whole: boolean, others: boolean, signal: AbortSignal) {
    if (others) return;
    if (host === 'instagram') {
      await this.graph.end(host, { method: 'DELETE', path: 'me/permissions', token: channel.token, signal });
      return;
    }
    const [person] = peopleOf(channel);
    const answer =
      whole && person !== undefined
        ? await this.oauth.withdraw(person, signal)
        : await this.oauth.revoke(channel.token, signal);
    if (isLater(answer)) throw new Error(`The platform did not take the access back (HTTP ${String(answer.status)}).`);
  }

  /** Instagram Login's tokens are no tokens of the Meta app, so the account is read instead. */
  private async askAccount({ token }: OpenChannel, signal: AbortSignal): Promise<Word> {
    const answer = await this.graph.call('instagram', { path: 'me', token, query: { fields: 'user_id' }, signal });
    return wordOf(answer) ?? { kind: 'fine', data: null };
  }

  /** An error of the question itself says nothing of the token: it was asked with the app's own. */
  private async askToken({ token }: OpenChannel): Promise<Word> {
    const answer = await this.graph.debugToken(token);
    if (answer === null) return { kind: 'fine', data: null };
    const data = isJson(answer.body?.['data']) ? answer.body['data'] : null;
    if (answer.error !== null || answer.status > 299 || data === null) return silent;
    const said = isJson(data['error']) ? data['error'] : null;
    if (data['is_valid'] === true || data['is_valid'] === 'true') return { kind: 'fine', data };
    const subcode = Number(said?.['subcode'] ?? said?.['error_subcode'] ?? 0);
    return { kind: 'refused', reason: graphErrorRule(190, subcode === 0 ? null : subcode).words };
  }

  private async isSubscribed(
    { token }: OpenChannel,
    { host, asset, needed }: Subscription,
    signal: AbortSignal,
  ): Promise<boolean | Exclude<Word, { kind: 'fine' }>> {
    const answer = await this.graph.call(host, { path: `${asset}/subscribed_apps`, token, signal });
    const word = wordOf(answer);
    if (word !== null) return word;
    const list = answer.body?.['data'];
    // An answer that does not say is no reason to change anything.
    if (!Array.isArray(list)) return true;
    const ours = (list as unknown[]).filter(isJson).find((app) => {
      const inside = app['whatsapp_business_api_data'];
      return this.graph.isOurs(app['id']) || (isJson(inside) && this.graph.isOurs(inside['id']));
    });
    if (ours === undefined) {
      // Instagram's own host names its own app, whose id may be another than the Meta app's.
      return host === 'instagram' && list.length > 0;
    }
    const fields = ours['subscribed_fields'];
    return !Array.isArray(fields) || needed.every((field) => fields.includes(field));
  }
}

/** Whether an answer refuses the token for good, or says nothing of it; null where it is an answer. */
function wordOf(answer: GraphAnswer): Exclude<Word, { kind: 'fine' }> | null {
  const { status, error } = answer;
  if (status >= 200 && status <= 299 && error === null && answer.body !== null) return null;
  if (isLater(answer)) return silent;
  const rule = graphErrorRule(error?.code ?? null, error?.subcode ?? null);
  if (rule.tokenUnusable === true) return { kind: 'refused', reason: rule.words };
  if (status === 401 && error === null) return { kind: 'refused', reason: graphErrorRule(190, null).words };
  return { kind: 'unknown', reason: rule.words };
}

function renewalOf(answer: GraphAnswer): Renewal {
  const issued = tokenIn(answer);
  if (issued !== null) return { kind: 'renewed', token: issued.token, seconds: issued.seconds };
  const word = wordOf(answer);
  if (word === null) return silent;
  if (word.kind === 'refused' || isLater(answer)) return word;
  return { kind: 'impossible' };
}

function peopleOf({ settings }: OpenChannel): string[] {
  const people = settings['grantedBy'];
  if (!Array.isArray(people)) return [];
  return (people as unknown[]).filter((one): one is string => typeof one === 'string' && /^\d{1,30}$/.test(one));
}
