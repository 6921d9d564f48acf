import { Injectable } from '@nestjs/common';
import type { OpenChannel } from '../channel-adapter.js';
import { nextPage } from './consent/graph-list.js';
import { isLater } from './consent/issued-token.js';
import { GraphClient, type GraphRequest } from './graph-client.js';
import type { PageRoute } from './page-sending.js';
import { type Json, isJson } from '../wire/reading.js';

/** A route, and how the platform calls the conversations that are asked for. */
interface HistoryRoute extends PageRoute {
  readonly platform: 'messenger' | 'instagram';
}

const mostThreads = 200;
const threadsAtOnce = 25;
// Two calls a second are allowed.
const pauseMilliseconds = 550;
const message = 'id,created_time,from,to,message,attachments{id,mime_type,name,size,image_data,video_data,file_url}';
const kindOfData = { image_data: 'image', video_data: 'video' } as const;

/** Asks a Page or an Instagram account for what was written while nothing was delivered. */
@Injectable()
export class MissedMessages {
  constructor(private readonly graph: GraphClient) {}

  /**
   * What was written since then, the oldest first, as the webhooks would have brought it. The platform gives the last
   * twenty-five messages of a thread; a mark of who read or reacted it does not give.
   */
  async since(route: HistoryRoute, channel: OpenChannel, since: Date, signal: AbortSignal): Promise<Json[]> {
    // The platform tells times in whole seconds.
    const from = Math.floor(since.getTime() / 1_000) * 1_000;
    const items: { readonly at: number; readonly item: Json }[] = [];
    const fields = `id,updated_time,messages.limit(25){${message}}`;
    let after: string | null = null;
    for (let asked = 0; asked < mostThreads; asked += threadsAtOnce) {
      const query = {
        platform: route.platform,
        fields,
        limit: String(threadsAtOnce),
        ...(after !== null && { after }),
      };
      const body = await this.read(route, {
        path: `${route.account}/conversations`,
        token: channel.token,
        query,
        signal,
      });
      const threads = listIn(body, 'data');
      for (const thread of threads) items.push(...messagesOf(thread, route.platform, channel.externalId, from));
      // The latest come first: behind one that is older than the gap there are only older ones.
      const last = threads.at(-1);
      if (last === undefined || timeIn(last['updated_time']) < from) break;
      after = nextPage(body);
      if (after === null) break;
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
    return items.sort((one, other) => one.at - other.at).map(({ item }) => item);
  }

  private async read(route: HistoryRoute, request: GraphRequest): Promise<Json> {
    const answer = await this.graph.call(route.host, request);
    if (answer.status <= 299 && answer.error === null && answer.body !== null) return answer.body;
    if (isLater(answer)) throw new Error('The platform did not give what was missed; it may later.');
    // It gives none, to this token or at all: then there is nothing to fetch.
    return {};
  }
}

function messagesOf(
  thread: Json,
  platform: 'messenger' | 'instagram',
  account: string,
  since: number,
): { at: number; item: Json }[] {
  const inside = isJson(thread['messages']) ? thread['messages'] : {};
  return listIn(inside, 'data').flatMap((one) => {
    const at = timeIn(one['created_time']);
    const [id, from] = [one['id'], isJson(one['from']) ? one['from']['id'] : null];
    const [to] = isJson(one['to']) ? listIn(one['to'], 'data') : [];
    if (at < since || typeof id !== 'string' || typeof from !== 'string') return [];
    const customer = from === account ? to?.['id'] : from;
    if (typeof customer !== 'string') return [];
    return [{ at, item: envelope(platform, account, { at, id, from, customer }, one) }];
  });
}

/** A message in the form in which the webhooks bring it, so that one reader reads both. */
function envelope(
  platform: 'messenger' | 'instagram',
  account: string,
  { at, id, from, customer }: { at: number; id: string; from: string; customer: string },
  one: Json,
): Json {
  const text = one['message'];
  const attachments = isJson(one['attachments']) ? listIn(one['attachments'], 'data').map(attachmentOf) : [];
  const item = {
    sender: { id: from },
    recipient: { id: from === account ? customer : account },
    timestamp: at,
    message: {
      mid: id,
      ...(typeof text === 'string' && text !== '' && { text }),
      ...(attachments.length > 0 && { attachments }),
      ...(from === account && { is_echo: true }),
    },
  };
  return {
    object: platform === 'messenger' ? 'page' : 'instagram',
    entry: [{ id: account, time: at, messaging: [item] }],
  };
}

function attachmentOf(attachment: Json): Json {
  const name = attachment['name'];
  const title = typeof name === 'string' && name !== '' ? { title: name } : {};
  for (const [member, type] of Object.entries(kindOfData)) {
    const data = attachment[member];
    if (isJson(data) && typeof data['url'] === 'string') return { type, ...title, payload: { url: data['url'] } };
  }
  const mime = typeof attachment['mime_type'] === 'string' ? attachment['mime_type'] : '';
  const type = mime.startsWith('audio/') ? 'audio' : mime.startsWith('image/') ? 'image' : 'file';
  return { type, ...title, payload: { url: attachment['file_url'] } };
}

function listIn(parent: Json, name: string): Json[] {
  const list = parent[name];
  return Array.isArray(list) ? (list as unknown[]).filter(isJson) : [];
}

/** Milliseconds of a time as Graph writes it (`2026-11-22T09:00:00+0000`); 0 for what is none. */
function timeIn(value: unknown): number {
  const time = Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(time) ? 0 : time;
}
