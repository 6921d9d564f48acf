import { createHash } from 'node:crypto';
import type { Watch } from '../support/client.js';
import { type Row, type RowContext, files, mustServe, numericIds, playRow, rowContext } from './event-table.js';
import { type FeedEvent, type Json, MetaStory, cursorsOf, metaId, mustIncrease, whatsAppEvent } from './meta-story.js';

const iso = (ms: number) => new Date(ms).toISOString();
const seconds = (ms: number) => String(ms / 1000);
const waba = metaId('77');
/** The person's business-scoped id. */
const userId = (row: RowContext) => `TR.${row.customer}`;
const contact = (row: RowContext) => ({ profile: { name: 'Ayse' }, wa_id: row.customer, user_id: userId(row) });

const from = (row: RowContext, part: Json, at = 0, name = 'm'): Json =>
  whatsAppEvent(waba, row.account, {
    contacts: [contact(row)],
    messages: [
      {
        from: row.customer,
        from_user_id: userId(row),
        id: row.id(`wamid.${name}`),
        timestamp: seconds(row.at(at)),
        ...part,
      },
    ],
  });
const text = (row: RowContext, at = 0, name = 'm') =>
  from(row, { type: 'text', text: { body: `words ${name}` } }, at, name);
/** What the business wrote in its own app. */
const echo = (row: RowContext, at = 0, name = 'e', part: Json = { type: 'text', text: { body: 'Buyurun' } }): Json =>
  whatsAppEvent(
    waba,
    row.account,
    {
      message_echoes: [
        {
          from: '905550000001',
          to: row.customer,
          id: row.id(`wamid.${name}`),
          timestamp: seconds(row.at(at)),
          ...part,
        },
      ],
    },
    'smb_message_echoes',
  );
const status = (row: RowContext, state: string, at = 5, name = 'e', more: Json = {}): Json =>
  whatsAppEvent(waba, row.account, {
    statuses: [
      {
        id: row.id(`wamid.${name}`),
        status: state,
        timestamp: seconds(row.at(at)),
        recipient_id: row.customer,
        ...more,
      },
    ],
  });
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');

const media = (type: string, bytes: Buffer, mime: string, kind: string, more: Json = {}, shown: Json = {}): Row => ({
  name: `${type}, which is fetched with the token and served by a link that ends`,
  deliveries: (row) => [
    from(row, { type, [type]: { mime_type: mime, sha256: digest(bytes), id: row.media(bytes, mime), ...more } }),
  ],
  messages: () => [
    { kind, direction: 'INBOUND', text: more['caption'] ?? null, attachments: [{ kind, status: 'READY', ...shown }] },
  ],
  more: async (thread) => void (await mustServe(thread.messages.nodes[0], bytes)),
});
const pressed = (name: string, part: Json, title: string, payload: unknown): Row => ({
  name,
  deliveries: (row) => [from(row, part)],
  messages: () => [{ kind: 'POSTBACK', text: title, postback: { title, payload } }],
});
const silent = (name: string, value: (row: RowContext) => Json, field = 'messages'): Row => ({
  name: `${name}: no message, no thread`,
  deliveries: (row) => [whatsAppEvent(waba, row.account, value(row), field)],
  messages: () => [],
  thread: null,
});

