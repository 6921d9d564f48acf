import { ChannelsUnderTest, app } from '../../test/support/channels.js';
import { type GraphReply, graphError } from '../../test/support/fake-graph.js';
import { Deliveries } from '../platform/deliveries/index.js';
import type { ChannelDefinition, OpenChannel, OutgoingMessage, SendOutcome } from './channel-adapter.js';
import { ChannelDefinitions } from './channel-definitions.js';
import { graphErrorRules } from './meta/graph-errors.js';
import { splitMetaDelivery } from './meta/split-delivery.js';
import { appSecretProof } from './meta/signature.js';

/** What the suite must be told of a kind: how its platform names things. Every definition has to stand here. */
interface Sample {
  readonly settings: Record<string, unknown>;
  readonly account: string;
  readonly sendPath: string;
  readonly accepted: GraphReply;
  readonly delivery: (ids: readonly string[]) => { object: string; entry: object[] };
  readonly unknown: object;
}

const customer = '905550000099';
const messaging = (object: string, id: string): Pick<Sample, 'delivery' | 'unknown'> => ({
  delivery: (ids) => ({
    object,
    entry: ids.map((mid) => ({
      id,
      time: 1,
      messaging: [{ sender: { id: customer }, recipient: { id }, timestamp: 1, message: { mid, text: 'x' } }],
    })),
  }),
  unknown: {
    object,
    entry: [{ id, time: 1, messaging: [{ sender: { id: customer }, recipient: { id }, timestamp: 1, hologram: {} }] }],
  },
});
const accepted = { body: { recipient_id: customer, message_id: 'm_B1' } };

const samples: Record<string, Sample> = {
  MESSENGER: { settings: {}, account: 'page:66', sendPath: '66/messages', accepted, ...messaging('page', '66') },
  INSTAGRAM: {
    settings: { instagram: true, pageId: '900' },
    account: 'instagram:66',
    sendPath: '900/messages',
    accepted,
    ...messaging('instagram', '66'),
  },
  WHATSAPP: {
    settings: { wabaId: '77' },
    account: 'whatsapp:66',
    sendPath: '66/messages',
    accepted: {
      body: {
        messaging_product: 'whatsapp',
        contacts: [{ input: customer, wa_id: customer }],
        messages: [{ id: 'm_B1', message_status: 'accepted' }],
      },
    },
    delivery: (ids) => ({
      object: 'whatsapp_business_account',
      entry: ids.map((id) => ({
        id: '77',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '66' },
              messages: [{ from: customer, id, timestamp: '1', type: 'text', text: { body: 'x' } }],
            },
          },
        ],
      })),
    }),
    unknown: {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '77',
          changes: [
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: '66' },
                messages: [{ from: customer, id: 'a', timestamp: '1', type: 'hologram' }],
              },
            },
          ],
        },
      ],
    },
  },
};

let channels: ChannelsUnderTest;
let definitions: readonly ChannelDefinition[];
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
  definitions = channels.module.get(ChannelDefinitions).all;
});
afterAll(() => channels.stop());

// Its platform is this server: there is no call that could fail, and no delivery that could be forged. Its stories are
// test/stories/a-visitor-writes-in-the-chat.spec.ts and those beside it.
const withoutPlatform = ['WEB_CHAT'];

it('knows a sample of every definition that has a platform', () => {
  const platforms = definitions.map(({ kind }) => String(kind)).filter((kind) => !withoutPlatform.includes(kind));
  expect(platforms.sort()).toEqual(Object.keys(samples).sort());
  expect(channels.module.get(Deliveries)).toBeDefined();
});

