import type { Watch } from '../support/client.js';
import { eventually } from '../support/client.js';
import {
  type FeedEvent,
  type Json,
  type MetaStory,
  type StoryMessage,
  type StoryThread,
  metaJson,
} from './meta-story.js';

/** What a row's payloads are made of: a person and ids that no other row has, and moments in the past. */
export interface RowContext {
  readonly customer: string;
  readonly account: string;
  id(name: string): string;
  /** Milliseconds; a few minutes ago, `seconds` later. */
  at(seconds?: number): number;
  /** Puts a file on the platform; gives its address. */
  file(bytes: Buffer, mime: string): string;
  /** The same, as a WhatsApp media id. */
  media(bytes: Buffer, mime: string): string;
}

/** Deliveries, one webhook each, and what members see afterwards. */
export interface Row {
  readonly name: string;
  readonly deliveries: (row: RowContext) => readonly (Json | string)[];
  /** Newest first. */
  readonly messages: (row: RowContext) => readonly unknown[];
  /** What the thread shows; null: there is none. */
  readonly thread?: ((row: RowContext) => unknown) | null;
  /** More that must hold. */
  readonly more?: (thread: StoryThread, row: RowContext) => Promise<void> | void;
}

export const files = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  mp4: Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom\0\0\x02\0isommp41'), Buffer.alloc(64)]),
  ogg: Buffer.concat([
    Buffer.from('OggS\0\x02'),
    Buffer.alloc(20),
    Buffer.from([1, 19]),
    Buffer.from('OpusHead\x01\x01'),
    Buffer.alloc(64),
  ]),
  pdf: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  webp: Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64'),
} as const;

let rows = 0;
/** A row's own person and ids. */
export function rowContext(story: MetaStory, account: string, customerPrefix = '71', length = 17): RowContext {
  rows += 1;
  const own = String(rows).padStart(15, '0');
  const base = Math.floor(Date.now() / 1000) * 1000 - 300_000;
  let count = 0;
  return {
    customer: `${customerPrefix}${own.slice(-(length - customerPrefix.length))}`,
    account,
    id: (name) => `${name}-${own}`,
    at: (seconds = 0) => base + seconds * 1000,
    file: (bytes, mime) => story.graph.file(`f${own}${String((count += 1))}`, bytes, mime),
    media: (bytes, mime) => {
      const id = `33${own}${String((count += 1))}`;
      story.graph.file(id, bytes, mime);
      return id;
    },
  };
}

/** As Meta may write it too: ids as numbers, larger than a double keeps. */
export function numericIds(body: Json): string {
  return metaJson(body).replaceAll(/"(id|app_id|mid)":"(\d{17})"/g, '"$1":$2');
}

/** The parts of a message that do not change with the time of asking. */
function lasting(message: StoryMessage): unknown {
  const { attachments, ...rest } = message;
  const kept = attachments.map((attachment) => ({ ...attachment, url: attachment.url !== null, urlExpiresAt: null }));
  return { ...rest, conversation: undefined, attachments: kept };
}

/** Plays a row, then holds what is asked against what was expected, and against the last word of the live feed. */
export async function playRow(story: MetaStory, watch: Watch<FeedEvent>, row: Row, context: RowContext): Promise<void> {
  for (const delivery of row.deliveries(context)) await story.deliver(delivery);
  if (row.thread === null) {
    expect(await story.thread(context.customer)).toBeNull();
    return;
  }
  const opened = await story.threadOf(context.customer);
  const busy = (message: StoryMessage) => message.attachments.some(({ status }) => status === 'FETCHING');
  const thread = await eventually(async () => {
    const now = await story.read(opened.id);
    return now.messages.nodes.some(busy) ? null : now;
  }, 5_000);
  expect(thread.messages.nodes).toHaveLength(row.messages(context).length);
  expect(thread.messages.nodes).toMatchObject(row.messages(context) as never);
  expect(thread.lastMessage?.id).toBe(thread.messages.nodes[0]?.id);
  if (row.thread !== undefined) expect(thread).toMatchObject(row.thread(context) as never);
  await row.more?.(thread, context);
  for (const message of thread.messages.nodes) await mustHaveBeenTold(watch, message);
}

/** One MessageAdded, and a last event that says what the query says. */
async function mustHaveBeenTold(watch: Watch<FeedEvent>, message: StoryMessage): Promise<void> {
  const told = () => watch.events.filter((event) => event.message?.id === message.id);
  await eventually(() => {
    const last = told().at(-1)?.message;
    return Promise.resolve(
      last !== undefined && JSON.stringify(lasting(last)) === JSON.stringify(lasting(message)) ? last : null,
    );
  }, 3_000).catch(() => undefined);
  const last = told().at(-1)?.message;
  expect(last && lasting(last)).toEqual(lasting(message));
  expect(
    told()
      .map(({ __typename }) => __typename)
      .filter((name) => name === 'MessageAdded'),
  ).toHaveLength(1);
  expect(told()[0]?.__typename).toBe('MessageAdded');
}

/** The link of an attachment serves its bytes to whoever has it (a picture's drawn anew); altered or late it serves nobody. */
export async function mustServe(message: StoryMessage | undefined, bytes: Buffer): Promise<string> {
  const [attachment] = message?.attachments ?? [];
  const picture = attachment?.contentType?.startsWith('image/') === true;
  expect(attachment).toMatchObject({ status: 'READY', size: picture ? expect.any(Number) : bytes.length });
  const url = new URL(attachment?.url ?? '');
  const expires = Date.parse(attachment?.urlExpiresAt ?? '');
  expect(expires).toBeGreaterThan(Date.now());
  const response = await fetch(url);
  expect(response.status).toBe(200);
  const served = Buffer.from(await response.arrayBuffer());
  expect(served).toHaveLength(attachment?.size ?? -1);
  expect(served.subarray(0, 4)).toEqual(bytes.subarray(0, 4));
  if (!picture) expect(served.equals(bytes)).toBe(true);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  for (const change of [alter(url, 'signature'), later(url), withoutQuery(url)]) {
    const refused = await fetch(change);
    expect([403, 404, 410]).toContain(refused.status);
    expect(Buffer.from(await refused.arrayBuffer()).includes(served)).toBe(false);
  }
  const { now } = Date;
  Date.now = () => expires + 1_000;
  try {
    expect([403, 404, 410]).toContain((await fetch(url)).status);
  } finally {
    Date.now = now;
  }
  return url.href;
}

function alter(url: URL, name: string): URL {
  const changed = new URL(url);
  const value = changed.searchParams.get(name) ?? '';
  changed.searchParams.set(name, (value.startsWith('A') ? 'B' : 'A') + value.slice(1));
  return changed;
}

function later(url: URL): URL {
  const changed = new URL(url);
  changed.searchParams.set('expires', String(Number(changed.searchParams.get('expires')) + 86_400));
  return changed;
}

function withoutQuery(url: URL): URL {
  return new URL(url.pathname, url);
}
