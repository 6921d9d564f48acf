import { Injectable } from '@nestjs/common';
import { OutgoingError } from '../../platform/http/index.js';
import type {
  ActOutcome,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  OutgoingReaction,
  SendOutcome,
  Showing,
} from '../channel-adapter.js';
import { MessageKind } from '../enums.js';
import type { Address, MediaSource } from '../inbound-event.js';
import { GraphClient, type GraphHost } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';
import { MediaDownloads } from './media.js';
import { quickRepliesOf, reactionBody, showingBody } from './page-acts.js';
import type { Json } from '../wire/reading.js';
import { actOnce, sendOnce } from './send-outcome.js';
import { instagramFields, pageFields } from './subscribed-fields.js';

/** Where a channel's calls go: Instagram Login has a host of its own, a Page serves Messenger and its Instagram account. */
export interface PageRoute {
  readonly host: GraphHost;
  /** The account that sends, in the path. */
  readonly account: string;
}

const attachmentTypes: Partial<Record<MessageKind, string>> = {
  [MessageKind.IMAGE]: 'image',
  [MessageKind.AUDIO]: 'audio',
  [MessageKind.VIDEO]: 'video',
};

/** What Messenger and Instagram do alike. */
@Injectable()
export class PageSending {
  constructor(
    private readonly graph: GraphClient,
    private readonly media: MediaDownloads,
  ) {}

  send(route: PageRoute, channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const json = {
      recipient: { id: message.recipient[0].externalId },
      ...(message.humanAgent ? { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' } : { messaging_type: 'RESPONSE' }),
      message: { ...contentOf(message), metadata: message.id, ...quickRepliesOf(message) },
      ...(message.replyToExternalId !== null && { reply_to: { mid: message.replyToExternalId } }),
    };
    return sendOnce(
      () => this.post(route, channel, json, signal),
      ({ body }) => (typeof body?.['message_id'] === 'string' && body['message_id'] !== '' ? body['message_id'] : null),
    );
  }

  react(route: PageRoute, channel: OpenChannel, reaction: OutgoingReaction, signal: AbortSignal): Promise<ActOutcome> {
    return actOnce(() => this.post(route, channel, reactionBody(reaction), signal));
  }

  async show(route: PageRoute, channel: OpenChannel, showing: Showing, signal: AbortSignal): Promise<void> {
    await this.post(route, channel, showingBody(showing), signal);
  }

  /** Downloads by the address in the event; the platform's media hosts ask for no token. */
  async fetchMedia(source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    if (source.url === null) return { kind: 'gone', reason: 'The platform gave no address for the file.' };
    return this.media.fetch({ url: source.url, token: null, sha256: source.sha256, maxBytes, signal });
  }

  /** The public profile of a person; null where the platform does not tell it, now or ever. */
  async profile(
    route: PageRoute,
    channel: OpenChannel,
    address: Address,
    fields: string,
    signal: AbortSignal,
  ): Promise<Json | null> {
    if (!/^[A-Za-z0-9_.-]{1,200}$/.test(address.externalId)) return null;
    try {
      const answer = await this.graph.call(route.host, {
        path: address.externalId,
        token: channel.token,
        query: { fields },
        signal,
      });
      if (answer.status === 200 && answer.error === null) return answer.body;
      const later =
        answer.status >= 500 ||
        answer.status === 429 ||
        (answer.error !== null && graphErrorRule(answer.error.code, answer.error.subcode).outcome === 'later');
      if (later) throw new Error('The platform did not tell the profile; it may later.');
      return null;
    } catch (error) {
      if (error instanceof OutgoingError)
        throw new Error('The platform did not answer when asked for a profile.', { cause: error });
      throw error;
    }
  }

  unsubscribe(route: PageRoute, channel: OpenChannel, signal: AbortSignal): Promise<void> {
    return this.graph.end(route.host, {
      method: 'DELETE',
      path: `${route.account}/subscribed_apps`,
      token: channel.token,
      signal,
    });
  }

  /** Turns the webhooks on again; those of lead ads where they are wanted. */
  subscribe(route: PageRoute, channel: OpenChannel, signal: AbortSignal): Promise<void> {
    const ofPage = channel.leadAds === true ? [...pageFields, 'leadgen'] : pageFields;
    const fields = route.host === 'instagram' ? instagramFields : ofPage;
    const query = {
      subscribed_fields: fields.join(','),
      ...(route.host === 'instagram' && { access_token: channel.token }),
    };
    return this.graph.begin(route.host, {
      method: 'POST',
      path: `${route.account}/subscribed_apps`,
      token: channel.token,
      query,
      signal,
    });
  }

  private post(route: PageRoute, channel: OpenChannel, json: object, signal: AbortSignal) {
    const path = `${route.account}/messages`;
    return this.graph.call(route.host, { method: 'POST', path, token: channel.token, json, signal });
  }

  hostOf(route: PageRoute): string {
    return this.graph.hostOf(route.host);
  }
}

/** Words, or one attachment: the platform takes no message of both, and fetches the file from the address by itself. */
function contentOf({ text, attachments: [attachment] }: OutgoingMessage): object {
  if (attachment === undefined) return { text };
  const type = attachmentTypes[attachment.kind] ?? 'file';
  return { attachment: { type, payload: { url: attachment.url, is_reusable: false } } };
}
