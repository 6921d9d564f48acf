import { ChannelKind } from '../enums.js';
import { interpretPageItem } from './page-events.js';
import { UnreadableItem } from '../wire/reading.js';
import { splitMetaDelivery } from './split-delivery.js';
import { interpretWhatsAppItem } from './whatsapp-events.js';

const split = (value: unknown) => splitMetaDelivery(Buffer.from(JSON.stringify(value)));

describe('whatever arrives', () => {
  // A small generator with a seed: what fails once fails again.
  let state = 42;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  const names = [
    'id',
    'time',
    'messaging',
    'standby',
    'changes',
    'field',
    'value',
    'metadata',
    'phone_number_id',
    'contacts',
    'messages',
    'statuses',
    'errors',
    'sender',
    'recipient',
    'message',
    'mid',
    'text',
    'attachments',
    'payload',
    'url',
    'type',
    'reply_to',
    'story',
    'reaction',
    'read',
    'delivery',
    'mids',
    'watermark',
    'postback',
    'referral',
    'message_edit',
    'from',
    'timestamp',
    'interactive',
    'button',
    'order',
    'system',
    'location',
    'image',
    'context',
    'status',
    'profile',
    'name',
    '__proto__',
    'constructor',
    'toString',
    'valueOf',
  ];
  const words = [
    'page',
    'instagram',
    'messages',
    'leadgen',
    'text',
    'image',
    'system',
    'order',
    'interactive',
    'failed',
    'a\u0000b',
    '\ud800',
    '',
    '12345678901234567890',
    'https://x.example',
  ];
  const anything = (depth: number): unknown => {
    const kind = random(depth > 6 ? 5 : 9);
    if (kind === 0) return null;
    if (kind === 1) return random(2) === 0;
    if (kind === 2) return [0, -1, 1e308, 1_790_000_000, 9_007_199_254_740_991][random(5)];
    if (kind <= 4) return words[random(words.length)];
    if (kind === 5) return Array.from({ length: random(4) }, () => anything(depth + 1));
    return Object.fromEntries(
      Array.from({ length: random(6) }, () => [names[random(names.length)], anything(depth + 1)]),
    );
  };

  const real = [
    {
      object: 'page',
      entry: [
        {
          id: '9',
          time: 1,
          messaging: [
            {
              sender: { id: '7' },
              recipient: { id: '9' },
              timestamp: 1,
              message: {
                mid: 'a',
                text: 'x',
                attachments: [{ type: 'image', payload: { url: 'https://x.example' } }],
                reply_to: { story: { url: 'https://x.example' } },
              },
            },
            { sender: { id: '7' }, delivery: { mids: ['a'], watermark: 5 } },
            { sender: { id: '7' }, reaction: { mid: 'a', action: 'react' } },
          ],
        },
      ],
    },
    {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '77',
          changes: [
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: '66' },
                contacts: [{ wa_id: '9', profile: { name: 'A' } }],
                messages: [
                  {
                    from: '9',
                    id: 'a',
                    timestamp: '1',
                    type: 'interactive',
                    interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'b' } },
                  },
                  { from: '9', id: 'c', type: 'order', order: { product_items: [{ quantity: 1 }] } },
                ],
                statuses: [{ id: 'x', status: 'failed', errors: [{ code: 1 }] }],
              },
            },
          ],
        },
      ],
    },
  ];
  const mutated = (value: unknown): unknown => {
    if (random(14) === 0) return anything(4);
    if (Array.isArray(value)) return value.map(mutated);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value)
          .filter(() => random(20) > 0)
          .map(([key, item]) => [key, mutated(item)]),
      );
    return value;
  };

  it('throws nothing while it is cut, and nothing but the item’s own error while it is read', () => {
    let read = 0;
    let refused = 0;
    for (let round = 0; round < 6_000; round += 1) {
      const value =
        round % 2 === 0
          ? mutated(real[random(2)])
          : {
              object: ['page', 'instagram', 'whatsapp_business_account'][random(3)],
              entry: [anything(0), mutated(real[random(2)]!.entry[0])],
            };
      for (const item of split(value).items) {
        try {
          const events =
            item.kind === ChannelKind.WHATSAPP
              ? interpretWhatsAppItem(item.payload, 1_000)
              : interpretPageItem(item.payload, 1_000, '1');
          for (const event of events) expect(Number.isSafeInteger(event.at)).toBe(true);
          expect(JSON.stringify(events).isWellFormed()).toBe(true);
          read += 1;
        } catch (error) {
          if (!(error instanceof UnreadableItem)) throw error;
          refused += 1;
        }
      }
    }
    expect(read).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(500);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
