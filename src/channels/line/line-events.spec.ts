import type { Customer, InboundEvent } from '../inbound-event.js';
import { sealCall } from '../webhooks/delivery-envelope.js';
import { interpretLineItem } from './line-events.js';
import { splitLineDelivery } from './split-line.js';

const channelId = '0199a3c4-0000-7000-8000-0000000000c2';
const at = 1_790_000_000_000;
const source = { type: 'user', userId: 'U4af4980629' };
const customer: Customer = { addresses: [{ externalId: 'U4af4980629', handle: null }], name: null };

function play(event: object): InboundEvent[] {
  const whole = { timestamp: at, source, mode: 'active', webhookEventId: '01FZ74', ...event };
  const body = Buffer.from(JSON.stringify({ destination: 'U66', events: [whole] }));
  const { items, broken } = splitLineDelivery(sealCall({ channelId, body }));
  expect(broken).toEqual([]);
  expect(items.map(({ account, topic }) => [account, topic])).toEqual([[`channel:${channelId}`, 'messages']]);
  return interpretLineItem(items[0]?.payload, at + 1_000);
}
const said = (message: object) => play({ type: 'message', message: { id: '325708', ...message } });
const plain = {
  type: 'message',
  at,
  from: 'contact',
  externalId: '325708',
  customer,
  kind: 'TEXT',
  text: null,
  attachments: [],
  replyToExternalId: null,
  content: null,
  ourMessageId: null,
  ours: false,
  standby: false,
};
const attachment = (kind: string, mediaId: string | null, name: string | null = null) => ({
  kind,
  attachments: [
    {
      kind,
      name,
      contentType: null,
      source: mediaId === null ? null : { url: null, mediaId, sha256: null },
      link: null,
    },
  ],
});
const provided = { contentProvider: { type: 'line' } };

describe('what a person sends on LINE', () => {
  it.each<[string, object, object]>([
    ['text', { type: 'text', text: 'Hello' }, { text: 'Hello' }],
    ['a reply', { type: 'text', text: 'yes', quotedMessageId: '325700' }, { text: 'yes', replyToExternalId: '325700' }],
    ['a picture', { type: 'image', ...provided }, attachment('IMAGE', '325708')],
    ['a film', { type: 'video', ...provided, duration: 9 }, attachment('VIDEO', '325708')],
    ['a sound', { type: 'audio', ...provided }, attachment('AUDIO', '325708')],
    ['a file', { type: 'file', fileName: 'a.txt', fileSize: 3 }, attachment('FILE', '325708', 'a.txt')],
    [
      'a picture that lies elsewhere',
      { type: 'image', contentProvider: { type: 'external' } },
      attachment('IMAGE', null),
    ],
    ['a sticker', { type: 'sticker', packageId: '1', stickerId: '1' }, attachment('STICKER', null)],
    [
      'a place',
      { type: 'location', title: 'Shop', address: 'Tokyo', latitude: 35.6, longitude: 139.7 },
      { kind: 'LOCATION', content: { location: { latitude: 35.6, longitude: 139.7, name: 'Shop', address: 'Tokyo' } } },
    ],
    ['something new', { type: 'hologram' }, { kind: 'UNSUPPORTED', content: { unsupported: 'hologram' } }],
  ])('is understood: %s', (_, message, expected) => {
    expect(said(message)).toEqual([{ ...plain, ...expected }]);
  });

  it('is the press of a button, a message taken back, or that they blocked the account', () => {
    expect(play({ type: 'postback', postback: { data: 'yes' } })).toEqual([
      {
        ...plain,
        externalId: 'event:01FZ74',
        kind: 'POSTBACK',
        content: { postback: { title: null, payload: 'yes' } },
      },
    ]);
    expect(play({ type: 'unsend', unsend: { messageId: '325708' } })).toEqual([
      { type: 'unsend', at, messageExternalId: '325708' },
    ]);
    expect(play({ type: 'unfollow' })).toEqual([{ type: 'reach', at, customer, reachable: false }]);
    expect(play({ type: 'follow' })).toEqual([{ type: 'reach', at, customer, reachable: true }]);
  });

  it('is nothing that is kept, in a group', () => {
    const group = { type: 'group', groupId: 'C1', userId: 'U1' };
    expect(
      play({ type: 'message', source: group, message: { id: '1', type: 'text', text: 'words of others' } }),
    ).toEqual([{ type: 'ignored', at, what: 'source:group' }]);
  });

  it('is refused by itself where it cannot be read', () => {
    for (const message of [
      { type: 'text', id: [] },
      { type: 'text', text: 7 },
      { type: 'location', latitude: 91, longitude: 0 },
    ])
      expect(() => said(message)).toThrow(/ is not /);
    expect(() => play({ type: 'message', message: 'x' })).toThrow(/ is not /);
  });

  it('is none at all where LINE tries the address', () => {
    const stored = sealCall({ channelId, body: Buffer.from('{"destination":"U66","events":[]}') });
    expect(splitLineDelivery(stored)).toEqual({ items: [], broken: [], unknown: [] });
  });
});
