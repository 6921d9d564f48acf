import type { Watch } from '../support/client.js';
import { type Row, type RowContext, files, mustServe, numericIds, playRow, rowContext } from './event-table.js';
import { type FeedEvent, type Json, MetaStory, cursorsOf, mustIncrease, pageEvent } from './meta-story.js';

const iso = (ms: number) => new Date(ms).toISOString();
const from = (row: RowContext, part: Json, seconds = 0): Json =>
  pageEvent('instagram', row.account, [
    { sender: { id: row.customer }, recipient: { id: row.account }, timestamp: row.at(seconds), ...part },
  ]);
const by = (row: RowContext, part: Json, seconds = 0): Json =>
  pageEvent('instagram', row.account, [
    { sender: { id: row.account }, recipient: { id: row.customer }, timestamp: row.at(seconds), ...part },
  ]);
const text = (row: RowContext, seconds = 0, name = 'm') =>
  from(row, { message: { mid: row.id(name), text: `words ${name}` } }, seconds);
const echo = (row: RowContext, seconds = 0, name = 'e') =>
  by(row, { message: { mid: row.id(name), text: 'hello', is_echo: true } }, seconds);
const unsend = (row: RowContext, seconds = 5, name = 'm') =>
  from(row, { message: { mid: row.id(name), is_deleted: true } }, seconds);
const link = (type: string, kind: string): Row => ({
  name: `a ${type}, shown as a link`,
  deliveries: (row) => [
    from(row, {
      message: { mid: row.id('m'), attachments: [{ type, payload: { url: 'https://www.instagram.com/p/x' } }] },
    }),
  ],
  messages: () => [{ kind, attachments: [{ kind, status: 'REFERENCE', url: 'https://www.instagram.com/p/x' }] }],
});