describe.each(Object.keys(samples))('%s', (kind) => {
  const sample = samples[kind]!;
  const definition = () => definitions.find((candidate) => String(candidate.kind) === kind)!;
  const channel = (): OpenChannel => ({
    workspaceId: 'w',
    id: 'c',
    kind: definition().kind,
    externalId: '66',
    settings: sample.settings,
    token: 'EAATOKEN',
  });
  const message: OutgoingMessage = {
    id: '0199a3c4-0000-7000-8000-000000000001',
    recipient: [{ externalId: customer, handle: null }],
    text: 'Hello',
    replyToExternalId: null,
    humanAgent: false,
  };
  const send = async (
    reply: GraphReply,
    more: Partial<OutgoingMessage> = {},
    signal = AbortSignal.timeout(10_000),
  ): Promise<SendOutcome> => {
    channels.graph.calls.length = 0;
    channels.graph.answer = () => reply;
    const outcome = await definition().adapter.send(channel(), { ...message, ...more }, signal);
    expect(JSON.stringify(outcome)).not.toContain('PROVIDER TEXT');
    return outcome;
  };
  const split = (body: object) => splitMetaDelivery(Buffer.from(JSON.stringify(body)));

  it('says what it can carry', () => {
    const { capabilities, window } = definition();
    expect(capabilities.maxTextLength).toBeGreaterThan(0);
    expect(capabilities.maxAttachmentBytes).toBeGreaterThan(0);
    expect(window.hours).toBe(24);
  });

  it('routes by its account, and gives a repeated message the same identity', () => {
    const once = split(sample.delivery(['a']));
    expect(once.items.map((item) => [item.account, item.kind])).toEqual([[sample.account, kind]]);
    const idsOf = (body: object) =>
      split(body)
        .items.flatMap((item) => definition().adapter.interpret(item.payload, 1_000))
        .map((event) => (event.type === 'message' ? event.externalId : null));
    expect(idsOf(sample.delivery(['a', 'a']))).toEqual(['a', 'a']);
    expect(idsOf(sample.delivery(['b', 'a']))).toEqual(['b', 'a']);
  });

  it('takes an event that nobody knows without harm', () => {
    const [item] = split(sample.unknown).items;
    const events = definition().adapter.interpret(item?.payload, 1_000);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).toContain('hologram');
  });

  it('survives one bad entry among good ones', () => {
    const body = sample.delivery(['a', 'b', 'c']);
    const { items, broken } = split({
      ...body,
      entry: [body.entry[0], { id: [], messaging: 7, changes: 'x' }, ...body.entry.slice(1)],
    });
    expect(items).toHaveLength(3);
    expect(broken).toHaveLength(1);
  });

  it('sends once, with the proof, its own id, and the id that came back', async () => {
    expect(await send(sample.accepted, { replyToExternalId: 'in1' })).toEqual({ kind: 'sent', externalId: 'm_B1' });
    const [call, ...more] = channels.graph.calls;
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      method: 'POST',
      path: sample.sendPath,
      token: 'EAATOKEN',
      query: { appsecret_proof: appSecretProof('EAATOKEN', app.secret) },
    });
    expect(JSON.stringify(call?.body)).toContain(message.id);
    expect(JSON.stringify(call?.body)).toContain('in1');
  });

  // Every row of the table of errors, under the status that such an error comes with.
  it.each(
    graphErrorRules.map(
      (rule) => [`${String(rule.code)}${rule.subcode === undefined ? '' : `/${String(rule.subcode)}`}`, rule] as const,
    ),
  )('maps error %s', async (_, rule) => {
    const outcome = await send(graphError(rule.code, rule.subcode ?? null, rule.code === 190 ? 401 : 400));
    if (rule.outcome === 'later')
      expect(outcome).toEqual({ kind: 'retry', reason: rule.words, afterSeconds: rule.afterSeconds ?? null });
    else expect(outcome).toEqual({ kind: 'refused', reason: rule.words, tokenUnusable: rule.tokenUnusable === true });
    expect(rule.words).toMatch(/^[A-Z].{20,}\.$/);
  });

  it.each<[string, GraphReply, object]>([
    [
      'an error that nobody documents',
      graphError(987654),
      { kind: 'refused', reason: 'The platform refused it (error 987654).', tokenUnusable: false },
    ],
    ['a subcode that nobody documents', graphError(190, 999, 401), { kind: 'refused', tokenUnusable: true }],
    ['a 4xx without an envelope', { status: 404, raw: '<html>' }, { kind: 'refused', tokenUnusable: false }],
    ['a 401 without an envelope', { status: 401, raw: '' }, { kind: 'refused', tokenUnusable: true }],
    ['429', { status: 429, raw: '', headers: { 'retry-after': '17' } }, { kind: 'retry', afterSeconds: 17 }],
    [
      '429 with an unknown error',
      {
        ...graphError(987654, null, 429),
        headers: { 'x-business-use-case-usage': '{"66":[{"type":"messenger","estimated_time_to_regain_access":6}]}' },
      },
      { kind: 'retry', afterSeconds: 360 },
    ],
    ['500', { status: 500, raw: 'oops' }, { kind: 'unconfirmed' }],
    ['500 with an envelope', graphError(2, null, 500), { kind: 'unconfirmed' }],
    ['503 with a WhatsApp error', graphError(131016, null, 503), { kind: 'unconfirmed' }],
    ['408', { status: 408, raw: '' }, { kind: 'unconfirmed' }],
    ['a redirect', { status: 302, raw: '', headers: { location: 'http://127.0.0.1:1/' } }, { kind: 'unconfirmed' }],
    ['200 with garbage', { raw: 'OK' }, { kind: 'unconfirmed' }],
    ['200 without an id', { body: { success: true } }, { kind: 'unconfirmed' }],
    ['200 with an error', { body: graphError(2).body }, { kind: 'unconfirmed' }],
    ['a broken connection', { trouble: 'reset' }, { kind: 'unconfirmed' }],
  ])('maps %s', async (_, reply, expected) => {
    expect(await send(reply)).toMatchObject(expected);
    expect(channels.graph.calls).toHaveLength(1);
  });

  it('calls a message unconfirmed that was on its way when the time ran out', async () => {
    expect(await send({ trouble: 'hang' }, {}, AbortSignal.timeout(200))).toMatchObject({ kind: 'unconfirmed' });
  });

  it('may try again where nobody was reached', async () => {
    const unreachable = await ChannelsUnderTest.start({ META_GRAPH_URL: 'http://127.0.0.1:9' });
    try {
      const other = unreachable.module.get(ChannelDefinitions).of(definition().kind);
      expect(await other.adapter.send(channel(), message, AbortSignal.timeout(5_000))).toMatchObject({
        kind: 'retry',
        afterSeconds: null,
      });
    } finally {
      await unreachable.stop();
    }
  });

  it('ends the subscription at the platform, also when the token is gone already', async () => {
    channels.graph.calls.length = 0;
    channels.graph.answer = () => ({ body: { success: true } });
    await definition().adapter.unsubscribe(channel(), AbortSignal.timeout(5_000));
    expect(channels.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(/^DELETE \d+\/subscribed_apps$/),
    ]);
    channels.graph.answer = () => graphError(190, 460, 401);
    await definition().adapter.unsubscribe(channel(), AbortSignal.timeout(5_000));
    channels.graph.answer = () => ({ status: 500, raw: '' });
    await expect(definition().adapter.unsubscribe(channel(), AbortSignal.timeout(5_000))).rejects.toThrow('HTTP 500');
  });
});