const table: Row[] = [
  {
    name: 'words, with the name and both ids of the person',
    deliveries: (row) => [from(row, { type: 'text', text: { body: 'merhaba ğüşıöç 🎁 a/b' } })],
    messages: (row) => [
      {
        text: 'merhaba ğüşıöç 🎁 a/b',
        kind: 'TEXT',
        direction: 'INBOUND',
        author: 'CONTACT',
        status: 'RECEIVED',
        sentAt: iso(row.at()),
      },
    ],
    thread: (row) => ({
      unreadCount: 1,
      contact: { name: 'Ayse' },
      messagingWindow: { open: true, closesAt: iso(row.at(86_400)), humanAgentUntil: null },
    }),
    more: (thread, row) => {
      expect(thread.contact.identities.map(({ externalId }) => externalId).sort()).toEqual(
        [row.customer, userId(row)].sort(),
      );
      expect(new Set(thread.contact.identities.map(({ kind }) => kind))).toEqual(new Set(['WHATSAPP']));
    },
  },
  {
    name: 'ids that are numbers and larger than 2^53',
    deliveries: (row) => [numericIds(text(row))],
    messages: () => [{ text: 'words m' }],
  },
  {
    name: 'somebody with a user name and no number',
    deliveries: (row) => [
      whatsAppEvent(waba, row.account, {
        contacts: [{ profile: { name: 'Lina', username: 'lina.h' }, user_id: row.customer }],
        messages: [
          {
            from_user_id: row.customer,
            id: row.id('wamid.m'),
            timestamp: seconds(row.at()),
            type: 'text',
            text: { body: 'hi' },
          },
        ],
      }),
    ],
    messages: () => [{ text: 'hi' }],
    thread: (row) => ({
      contact: {
        name: 'Lina',
        phones: [],
        identities: [{ kind: 'WHATSAPP', externalId: row.customer, handle: '@lina.h' }],
      },
    }),
  },
  {
    name: 'the same person with and without the number: one thread',
    deliveries: (row) => [
      text(row),
      whatsAppEvent(waba, row.account, {
        contacts: [{ profile: { name: 'Ayse' }, user_id: userId(row) }],
        messages: [
          {
            from_user_id: userId(row),
            id: row.id('wamid.n'),
            timestamp: seconds(row.at(5)),
            type: 'text',
            text: { body: 'again' },
          },
        ],
      }),
    ],
    messages: () => [{ text: 'again' }, { text: 'words m' }],
  },
  {
    name: 'a new business-scoped id, told by its own field',
    deliveries: (row) => [
      text(row),
      {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: waba,
            changes: [
              {
                field: 'user_id_update',
                value: {
                  messaging_product: 'whatsapp',
                  metadata: { phone_number_id: row.account },
                  user_id_update: [
                    {
                      wa_id: row.customer,
                      detail: 'x',
                      user_id: { previous: userId(row), current: `${userId(row)}NEW` },
                      timestamp: seconds(row.at(1)),
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
      whatsAppEvent(waba, row.account, {
        contacts: [{ profile: { name: 'Ayse' }, user_id: `${userId(row)}NEW` }],
        messages: [
          {
            from_user_id: `${userId(row)}NEW`,
            id: row.id('wamid.n'),
            timestamp: seconds(row.at(5)),
            type: 'text',
            text: { body: 'still me' },
          },
        ],
      }),
    ],
    messages: () => [{ text: 'still me' }, { text: 'words m' }],
  },
  {
    name: 'a new number, told by the system: the same thread goes on',
    deliveries: (row) => [
      text(row),
      whatsAppEvent(waba, row.account, {
        messages: [
          {
            from: row.customer,
            id: row.id('wamid.s'),
            timestamp: seconds(row.at(1)),
            type: 'system',
            system: { body: 'User A changed', wa_id: `${row.customer}7`, type: 'user_changed_number' },
          },
        ],
      }),
      whatsAppEvent(waba, row.account, {
        contacts: [{ profile: { name: 'Ayse' }, wa_id: `${row.customer}7` }],
        messages: [
          {
            from: `${row.customer}7`,
            id: row.id('wamid.n'),
            timestamp: seconds(row.at(5)),
            type: 'text',
            text: { body: 'new phone' },
          },
        ],
      }),
    ],
    messages: () => [{ text: 'new phone' }, { text: 'words m' }],
  },
  media('image', files.png, 'image/png', 'IMAGE', { caption: 'look' }),
  media('audio', files.ogg, 'audio/ogg; codecs=opus', 'AUDIO', { voice: true }),
  media('video', files.mp4, 'video/mp4', 'VIDEO', { caption: 'c' }),
  media('document', files.pdf, 'application/pdf', 'FILE', { filename: 'invoice.pdf' }, { name: 'invoice.pdf' }),
  media('sticker', files.webp, 'image/webp', 'STICKER', { animated: false }),
  {
    name: 'a file that is not the one that was announced',
    deliveries: (row) => [
      from(row, {
        type: 'image',
        image: { mime_type: 'image/png', sha256: digest(files.pdf), id: row.media(files.png, 'image/png') },
      }),
    ],
    messages: () => [{ kind: 'IMAGE', attachments: [{ status: 'REFUSED', url: null }] }],
  },
  {
    name: 'a place',
    deliveries: (row) => [
      from(row, {
        type: 'location',
        location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1', url: 'https://example.com' },
      }),
    ],
    messages: () => [
      { kind: 'LOCATION', location: { latitude: 41.01, longitude: 28.97, name: 'Shop', address: 'Street 1' } },
    ],
  },
  {
    name: 'cards of people',
    deliveries: (row) => [
      from(row, {
        type: 'contacts',
        contacts: [
          {
            name: { first_name: 'Ali', formatted_name: 'Ali K' },
            org: { company: 'X' },
            phones: [{ phone: '+90 555 000 00 88', wa_id: '905550000088', type: 'CELL' }],
            emails: [{ email: 'ali@example.com' }],
          },
        ],
      }),
    ],
    messages: () => [
      {
        kind: 'CONTACTS',
        contactCards: [{ name: 'Ali K', phones: ['+90 555 000 00 88'], emails: ['ali@example.com'] }],
      },
    ],
  },
  pressed(
    'a button',
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'yes-1', title: 'Yes' } } },
    'Yes',
    'yes-1',
  ),
  pressed(
    'a row of a list',
    {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'row-1', title: 'Size M', description: 'in stock' } },
    },
    'Size M',
    'row-1',
  ),
  pressed(
    'a flow, its answer as text',
    {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"M"}' } },
    },
    'Sent',
    '{"size":"M"}',
  ),
  pressed(
    'a flow, its answer as an object',
    {
      type: 'interactive',
      interactive: { type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: { size: 'M' } } },
    },
    'Sent',
    '{"size":"M"}',
  ),
  pressed(
    'a button of a template',
    { type: 'button', context: { from: '905550000001', id: 'wamid.tmpl' }, button: { payload: 'STOP', text: 'Stop' } },
    'Stop',
    'STOP',
  ),
  {
    name: 'an order, line by line',
    deliveries: (row) => [
      from(row, {
        type: 'order',
        order: {
          catalog_id: '4400000000001',
          text: 'note',
          product_items: [{ product_retailer_id: 'SKU1', quantity: 2, item_price: 99.9, currency: 'TRY' }],
        },
      }),
    ],
    messages: () => [{ text: expect.stringMatching(/note[^]*2[^]*SKU1[^]*99\.9[^]*TRY/) }],
  },
  {
    name: 'a kind that the platform does not hand out',
    deliveries: (row) => [
      from(row, { type: 'unsupported', errors: [{ code: 131051, title: 'Message type unknown' }] }),
    ],
    messages: () => [{ kind: 'UNSUPPORTED', text: null }],
  },
  {
    name: 'a kind that nobody knows yet',
    deliveries: (row) => [from(row, { type: 'hologram', hologram: { id: 1 } })],
    messages: () => [{ kind: 'UNSUPPORTED', text: null }],
  },
  {
    name: 'a reply to a message',
    deliveries: (row) => [
      text(row),
      from(
        row,
        { type: 'text', text: { body: 'this' }, context: { from: '905550000001', id: row.id('wamid.m') } },
        2,
        'r',
      ),
    ],
    messages: () => [{ text: 'this', replyTo: { text: 'words m' } }, {}],
  },
  {
    name: 'the ad that was answered',
    deliveries: (row) => [
      from(row, {
        type: 'text',
        text: { body: 'hi' },
        referral: {
          source_url: 'https://fb.me/x',
          source_id: '6000000000001',
          source_type: 'ad',
          headline: 'Summer',
          ctwa_clid: 'clid1',
        },
      }),
    ],
    messages: () => [
      {
        text: 'hi',
        referral: {
          source: expect.stringMatching(/^ad$/i),
          adId: '6000000000001',
          ref: 'clid1',
          url: 'https://fb.me/x',
        },
      },
    ],
  },
  {
    name: 'a product that was asked about',
    deliveries: (row) => [
      from(row, {
        type: 'text',
        text: { body: 'price?' },
        context: { referred_product: { catalog_id: '44', product_retailer_id: 'SKU9' } },
      }),
    ],
    messages: () => [{ text: 'price?', referral: { ref: 'SKU9' } }],
  },
  {
    name: 'a reaction, its change, and its end without an emoji',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      echo(row, 2, 'f'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.e'), emoji: '👍' } }, 3, 'r1'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.e'), emoji: '❤️' } }, 4, 'r2'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.f'), emoji: '👍' } }, 5, 'r3'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.f') } }, 6, 'r4'),
    ],
    messages: () => [{}, { reactions: [{ emoji: '❤️', by: 'CONTACT' }] }, {}],
    more: (thread) => expect(thread.messages.nodes.map(({ reactions }) => reactions.length)).toEqual([0, 1, 0]),
  },
  {
    name: 'a reaction before its message, taken back by an empty emoji',
    deliveries: (row) => [
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.e'), emoji: '👍' } }, 3, 'r1'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.f'), emoji: '👍' } }, 3, 'r2'),
      from(row, { type: 'reaction', reaction: { message_id: row.id('wamid.f'), emoji: '' } }, 4, 'r3'),
      text(row),
      echo(row, 1),
      echo(row, 2, 'f'),
    ],
    messages: () => [{}, { reactions: [{ emoji: '👍', by: 'CONTACT' }] }, {}],
    more: (thread) => expect(thread.messages.nodes.map(({ reactions }) => reactions.length)).toEqual([0, 1, 0]),
  },
  {
    name: 'what the business wrote in its app, delivered and read',
    deliveries: (row) => [text(row), echo(row, 1), status(row, 'delivered', 2), status(row, 'read', 3)],
    messages: () => [{ direction: 'OUTBOUND', text: 'Buyurun', status: 'READ', member: null }, {}],
  },
  {
    name: 'statuses out of order: read stays read',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      status(row, 'read', 4),
      status(row, 'delivered', 3),
      status(row, 'sent', 2),
    ],
    messages: () => [{ status: 'READ' }, {}],
  },
  {
    name: 'statuses before their message',
    deliveries: (row) => [text(row), status(row, 'delivered', 3), status(row, 'sent', 2), echo(row, 1)],
    messages: () => [{ status: 'DELIVERED' }, {}],
  },
  {
    name: 'a voice that was played, which was read',
    deliveries: (row) => [text(row), echo(row, 1), status(row, 'played', 3)],
    messages: () => [{ status: 'READ' }, {}],
  },
  {
    name: 'a failure that comes later, with words a person can act on',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      status(row, 'failed', 2, 'e', {
        errors: [
          {
            code: 131047,
            title: 'Re-engagement message',
            message: 'Re-engagement message',
            error_data: { details: '...' },
          },
        ],
      }),
    ],
    messages: () => [{ status: 'FAILED', error: expect.stringMatching(/24 hours/) }, {}],
  },
  {
    name: 'what the business took back and edited in its app',
    deliveries: (row) => [
      text(row),
      echo(row, 1),
      echo(row, 2, 'f'),
      echo(row, 3, 'x', { type: 'revoke', revoke: { original_message_id: row.id('wamid.e') } }),
      echo(row, 4, 'y', {
        type: 'edit',
        edit: { original_message_id: row.id('wamid.f'), message: { type: 'text', text: { body: 'better' } } },
      }),
    ],
    messages: () => [
      { text: 'better', editedAt: expect.any(String) },
      { text: null, deletedAt: expect.any(String) },
      {},
    ],
  },
  {
    name: 'several messages of one second, in the order in which they came',
    deliveries: (row) => [
      whatsAppEvent(waba, row.account, {
        contacts: [contact(row)],
        messages: ['one', 'two', 'three'].map((body) => ({
          from: row.customer,
          id: row.id(body),
          timestamp: seconds(row.at()),
          type: 'text',
          text: { body },
        })),
      }),
    ],
    messages: () => [{ text: 'three' }, { text: 'two' }, { text: 'one' }],
    thread: () => ({ unreadCount: 3 }),
  },
  silent('an error of the platform', () => ({ errors: [{ code: 131000, title: 'Something went wrong' }] })),
  silent(
    'a preference',
    (row) => ({
      user_preferences: [
        {
          wa_id: row.customer,
          user_id: userId(row),
          category: 'marketing_messages',
          value: 'stop',
          timestamp: seconds(row.at()),
        },
      ],
    }),
    'user_preferences',
  ),
  silent('a change of the account', () => ({ event: 'VERIFIED_ACCOUNT' }), 'account_update'),
  silent(
    'a state of a template',
    () => ({ event: 'APPROVED', message_template_id: 1 }),
    'message_template_status_update',
  ),
  silent(
    'the quality of the number',
    () => ({ event: 'FLAGGED', current_limit: 'TIER_1K' }),
    'phone_number_quality_update',
  ),
  silent('a field that nobody knows', () => ({ anything: [1] }), 'telepathy'),
  {
    name: 'a message to another number of the account: refused, as it is nobody’s',
    deliveries: (row) => [text({ ...row, account: '66999999999999999' })],
    messages: () => [],
    thread: null,
  },
];

