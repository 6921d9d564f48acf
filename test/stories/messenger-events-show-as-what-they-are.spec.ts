import type { Watch } from '../support/client.js';
import { type Row, type RowContext, files, mustServe, numericIds, playRow, rowContext } from './event-table.js';
import { type FeedEvent, type Json, MetaStory, cursorsOf, mustIncrease, pageEvent } from './meta-story.js';

const iso = (ms: number) => new Date(ms).toISOString();
/** An item of the customer; the later it is in a row, the later it happened. */
const from = (row: RowContext, part: Json, seconds = 0): Json =>
  pageEvent('page', row.account, [
    { sender: { id: row.customer }, recipient: { id: row.account }, timestamp: row.at(seconds), ...part },
  ]);
/** An item of the Page. */
const by = (row: RowContext, part: Json, seconds = 0): Json =>
  pageEvent('page', row.account, [
    { sender: { id: row.account }, recipient: { id: row.customer }, timestamp: row.at(seconds), ...part },
  ]);
const text = (row: RowContext, seconds = 0, name = 'm') =>
  from(row, { message: { mid: row.id(name), text: `words ${name}` } }, seconds);
const echo = (row: RowContext, seconds = 0, name = 'e') =>
  by(row, { message: { mid: row.id(name), text: 'Buyurun', is_echo: true, app_id: 26390203743090 } }, seconds);

const attachment = (type: string, bytes: Buffer, mime: string, kind: string): Row => ({
  name: `an attachment of type ${type}, which is fetched and served by a link that ends`,
  deliveries: (row) => [
    from(row, { message: { mid: row.id('m'), attachments: [{ type, payload: { url: row.file(bytes, mime) } }] } }),
  ],
  messages: () => [{ kind, text: null, direction: 'INBOUND', attachments: [{ kind, status: 'READY' }] }],
  more: async (thread) => void (await mustServe(thread.messages.nodes[0], bytes)),
});

const silent = (name: string, part: Json): Row => ({
  name: `${name}: no message, no thread`,
  deliveries: (row) => [from(row, part)],
  messages: () => [],
  thread: null,
});

