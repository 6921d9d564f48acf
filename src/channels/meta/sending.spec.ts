import { metaSamples } from '../../../test/support/channel-samples/meta.js';
import { ChannelsUnderTest } from '../../../test/support/channels.js';
import { type GraphCall, type GraphReply, graphError } from '../../../test/support/fake-graph.js';
import type { OpenChannel, OutgoingMessage, SendOutcome } from '../channel-adapter.js';
import { ChannelDefinitions } from '../channel-definitions.js';
import type { ChannelKind } from '../enums.js';
import { graphErrorRules } from './graph-errors.js';

let channels: ChannelsUnderTest;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
});
afterAll(() => channels.stop());

async function send(
  kind: string,
  reply: GraphReply,
  more: Partial<OutgoingMessage> = {},
  settings = metaSamples[kind]!.settings,
): Promise<{ outcome: SendOutcome; calls: readonly GraphCall[] }> {
  channels.graph.calls.length = 0;
  channels.graph.answer = () => reply;
  const channel: OpenChannel = {
    workspaceId: 'w',
    id: 'c',
    kind: kind as ChannelKind,
    externalId: '66',
    settings,
    token: 'EAATOKEN',
  };
  const message: OutgoingMessage = {
    id: 'our-id',
    recipient: [{ externalId: '7100', handle: null }],
    text: 'Hello',
    attachments: [],
    replyToExternalId: null,
    humanAgent: false,
    ...more,
  };
  const { adapter } = channels.module.get(ChannelDefinitions).of(channel.kind);
  const outcome = await adapter.send(channel, message, AbortSignal.timeout(5_000));
  expect(JSON.stringify(outcome)).not.toContain('PROVIDER TEXT');
  return { outcome, calls: [...channels.graph.calls] };
}

describe.each(Object.keys(metaSamples))('%s', (kind) => {
  // Every row of the table of errors, under the status that such an error comes with.
  it.each(
    graphErrorRules.map(
      (rule) => [`${String(rule.code)}${rule.subcode === undefined ? '' : `/${String(rule.subcode)}`}`, rule] as const,
    ),
  )('maps error %s', async (_, rule) => {
    const reply = graphError(rule.code, rule.subcode ?? null, rule.code === 190 ? 401 : 400);
    const { outcome } = await send(kind, reply);
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
    [
      '429 with an unknown error',
      {
        ...graphError(987654, null, 429),
        headers: { 'x-business-use-case-usage': '{"66":[{"type":"messenger","estimated_time_to_regain_access":6}]}' },
      },
      { kind: 'retry', afterSeconds: 360 },
    ],
    ['500 with an envelope', graphError(2, null, 500), { kind: 'unconfirmed' }],
    ['503 with a WhatsApp error', graphError(131016, null, 503), { kind: 'unconfirmed' }],
    ['200 with an error', { body: graphError(2).body }, { kind: 'unconfirmed' }],
  ])('maps %s', async (_, reply, expected) => {
    const { outcome, calls } = await send(kind, reply);
    expect(outcome).toMatchObject(expected);
    expect(calls).toHaveLength(1);
  });
});

describe('the bodies of messages', () => {
  const sent = async (kind: string, message: Partial<OutgoingMessage>, settings?: Record<string, unknown>) =>
    (await send(kind, metaSamples[kind]!.accepted, message, settings)).calls[0]!;

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