const table: Row[] = [
  {
    name: 'words, with the windows that open',
    deliveries: (row) => [from(row, { message: { mid: row.id('m'), text: 'selam 🌙 ğüşıöç' } })],
    messages: (row) => [
      {
        text: 'selam 🌙 ğüşıöç',
        kind: 'TEXT',
        direction: 'INBOUND',
        author: 'CONTACT',
        status: 'RECEIVED',
        sentAt: iso(row.at()),
      },
    ],
    thread: (row) => ({
      unreadCount: 1,
      contact: { identities: [{ kind: 'INSTAGRAM', externalId: row.customer }] },
      messagingWindow: {
        open: true,
        closesAt: iso(row.at(86_400)),
        humanAgentUntil: iso(row.at(7 * 86_400)),
        reason: null,
      },
    }),
  },
  {
    name: 'ids that are numbers and larger than 2^53',
    deliveries: (row) => [numericIds(from(row, { message: { mid: row.id('m'), text: 'a' } }))],
    messages: () => [{ text: 'a' }],
    thread: (row) => ({ contact: { identities: [{ externalId: row.customer }] } }),
  },
  {
    name: 'a story that mentions the business',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          attachments: [{ type: 'story_mention', payload: { url: row.file(files.png, 'image/png') } }],
        },
      }),
    ],
    messages: () => [{ kind: 'STORY_MENTION', text: null, attachments: [{ kind: 'STORY_MENTION', status: 'READY' }] }],
    more: async (thread) => void (await mustServe(thread.messages.nodes[0], files.png)),
  },
  {
    name: 'an answer to a story',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          text: 'love it',
          reply_to: { story: { url: row.file(files.png, 'image/png'), id: '17900000000000001' } },
        },
      }),
    ],
    messages: () => [{ kind: 'STORY_REPLY', text: 'love it', replyTo: null, attachments: [{ status: 'READY' }] }],
  },
  {
    name: 'a reply to a message that came later',
    deliveries: (row) => [
      from(row, { message: { mid: row.id('r'), text: 'yes', reply_to: { mid: row.id('m') } } }, 3),
      text(row),
    ],
    messages: () => [{ text: 'yes', replyTo: { text: 'words m' } }, { text: 'words m' }],
  },
  link('share', 'SHARE'),
  link('ig_reel', 'SHARE'),
  link('reel', 'SHARE'),
  {
    name: 'an image, a video and a voice, in their order',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          attachments: [
            { type: 'image', payload: { url: row.file(files.png, 'image/png') } },
            { type: 'video', payload: { url: row.file(files.mp4, 'video/mp4') } },
            { type: 'audio', payload: { url: row.file(files.ogg, 'audio/ogg') } },
          ],
        },
      }),
    ],
    messages: () => [
      {
        kind: 'IMAGE',
        attachments: [
          { kind: 'IMAGE', status: 'READY' },
          { kind: 'VIDEO', status: 'READY' },
          { kind: 'AUDIO', status: 'READY' },
        ],
      },
    ],
  },
  {
    name: 'a picture that could be seen once, of which nothing is left',
    deliveries: (row) => [from(row, { message: { mid: row.id('m'), attachments: [{ type: 'ephemeral' }] } })],
    messages: () => [{ direction: 'INBOUND', text: null }],
    more: (thread) => expect(thread.messages.nodes[0]?.attachments.filter(({ url }) => url !== null)).toEqual([]),
  },
  {
    name: 'a kind that the platform does not hand out',
    deliveries: (row) => [from(row, { message: { mid: row.id('m'), is_unsupported: true } })],
    messages: () => [{ kind: 'UNSUPPORTED', text: null }],
    thread: () => ({ unreadCount: 1 }),
  },
  {
    name: 'words that were taken back',
    deliveries: (row) => [text(row), text(row, 1, 'n'), unsend(row)],
    messages: () => [
      { text: 'words n', deletedAt: null },
      { text: null, deletedAt: expect.any(String), attachments: [] },
    ],
  },
  {
    name: 'words that were taken back before they came',
    deliveries: (row) => [unsend(row), text(row)],
    messages: () => [{ text: null, deletedAt: expect.any(String) }],
  },
  {
    name: 'words that were taken back and come again by a repeated delivery',
    deliveries: (row) => [
      text(row),
      unsend(row),
      text(row),
      from(row, { message_edit: { mid: row.id('m'), text: 'edited', num_edit: 1 } }, 9),
    ],
    messages: () => [{ text: null, deletedAt: expect.any(String) }],
  },
  {
    name: 'an edit number 0 without words, which is none',
    deliveries: (row) => [text(row), from(row, { message_edit: { mid: row.id('m'), num_edit: 0 } }, 2)],
    messages: () => [{ text: 'words m', editedAt: null }],
  },
  {
    name: 'what the business wrote in the app: sent, nobody’s of ours',
    deliveries: (row) => [text(row), echo(row, 1)],
    messages: () => [{ direction: 'OUTBOUND', text: 'hello', status: 'SENT', member: null }, {}],
    thread: (row) => ({ contact: { identities: [{ externalId: row.customer }] } }),
  },
  {
    name: 'one message that was seen, and no other',
    deliveries: (row) => [text(row), echo(row, 1), echo(row, 2, 'f'), from(row, { read: { mid: row.id('e') } }, 3)],
    messages: () => [{ text: 'hello', externalId: expect.stringMatching(/^f/) }, { status: 'READ' }, {}],
  },
  {
    name: 'a message that was seen before it came',
    deliveries: (row) => [from(row, { read: { mid: row.id('e') } }, 3), echo(row, 1)],
    messages: () => [{ status: 'READ' }],
  },
  {
    name: 'a reaction, and its end',
    deliveries: (row) => [
      echo(row),
      echo(row, 1, 'f'),
      from(row, { reaction: { mid: row.id('e'), action: 'react', reaction: 'love', emoji: '❤' } }, 2),
      from(row, { reaction: { mid: row.id('f'), action: 'react', reaction: 'love', emoji: '❤' } }, 3),
      from(row, { reaction: { mid: row.id('f'), action: 'unreact' } }, 4),
    ],
    messages: () => [{}, { reactions: [{ emoji: '❤', by: 'CONTACT' }] }],
    more: (thread) => expect(thread.messages.nodes[0]?.reactions).toEqual([]),
  },
  {
    name: 'a reaction before its message',
    deliveries: (row) => [
      from(row, { reaction: { mid: row.id('e'), action: 'react', reaction: 'love', emoji: '❤' } }, 2),
      echo(row),
    ],
    messages: () => [{ reactions: [{ emoji: '❤', by: 'CONTACT' }] }],
  },
  {
    name: 'a button',
    deliveries: (row) => [from(row, { postback: { mid: row.id('m'), title: 'Sizes', payload: 'SIZES' } })],
    messages: () => [{ kind: 'POSTBACK', text: 'Sizes', postback: { title: 'Sizes', payload: 'SIZES' } }],
  },
  {
    name: 'a link with a ref',
    deliveries: (row) => [from(row, { referral: { ref: 'promo1', source: 'SHORTLINK', type: 'OPEN_THREAD' } })],
    messages: () => [{ referral: { source: 'SHORTLINK', ref: 'promo1' } }],
  },
  {
    name: 'the shape of the dashboard’s test, in seconds',
    deliveries: (row) => [
      pageEvent(
        'instagram',
        row.account,
        [
          {
            field: 'messages',
            value: {
              sender: { id: row.customer },
              recipient: { id: '2' },
              timestamp: String(row.at() / 1000),
              message: { mid: row.id('t'), text: 't' },
            },
          },
        ],
        'changes',
      ),
    ],
    messages: (row) => [{ text: 't', sentAt: iso(row.at()) }],
  },
  {
    name: 'what comes while another app has the thread',
    deliveries: (row) => [
      pageEvent(
        'instagram',
        row.account,
        [
          {
            sender: { id: row.customer },
            recipient: { id: row.account },
            timestamp: row.at(),
            message: { mid: row.id('m'), text: 'aside' },
          },
        ],
        'standby',
      ),
    ],
    messages: () => [{ text: 'aside' }],
  },
  {
    name: 'a comment under a post, which is no message',
    deliveries: (row) => [
      pageEvent(
        'instagram',
        row.account,
        [
          {
            field: 'comments',
            value: {
              id: '1790',
              from: { id: row.customer, username: 'x' },
              media: { id: '1', media_product_type: 'FEED' },
              text: 'nice',
            },
          },
        ],
        'changes',
      ),
    ],
    messages: () => [],
    thread: null,
  },
  {
    name: 'a kind that nobody knows',
    deliveries: (row) => [
      from(row, { hologram: { mid: 'x' } }),
      pageEvent('instagram', row.account, [{ field: 'nothing', value: 7 }], 'changes'),
    ],
    messages: () => [],
    thread: null,
  },
];