describe('the bodies of messages', () => {
  const open = (kind: string, settings?: Record<string, unknown>): OpenChannel => ({
    workspaceId: 'w',
    id: 'c',
    kind: kind as OpenChannel['kind'],
    externalId: '66',
    settings: settings ?? samples[kind]!.settings,
    token: 'EAATOKEN',
  });
  const sent = async (kind: string, message: Partial<OutgoingMessage>, settings?: Record<string, unknown>) => {
    channels.graph.calls.length = 0;
    channels.graph.answer = () => samples[kind]!.accepted;
    const whole: OutgoingMessage = {
      id: 'our-id',
      recipient: [{ externalId: '7100', handle: null }],
      text: 'Hello',
      replyToExternalId: null,
      humanAgent: false,
      ...message,
    };
    await definitions
      .find((candidate) => String(candidate.kind) === kind)!
      .adapter.send(open(kind, settings), whole, AbortSignal.timeout(5_000));
    return channels.graph.calls[0]!;
  };

  it('are Messenger’s', async () => {
    expect((await sent('MESSENGER', { replyToExternalId: 'm_A1' })).body).toEqual({
      recipient: { id: '7100' },
      messaging_type: 'RESPONSE',
      message: { text: 'Hello', metadata: 'our-id' },
      reply_to: { mid: 'm_A1' },
    });
    expect((await sent('MESSENGER', { humanAgent: true })).body).toEqual({
      recipient: { id: '7100' },
      messaging_type: 'MESSAGE_TAG',
      tag: 'HUMAN_AGENT',
      message: { text: 'Hello', metadata: 'our-id' },
    });
  });

  it('go to Instagram’s own host where no Page is named', async () => {
    expect((await sent('INSTAGRAM', {}, { instagram: true, pageId: null })).path).toBe('ig:66/messages');
    expect((await sent('INSTAGRAM', {})).path).toBe('900/messages');
  });

  it('are WhatsApp’s: to the phone number where one is known, else to the user id', async () => {
    const common = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      type: 'text',
      text: { body: 'Hello', preview_url: false },
      biz_opaque_callback_data: 'our-id',
    };
    const stable = { externalId: 'TR.8Kd2example', handle: null };
    const phone = { externalId: '905550000099', handle: '+905550000099' };
    expect((await sent('WHATSAPP', { recipient: [stable, phone], replyToExternalId: 'wamid.in1' })).body).toEqual({
      ...common,
      to: phone.externalId,
      context: { message_id: 'wamid.in1' },
    });
    expect((await sent('WHATSAPP', { recipient: [stable] })).body).toEqual({ ...common, recipient: stable.externalId });
  });
});