describe('WhatsApp events show as what they are', () => {
  let story: MetaStory;
  let watch: Watch<FeedEvent>;
  let account: string;
  beforeAll(async () => {
    story = await MetaStory.start();
    account = metaId('66');
    story.graph.whatsApp(waba, account, '+90 555 000 00 01');
    const accessToken = story.graph.token('EAASOURS', [waba, account], { type: 'SYSTEM_USER' });
    await story.connect('whatsApp', { wabaId: waba, phoneNumberId: account, accessToken });
    watch = await story.watch();
  });
  afterAll(() => story.stop());

  it.each(table.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    await playRow(story, watch, row, rowContext(story, account, '90555', 12));
  });

  it('keep who wrote, their name, their words and the details that they shared, and nothing of others [promise 9]', async () => {
    const row = rowContext(story, account, '90556', 13);
    const shared = {
      name: { formatted_name: 'Ali K' },
      phones: [{ phone: '+90 555 000 00 88' }],
      emails: [{ email: 'ali@example.com' }],
    };
    await story.deliver(text(row));
    await story.deliver(from(row, { type: 'contacts', contacts: [shared] }, 1, 'c'));
    await story.app.drainDeliveries();
    const { conversations } = await story.client.ask<{ conversations: { nodes: Json[] } }>(
      `{ conversations(first: 100) { nodes { contact { name identities { externalId } }
         messages(first: 10) { nodes { text contactCards { name phones emails } } } } } }`,
    );
    const people = conversations.nodes.map(
      (node) =>
        node as { contact: { name: string; identities: { externalId: string }[] }; messages: { nodes: Json[] } },
    );
    const idsOf = (one: (typeof people)[number]) => one.contact.identities.map(({ externalId }) => externalId).sort();
    const [found, ...others] = people.filter((one) => idsOf(one).includes(row.customer));
    expect(others).toEqual([]);
    expect(found && [found.contact.name, idsOf(found)]).toEqual(['Ayse', [row.customer, userId(row)].sort()]);
    expect(found?.messages.nodes.map(({ text: words }) => words)).toContain('words m');
    expect(found?.messages.nodes.flatMap(({ contactCards }) => contactCards)).toEqual([
      { name: 'Ali K', phones: ['+90 555 000 00 88'], emails: ['ali@example.com'] },
    ]);
    // Whoever was only mentioned is nobody here.
    const { rows } = await story.sql.query(`select 1 from contacts where name = 'Ali K'`);
    expect(rows).toEqual([]);
  });

  it('left nothing set aside, and told everything in one order', async () => {
    await story.app.drainDeliveries();
    expect((await story.sql.query('select reason from deliveries')).rows).toEqual([]);
    mustIncrease(cursorsOf(watch.events));
  });
});
