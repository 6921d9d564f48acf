import { Injectable } from '@nestjs/common';
import { OutgoingError } from '../../platform/http/index.js';
import { GraphClient } from './graph-client.js';
import { isJson } from '../wire/reading.js';
import { instagramFields, pageFields } from './subscribed-fields.js';
import { type InputNames, TokenCheck } from './token-check.js';

/** Subscribes accounts to the webhooks of this server's app. */
@Injectable()
export class PageSubscription {
  constructor(
    private readonly graph: GraphClient,
    private readonly check: TokenCheck,
  ) {}

  /** Subscribes a Page. What it is subscribed to already stays: one Page may serve two channels. */
  async subscribePage(pageId: string, token: string, leadAds: boolean, names: InputNames): Promise<void> {
    const fields = new Set([...pageFields, ...(leadAds ? ['leadgen'] : []), ...(await this.subscribed(pageId, token))]);
    await this.check.perform(
      'facebook',
      { path: `${pageId}/subscribed_apps`, token, query: { subscribed_fields: [...fields].join(',') } },
      names,
    );
  }

  /** Subscribes an account that is reached by Instagram Login. That host documents the token as a parameter. */
  async subscribeInstagram(accountId: string, token: string, names: InputNames): Promise<void> {
    const query = { subscribed_fields: instagramFields.join(','), access_token: token };
    await this.check.perform('instagram', { path: `${accountId}/subscribed_apps`, token, query }, names);
  }

  /** The fields that the app hears of already; none where the platform does not say. */
  private async subscribed(pageId: string, token: string): Promise<string[]> {
    try {
      const { body } = await this.graph.call('facebook', { path: `${pageId}/subscribed_apps`, token });
      const apps = Array.isArray(body?.['data']) ? (body['data'] as unknown[]).filter(isJson) : [];
      return apps
        .filter((app) => this.graph.isOurs(app['id']))
        .flatMap((app) => (Array.isArray(app['subscribed_fields']) ? (app['subscribed_fields'] as unknown[]) : []))
        .filter((field) => typeof field === 'string' && /^[a-z_]{1,60}$/.test(field)) as string[];
    } catch (error) {
      if (error instanceof OutgoingError) return [];
      throw error;
    }
  }
}