const table: Row[] = [
  {
    name: 'words with every escape',
    deliveries: (row) => [from(row, { message: { mid: row.id('m'), text: 'Ürün 🎁 </b> 50% a@b "q" \\ \n ışık' } })],
    messages: (row) => [
      {
        text: 'Ürün 🎁 </b> 50% a@b "q" \\ \n ışık',
        kind: 'TEXT',
        direction: 'INBOUND',
        author: 'CONTACT',
        status: 'RECEIVED',
        externalId: row.id('m'),
        sentAt: iso(row.at()),
        editedAt: null,
        deletedAt: null,
        member: null,
      },
    ],
    thread: (row) => ({
      status: 'OPEN',
      unreadCount: 1,
      contact: { name: null, identities: [{ kind: 'MESSENGER', externalId: row.customer }] },
      messagingWindow: { open: true, closesAt: iso(row.at(86_400)), humanAgentUntil: iso(row.at(7 * 86_400)) },
    }),
  },
  {
    name: 'ids that are numbers and larger than 2^53',
    deliveries: (row) => [numericIds(from(row, { message: { mid: row.id('m'), text: 'a' } })), text(row, 1, 'n')],
    messages: () => [{ text: 'words n' }, { text: 'a' }],
    thread: (row) => ({ contact: { identities: [{ externalId: row.customer }] } }),
  },
  {
    name: 'a timestamp in seconds, and one that is a string',
    deliveries: (row) => [
      from(row, { timestamp: row.at() / 1000, message: { mid: row.id('m'), text: 'a' } }),
      from(row, { timestamp: String(row.at(5)), message: { mid: row.id('n'), text: 'b' } }),
    ],
    messages: (row) => [{ sentAt: iso(row.at(5)) }, { sentAt: iso(row.at()) }],
  },
  {
    name: 'messages in the order in which they were written, not in which they came',
    deliveries: (row) => [text(row, 20, 'second'), text(row, 10, 'first')],
    messages: () => [{ text: 'words second' }, { text: 'words first' }],
    thread: (row) => ({ unreadCount: 2, lastActivityAt: iso(row.at(20)) }),
  },
  {
    name: 'a quick reply, with what it stands for',
    deliveries: (row) => [
      from(row, { message: { mid: row.id('m'), text: 'Red', quick_reply: { payload: 'PICK_RED' } } }),
    ],
    messages: () => [{ text: 'Red', postback: { payload: 'PICK_RED' } }],
  },
  {
    name: 'a reply to a message',
    deliveries: (row) => [
      text(row),
      from(
        row,
        { message: { mid: row.id('r'), text: 'this', reply_to: { mid: row.id('m'), is_self_reply: false } } },
        1,
      ),
    ],
    messages: () => [{ text: 'this', replyTo: { text: 'words m' } }, { replyTo: null }],
  },
  attachment('image', files.png, 'image/png', 'IMAGE'),
  attachment('video', files.mp4, 'video/mp4', 'VIDEO'),
  attachment('audio', files.ogg, 'audio/ogg', 'AUDIO'),
  attachment('file', files.pdf, 'application/pdf', 'FILE'),
  attachment('sticker', files.webp, 'image/webp', 'STICKER'),
  {
    name: 'several attachments in their order, a sticker that came twice once',
    deliveries: (row) => {
      const [one, two] = [row.file(files.png, 'image/png'), row.file(files.webp, 'image/webp')];
      return [
        from(row, {
          message: {
            mid: row.id('m'),
            attachments: [
              { type: 'image', payload: { url: one } },
              { type: 'sticker', payload: { url: two, sticker_id: 369 } },
              { type: 'image', payload: { url: two, sticker_id: 369 } },
            ],
          },
        }),
      ];
    },
    messages: () => [{ kind: 'IMAGE', attachments: [{ kind: 'IMAGE' }, { kind: 'STICKER' }] }],
    more: (thread) => expect(thread.messages.nodes[0]?.attachments).toHaveLength(2),
  },
  {
    name: 'an attachment that the platform does not have any more',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          attachments: [{ type: 'image', payload: { url: row.file(files.png, 'image/png').replace('/f', '/gone') } }],
        },
      }),
    ],
    messages: () => [{ kind: 'IMAGE', attachments: [{ kind: 'IMAGE', status: 'GONE', url: null }] }],
  },
  {
    name: 'an attachment on a host that is not the platform’s, which is not asked for',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          attachments: [{ type: 'image', payload: { url: 'http://169.254.169.254/latest/meta-data' } }],
        },
      }),
    ],
    messages: () => [{ kind: 'IMAGE', attachments: [{ status: 'REFUSED', url: null }] }],
  },
  {
    name: 'a shared link',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          text: 'look https://shop.example/1',
          attachments: [{ type: 'fallback', title: 'A shop', payload: { url: 'https://shop.example/1' } }],
        },
      }),
    ],
    messages: () => [
      {
        text: 'look https://shop.example/1',
        kind: 'TEXT',
        attachments: [{ kind: 'SHARE', status: 'REFERENCE', name: 'A shop', url: 'https://shop.example/1' }],
      },
    ],
  },
  {
    name: 'an ad that was answered',
    deliveries: (row) => [
      from(row, {
        message: {
          mid: row.id('m'),
          text: 'hi',
          referral: {
            ref: 'r1',
            ad_id: '6000000000001',
            source: 'ADS',
            type: 'OPEN_THREAD',
            ads_context_data: { ad_title: 'Summer' },
          },
        },
      }),
    ],
    messages: () => [{ text: 'hi', referral: { source: 'ADS', adId: '6000000000001', ref: 'r1' } }],
  },
  {
    name: 'a product that was asked about',
    deliveries: (row) => [
      from(row, { message: { mid: row.id('m'), text: 'price?', referral: { product: { id: '4400000000001' } } } }),
    ],
    messages: () => [{ text: 'price?', referral: { ref: '4400000000001' } }],
  },
  {
    name: 'a button with where the person came from',
    deliveries: (row) => [
      from(row, {
        postback: {
          mid: row.id('m'),
          title: 'Get started',
          payload: 'START',
          referral: { ref: 'r1', source: 'SHORTLINK', type: 'OPEN_THREAD' },
        },
      }),
    ],
    messages: () => [
      {
        kind: 'POSTBACK',
        text: 'Get started',
        postback: { title: 'Get started', payload: 'START' },
        referral: { source: 'SHORTLINK', ref: 'r1' },
      },
    ],
    thread: () => ({ messagingWindow: { open: true } }),
  },
  {
    name: 'a button in the other shape, with a timestamp that is a string',
    deliveries: (row) => [
      pageEvent(
        'page',
        row.account,
        [
          {
            field: 'messaging_postbacks',
            value: {
              sender: { id: row.customer },
              recipient: { id: row.account },
              timestamp: String(row.at()),
              postback: { title: 'Go', payload: 'GO' },
            },
          },
        ],
        'changes',
      ),
    ],
    messages: (row) => [{ kind: 'POSTBACK', postback: { payload: 'GO' }, sentAt: iso(row.at()) }],
  },
  {
    name: 'a link with a ref that opened the thread',
    deliveries: (row) => [
      from(row, {
        referral: {
          ref: 'r2',
          source: 'ADS',
          type: 'OPEN_THREAD',
          ad_id: '6000000000001',
          referer_uri: 'https://example.com',
        },
      }),
    ],
    messages: () => [{ referral: { source: 'ADS', ref: 'r2', adId: '6000000000001' }, direction: 'INBOUND' }],
    thread: () => ({ messagingWindow: { open: true } }),
  },
  {
    name: 'what a person wrote in the Page’s own inbox: sent, nobody’s of ours',
    deliveries: (row) => [text(row), echo(row, 1)],
    messages: (row) => [
      { direction: 'OUTBOUND', text: 'Buyurun', status: 'SENT', externalId: row.id('e'), member: null },
      { direction: 'INBOUND' },
    ],
  },
  {
    name: 'a delivery by ids, then a read by its watermark; a late delivery takes nothing back',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      echo(row, 2, 'f'),
      from(row, { delivery: { mids: [row.id('e')], watermark: row.at(2) } }, 3),
      from(row, { read: { watermark: row.at(1) } }, 4),
      from(row, { delivery: { mids: [row.id('e')], watermark: row.at(5) } }, 5),
    ],
    messages: () => [{ status: 'SENT' }, { status: 'READ' }, { status: 'RECEIVED' }],
  },
  {
    name: 'a delivery without ids, by its watermark',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      echo(row, 9, 'f'),
      from(row, { delivery: { watermark: row.at(5) } }, 10),
    ],
    messages: () => [{ status: 'SENT' }, { status: 'DELIVERED' }, { status: 'RECEIVED' }],
  },
  {
    name: 'a delivery and a read that come before their message',
    deliveries: (row) => [
      text(row),
      from(row, { delivery: { mids: [row.id('e')], watermark: row.at(5) } }, 5),
      echo(row, 1),
      from(row, { read: { watermark: row.at(9) } }, 9),
      echo(row, 2, 'f'),
    ],
    messages: () => [{ status: 'READ' }, { status: 'READ' }, {}],
  },
  {
    name: 'a reaction of the customer',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      from(row, { reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: row.id('e') } }, 2),
    ],
    messages: () => [{ reactions: [{ emoji: '❤️', by: 'CONTACT' }] }, { reactions: [] }],
  },
  {
    name: 'a reaction that changes, and one that is taken back',
    deliveries: (row) => [
      echo(row),
      echo(row, 1, 'f'),
      from(row, { reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: row.id('e') } }, 2),
      from(row, { reaction: { reaction: 'wow', emoji: '😮', action: 'react', mid: row.id('e') } }, 3),
      from(row, { reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: row.id('f') } }, 4),
      from(row, { reaction: { action: 'unreact', mid: row.id('f') } }, 5),
    ],
    messages: () => [{ reactions: [] }, { reactions: [{ emoji: '😮', by: 'CONTACT' }] }],
    more: (thread) => expect(thread.messages.nodes[0]?.reactions).toEqual([]),
  },
  {
    name: 'a reaction without an emoji, by its name',
    deliveries: (row) => [
      echo(row),
      from(row, { reaction: { reaction: 'like', action: 'react', mid: row.id('e') } }, 2),
    ],
    messages: () => [{ reactions: [{ emoji: '👍', by: 'CONTACT' }] }],
  },
  {
    name: 'a reaction that comes before its message',
    deliveries: (row) => [
      from(row, { reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: row.id('e') } }, 2),
      echo(row, 1),
    ],
    messages: () => [{ reactions: [{ emoji: '❤️', by: 'CONTACT' }] }],
  },
  {
    name: 'a reaction that was taken back before its message came',
    deliveries: (row) => [
      from(row, { reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: row.id('e') } }, 2),
      from(row, { reaction: { action: 'unreact', mid: row.id('e') } }, 3),
      echo(row, 1),
    ],
    messages: () => [{ reactions: [] }],
    more: (thread) => expect(thread.messages.nodes[0]?.reactions).toEqual([]),
  },
  {
    name: 'an edit',
    deliveries: (row) => [
      text(row),
      from(row, { message_edit: { mid: row.id('m'), text: 'better words', num_edit: '1' } }, 5),
    ],
    messages: (row) => [{ text: 'better words', editedAt: iso(row.at(5)), sentAt: iso(row.at()) }],
    thread: () => ({ unreadCount: 1 }),
  },
  {
    name: 'edits out of order: the last one written stays',
    deliveries: (row) => [
      text(row),
      from(row, { message_edit: { mid: row.id('m'), text: 'second', num_edit: 2 } }, 6),
      from(row, { message_edit: { mid: row.id('m'), text: 'first', num_edit: 1 } }, 5),
    ],
    messages: () => [{ text: 'second' }],
  },
  {
    name: 'an edit that comes before its message',
    deliveries: (row) => [from(row, { message_edit: { mid: row.id('m'), text: 'edited', num_edit: 1 } }, 6), text(row)],
    messages: () => [{ text: 'edited' }],
  },
  {
    name: 'edit number 0, which changes nothing',
    deliveries: (row) => [text(row), from(row, { message_edit: { mid: row.id('m'), num_edit: 0 } }, 6)],
    messages: () => [{ text: 'words m', editedAt: null }],
  },
  {
    name: 'what comes while another app has the thread',
    deliveries: (row) => [
      pageEvent(
        'page',
        row.account,
        [
          {
            sender: { id: row.customer },
            recipient: { id: row.account },
            timestamp: row.at(),
            message: { mid: row.id('m'), text: 'to the other' },
          },
        ],
        'standby',
      ),
    ],
    messages: () => [{ text: 'to the other', direction: 'INBOUND' }],
  },
  {
    name: 'the same message twice, regrouped: once',
    deliveries: (row) => {
      const item = (name: string, seconds: number) => ({
        sender: { id: row.customer },
        recipient: { id: row.account },
        timestamp: row.at(seconds),
        message: { mid: row.id(name), text: name },
      });
      return [
        pageEvent('page', row.account, [item('a', 1), item('b', 2)]),
        pageEvent('page', row.account, [item('b', 2), item('c', 3)]),
        {
          object: 'page',
          entry: [item('a', 1), item('c', 3)].map((one) => ({ id: row.account, time: 1, messaging: [one] })),
        },
      ];
    },
    messages: () => [{ text: 'c' }, { text: 'b' }, { text: 'a' }],
    thread: () => ({ unreadCount: 3 }),
  },
  {
    name: 'a kind of attachment that nobody knows',
    deliveries: (row) => [
      from(row, { message: { mid: row.id('m'), attachments: [{ type: 'hologram', payload: { id: 7 } }] } }),
    ],
    messages: () => [{ kind: 'UNSUPPORTED', text: null }],
  },
  {
    name: 'a NUL and half a letter, which no database takes',
    deliveries: (row) => [from(row, { message: { mid: row.id('m'), text: 'a\u0000b\ud83dc' } })],
    messages: () => [{ text: expect.stringMatching(/^a.?b.?c$/u) }],
  },
  silent('a control that was passed', {
    pass_thread_control: { previous_owner_app_id: '111', new_owner_app_id: '550000000000001', metadata: '...' },
  }),
  silent('a control that was taken', {
    take_thread_control: { previous_owner_app_id: '550000000000001', new_owner_app_id: '111' },
  }),
  silent('a control that was asked for', { request_thread_control: { requested_owner_app_id: '222' } }),
  silent('roles of apps', { app_roles: { '550000000000001': ['primary_receiver'] } }),
  silent('a policy', { policy_enforcement: { action: 'block', reason: '...' } }),
  silent('an opt-in', { optin: { type: 'notification_messages', payload: 'x' } }),
  silent('feedback', { response_feedback: { feedback: 'Good response', mid: 'm_x' } }),
  silent('a linked account', { account_linking: { status: 'linked', authorization_code: 'x' } }),
  silent('a kind that nobody knows', { telepathy: { mid: 'x' } }),
  silent('a reader of nothing', { read: { watermark: 1790000000000 } }),
  silent('a checkbox’s visitor', { sender: { user_ref: 'abc' }, message: { mid: 'm_ref', text: 'hi' } }),
];

describe('Messenger events show as what they are', () => {
  let story: MetaStory;
  let watch: Watch<FeedEvent>;
  let account: string;
  beforeAll(async () => {
    story = await MetaStory.start();
    const page = story.newPage();
    account = page.pageId;
    await story.connect('messenger', page);
    watch = await story.watch();
  });
  afterAll(() => story.stop());

  it.each(table.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    await playRow(story, watch, row, rowContext(story, account));
  });

  it('the customer’s name comes from their profile', async () => {
    const row = rowContext(story, account);
    story.graph.profiles.set(row.customer, {
      first_name: 'Ayşe',
      last_name: 'Kaya',
      profile_pic: 'https://cdn.example/p.jpg',
    });
    await story.deliver(text(row));
    const deadline = Date.now() + 5_000;
    let thread = await story.threadOf(row.customer);
    while (thread.contact.name === null && Date.now() < deadline) thread = await story.threadOf(row.customer);
    expect(thread.contact.name).toBe('Ayşe Kaya');
  });

  it('left nothing set aside, and told everything in one order', async () => {
    await story.app.drainDeliveries();
    expect((await story.sql.query('select reason from deliveries')).rows).toEqual([]);
    mustIncrease(cursorsOf(watch.events));
  });
});
