import { interpretPageItem } from './page-events.js';
import { splitMetaDelivery } from './split-delivery.js';

const split = (value: unknown) =>
  splitMetaDelivery(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
const message = (mid: string) => ({
  sender: { id: '7' },
  recipient: { id: '9' },
  timestamp: 1,
  message: { mid, text: 'x' },
});
const whatsapp = (phone_number_id: string, ...ids: string[]) => ({
  field: 'messages',
  value: {
    metadata: { phone_number_id },
    messages: ids.map((id) => ({
      id,
      from: '905550000099',
      timestamp: '1790000000',
      type: 'text',
      text: { body: 'x' },
    })),
  },
});

describe('cutting a delivery into items', () => {
  it('takes every item of every entry, each for its own account', () => {
    const { items, broken, unknown } = split({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '77',
          changes: [whatsapp('66', 'a', 'b'), whatsapp('67', 'c'), { field: 'account_update', value: { event: 'X' } }],
        },
        { id: '78', changes: [whatsapp('68', 'd')] },
      ],
    });
    expect(items.map(({ account, topic }) => `${account} ${topic}`)).toEqual([
      'whatsapp:66 messages',
      'whatsapp:66 messages',
      'whatsapp:67 messages',
      'waba:77 account',
      'whatsapp:68 messages',
    ]);
    expect(broken).toEqual([]);
    expect(unknown).toEqual([]);
  });

  it('tells lead ads and posts from messages', () => {
    const changes = [
      { field: 'leadgen', value: { leadgen_id: 120000000000001, page_id: 9 } },
      { field: 'feed', value: {} },
      { field: 'messages', value: message('a') },
    ];
    expect(
      split({ object: 'page', entry: [{ id: 900000000000001, time: 1, changes }] }).items.map(
        ({ account, topic }) => `${account} ${topic}`,
      ),
    ).toEqual(['page:900000000000001 leadgen', 'page:900000000000001 other', 'page:900000000000001 messages']);
  });

  it('never routes WhatsApp messages by anything but the number’s id [promise 8]', () => {
    const value = { metadata: { display_phone_number: '660000000000001' }, messages: [{ id: 'a' }] };
    const { items } = split({
      object: 'whatsapp_business_account',
      entry: [{ id: '660000000000001', changes: [{ field: 'messages', value }] }],
    });
    expect(items.map((item) => item.account)).toEqual(['waba:660000000000001']);
  });

  it('puts each item into an envelope that gives the same item when it is cut again', () => {
    for (const body of [
      {
        object: 'page',
        entry: [{ id: '9', time: 5, messaging: [message('a'), message('b')], standby: [message('c')] }],
      },
      { object: 'whatsapp_business_account', entry: [{ id: '77', changes: [whatsapp('66', 'a', 'b')] }] },
    ]) {
      const { items } = split(body);
      expect(items.length).toBeGreaterThan(1);
      for (const item of items) expect(split(item.payload).items).toEqual([JSON.parse(JSON.stringify(item))]);
    }
  });

  it('sets one bad entry aside, in the platform’s form, and goes on with the others', () => {
    const { items, broken } = split({
      object: 'page',
      entry: [
        7,
        { id: '9', messaging: [message('a'), 'nonsense', message('b')] },
        { messaging: [message('c')] },
        { id: '9', messaging: 'x' },
        { id: '9', messaging: [message('d')] },
      ],
    });
    expect(items).toHaveLength(3);
    expect(broken.map(({ account, reason }) => [account, reason])).toEqual([
      [null, 'entry is not an object'],
      ['page:9', 'messaging is not a list of objects'],
      [null, 'id is not an id'],
      ['page:9', 'messaging is not a list'],
    ]);
    expect(JSON.parse(broken[1]!.body.toString())).toEqual({
      object: 'page',
      entry: [{ id: '9', messaging: ['nonsense'] }],
    });
  });

  it('sets one bad change of WhatsApp aside and goes on', () => {
    const { items, broken } = split({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '77',
          changes: [
            { field: 'messages', value: 7 },
            {
              field: 'messages',
              value: { metadata: { phone_number_id: '66' }, messages: 'x', contacts: { toString: 1 } },
            },
            whatsapp('66', 'a'),
          ],
        },
      ],
    });
    expect(items).toHaveLength(1);
    expect(broken.map(({ account, reason }) => [account, reason])).toEqual([
      [null, 'value is not an object'],
      ['whatsapp:66', 'messages is not a list'],
    ]);
  });

  it('counts an object that nobody knows, and keeps a body that is no JSON for a person to look at', () => {
    expect(split({ object: 'threads', entry: [] })).toEqual({ items: [], broken: [], unknown: ['object:threads'] });
    expect(split({ object: { evil: 1 } }).unknown).toEqual(['object:unknown']);
    expect(split('{"object":').broken).toEqual([
      { account: null, reason: 'it is not JSON', body: Buffer.from('{"object":') },
    ]);
    expect(split('[]').broken[0]?.reason).toBe('it is not an object');
    expect(split({ object: 'page' }).broken[0]?.reason).toBe('entry is not a list');
  });

  it('makes nothing of more than five thousand items, wherever they stand', () => {
    const messaging = Array.from({ length: 2_500 }, () => ({}));
    const entry = { id: '1', messaging };
    const changes = Array.from({ length: 50 }, () => ({
      field: 'messages',
      value: { messages: messaging.slice(0, 99) },
    }));
    const reason = 'it has more than 5000 items';
    for (const body of [
      { object: 'page', entry: [entry, { ...entry, standby: messaging.slice(0, 2) }] },
      { object: 'instagram', entry: Array.from({ length: 5_001 }, () => 0) },
      { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [...changes, {}] }] },
    ])
      expect(split(body)).toMatchObject({ items: [], broken: [{ account: null, reason }], unknown: [] });
    expect(
      split({ object: 'page', entry: [entry, { ...entry, messaging: messaging.slice(0, 2_498) }] }).items,
    ).toHaveLength(4_998);
  });

  it('keeps ids beyond 2^53 to the digit', () => {
    const { items } = split(
      '{"object":"instagram","entry":[{"id":17841400000000000000001,"messaging":[{"sender":{"id":98765432109876543210},"message":{"mid":"m","text":"12345678901234567890"}}]}]}',
    );
    expect(items[0]?.account).toBe('instagram:17841400000000000000001');
    expect(interpretPageItem(items[0]?.payload, 1_000, '1')).toMatchObject([
      { text: '12345678901234567890', customer: { addresses: [{ externalId: '98765432109876543210' }] } },
    ]);
  });
});