describe('Instagram events show as what they are', () => {
  let story: MetaStory;
  let watch: Watch<FeedEvent>;
  let account: string;
  beforeAll(async () => {
    story = await MetaStory.start();
    const input = story.newInstagram();
    account = input.accountId;
    await story.connect('instagram', input);
    watch = await story.watch();
  });
  afterAll(() => story.stop());

  it.each(table.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    await playRow(story, watch, row, rowContext(story, account, '72'));
  });

  it('a picture that was taken back is served no more', async () => {
    const row = rowContext(story, account, '72');
    await story.deliver(
      from(row, {
        message: {
          mid: row.id('m'),
          attachments: [{ type: 'image', payload: { url: row.file(files.png, 'image/png') } }],
        },
      }),
    );
    const deadline = Date.now() + 5_000;
    let thread = await story.threadOf(row.customer);
    while (thread.messages.nodes[0]?.attachments[0]?.status !== 'READY' && Date.now() < deadline)
      thread = await story.threadOf(row.customer);
    const url = await mustServe(thread.messages.nodes[0], files.png);
    await story.deliver(unsend(row));
    expect((await story.threadOf(row.customer)).messages.nodes).toMatchObject([{ attachments: [], text: null }]);
    const gone = async () => [403, 404, 410].includes((await fetch(url)).status);
    while (!(await gone()) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await gone()).toBe(true);
  });

  it('the customer’s name and handle come from their profile', async () => {
    const row = rowContext(story, account, '72');
    story.graph.profiles.set(row.customer, { name: 'Ayşe', username: 'ayse.k', is_verified_user: false });
    await story.deliver(text(row));
    const deadline = Date.now() + 5_000;
    let thread = await story.threadOf(row.customer);
    while (thread.contact.name === null && Date.now() < deadline) thread = await story.threadOf(row.customer);
    expect(thread.contact).toMatchObject({
      name: 'Ayşe',
      identities: [{ externalId: row.customer, handle: '@ayse.k' }],
    });
  });

  it('left nothing set aside, and told everything in one order', async () => {
    await story.app.drainDeliveries();
    expect((await story.sql.query('select reason from deliveries')).rows).toEqual([]);
    mustIncrease(cursorsOf(watch.events));
  });
});
