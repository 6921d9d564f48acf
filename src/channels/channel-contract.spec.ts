import { lineSamples } from '../../test/support/channel-samples/line.js';
import { metaSamples } from '../../test/support/channel-samples/meta.js';
import { type OutgoingKind, outgoingKinds, sent } from '../../test/support/channel-samples/sample.js';
import { telegramSamples } from '../../test/support/channel-samples/telegram.js';
import { ChannelsUnderTest } from '../../test/support/channels.js';
import type { GraphReply } from '../../test/support/fake-graph.js';
import type { ActOutcome, ChannelDefinition, OpenChannel, OutgoingMessage, SendOutcome } from './channel-adapter.js';
import { ChannelDefinitions } from './channel-definitions.js';

/** Every definition has to stand here; what is asked below is asked of each alike. */
const samples = { ...metaSamples, ...telegramSamples, ...lineSamples };

let channels: ChannelsUnderTest;
let unreachable: ChannelsUnderTest;
let definitions: readonly ChannelDefinition[];
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
  const nowhere = Object.values(samples).map(({ urlVariable }) => [urlVariable, 'http://127.0.0.1:9']);
  unreachable = await ChannelsUnderTest.start(Object.fromEntries(nowhere) as Record<string, string>);
  definitions = channels.module.get(ChannelDefinitions).all;
});
afterAll(async () => {
  await channels.stop();
  await unreachable.stop();
});

// The platform of a chat is this server: there is no call that could fail, and no delivery that could be forged. Its stories
// are test/stories/a-visitor-writes-in-the-chat.spec.ts and those beside it. Mail servers call nobody and speak no HTTP: the
// same is asked of them in test/stories/an-email-is-answered.spec.ts and src/channels/email/mail-server.spec.ts. What can be asked
// of every one of them is asked in test/stories/each-channel-is-answered.spec.ts.
const withoutPlatform = ['WEB_CHAT', 'EMAIL'];

it('knows a sample of every definition that has a platform', () => {
  const platforms = definitions.map(({ kind }) => String(kind)).filter((kind) => !withoutPlatform.includes(kind));
  expect(platforms.sort()).toEqual(Object.keys(samples).sort());
});

const signal = () => AbortSignal.timeout(10_000);
const template = {
  name: 'order_ready',
  language: 'tr',
  variables: ['Ayse', '42', 'o42'],
  shape: [
    { type: 'header', parameters: [null] },
    { type: 'body', parameters: ['number'] },
    { type: 'button', index: 1, parameters: [null] },
  ],
};

describe.each(Object.entries(samples))('%s', (kind, sample) => {
  const definition = () => definitions.find((candidate) => String(candidate.kind) === kind)!;
  let chats = 0;
  const channel = (): OpenChannel => ({
    workspaceId: 'w',
    id: '0199a3c4-0000-7000-8000-0000000000c1',
    kind: definition().kind,
    externalId: '66',
    settings: sample.settings,
    token: sample.token,
    ...(sample.webhookSecret !== undefined && { webhookSecret: sample.webhookSecret }),
  });
  const message: OutgoingMessage = {
    id: sent.id,
    recipient: [{ externalId: sent.customer, handle: null }],
    text: 'Hello',
    attachments: [],
    replyToExternalId: sent.replyTo,
    humanAgent: false,
  };
  /** Sends from an account of its own, so that no limit of one stands in the way of another. */
  const send = async (reply: GraphReply, signal = AbortSignal.timeout(10_000)): Promise<SendOutcome> => {
    channels.graph.calls.length = 0;
    channels.graph.answer = () => reply;
    chats += 1;
    const account = sample.account.startsWith('channel:') ? String(chats) : '66';
    const outcome = await definition().adapter.send({ ...channel(), externalId: account }, message, signal);
    expect(JSON.stringify(outcome)).not.toContain('PROVIDER TEXT');
    if ('reason' in outcome) expect(outcome.reason).toMatch(/^[A-Z].{20,}\.$/);
    return outcome;
  };
  const itemsOf = (stored: readonly Buffer[]) => stored.flatMap((one) => sample.split(one).items);
  const namesOf = (stored: readonly Buffer[]) =>
    itemsOf(stored)
      .flatMap((item) => definition().adapter.interpret(item.payload, 1_000))
      .map((event) => (event.type === 'message' ? event.externalId : event.type));

  it('says what it can carry, and when', () => {
    const { capabilities, window } = definition();
    expect(capabilities.maxTextLength).toBeGreaterThan(0);
    expect(capabilities.maxAttachmentBytes).toBeGreaterThan(0);
    expect(capabilities.attachmentKinds.length).toBeGreaterThan(0);
    expect(window.hours === null || window.hours > 0).toBe(true);
    expect(window.humanAgentHours === null || window.humanAgentHours > (window.hours ?? Infinity)).toBe(true);
  });

  it('takes the calls of its platform, and nobody else’s (case W1)', async () => {
    const { genuine, forged } = await sample.webhook(channels);
    const stored = channels.countStored();
    const body = Buffer.from('{}');
    for (const [how, call] of Object.entries(forged)) {
      expect([how, await call(body)]).toEqual([how, 401]);
    }
    expect(Object.keys(forged).length).toBeGreaterThan(3);
    expect(stored()).toBe(0);
    expect(await genuine(body)).toBe(200);
    expect(stored()).toBe(1);
  });

  it('routes by its account, and gives a repeated message the same identity (cases W3, W4)', () => {
    const once = itemsOf(sample.deliveries(['a']));
    expect(once.map((item) => [item.account, item.kind])).toEqual([[sample.account, kind]]);
    const names = (ids: string[]) => ids.map((id) => sample.nameOf(id));
    expect(namesOf(sample.deliveries(['a', 'a']))).toEqual(names(['a', 'a']));
    expect(namesOf(sample.deliveries(['b', 'a']))).toEqual(names(['b', 'a']));
    expect(sample.nameOf('a')).not.toBe(sample.nameOf('b'));
  });

  it('gives items that can be applied again as they were set aside', () => {
    const [item] = itemsOf(sample.deliveries(['a']));
    expect(itemsOf([Buffer.from(JSON.stringify(item?.payload))])).toEqual([item]);
  });

  it('takes an event that nobody knows without harm', () => {
    const [item] = itemsOf([sample.unknown]);
    const events = definition().adapter.interpret(item?.payload, 1_000);
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).toContain('hologram');
  });

  it('survives one bad entry among good ones (case W6)', () => {
    const split = sample.oneBad.map((stored) => sample.split(stored));
    expect(split.flatMap(({ broken }) => broken)).toHaveLength(1);
    expect(namesOf(sample.oneBad)).toEqual([sample.nameOf('a'), sample.nameOf('b')]);
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"a":'.repeat(200)])('never throws at a body that is none: %s', (body) => {
    expect(() => sample.split(Buffer.from(body))).not.toThrow();
  });

  it('sends once, and knows the message by the id that came back', async () => {
    expect(await send(sample.accepted)).toEqual({ kind: 'sent', externalId: sample.acceptedName });
    const [call, ...more] = channels.graph.calls;
    expect(more).toEqual([]);
    sample.checkSend(call);
  });

  it.each<[string, (one: typeof sample) => GraphReply, object]>([
    ['a token that is no good', (one) => one.tokenRefused, { kind: 'refused', tokenUnusable: true }],
    ['a 401 without words', () => ({ status: 401, raw: '' }), { kind: 'refused', tokenUnusable: true }],
    ['a refusal', (one) => one.refused, { kind: 'refused', tokenUnusable: false }],
    ['a 4xx that nobody documents', () => ({ status: 418, raw: '<html>' }), { kind: 'refused', tokenUnusable: false }],
    ['a limit', (one) => one.limited, { kind: 'retry', afterSeconds: 17 }],
    ['500', () => ({ status: 500, raw: 'oops' }), { kind: 'unconfirmed' }],
    ['503', () => ({ status: 503, body: { ok: false, error: { code: 2 } } }), { kind: 'unconfirmed' }],
    ['408', () => ({ status: 408, raw: '' }), { kind: 'unconfirmed' }],
    [
      'a redirect',
      () => ({ status: 302, raw: '', headers: { location: 'http://127.0.0.1:1/' } }),
      { kind: 'unconfirmed' },
    ],
    ['200 with garbage', () => ({ raw: 'OK' }), { kind: 'unconfirmed' }],
    ['200 without an id', () => ({ body: { success: true, ok: true, result: {} } }), { kind: 'unconfirmed' }],
    ['a broken connection', () => ({ trouble: 'reset' }), { kind: 'unconfirmed' }],
  ])('says what came of it: %s', async (_, reply, expected) => {
    expect(await send(reply(sample))).toMatchObject(expected);
    expect(channels.graph.calls).toHaveLength(1);
  });

  /** Lets one kind leave, where the channel says that it can; null where it cannot, and nothing is there to call. */
  const leave = async (what: OutgoingKind, reply: GraphReply): Promise<SendOutcome | ActOutcome | null> => {
    const { adapter, capabilities } = definition();
    const own = { ...channel(), externalId: sample.account.startsWith('channel:') ? `k${String((chats += 1))}` : '66' };
    const { recipient } = message;
    const text = (more: Partial<OutgoingMessage>) =>
      adapter.send(own, { ...message, replyToExternalId: null, ...more }, signal());
    channels.graph.calls.length = 0;
    channels.graph.answer = () => reply;
    const quickReplies = (titles: readonly string[]) =>
      capabilities.quickReplies >= titles.length ? text({ quickReplies: titles }) : null;
    const react = (emoji: string | null) =>
      capabilities.reactions && adapter.react !== undefined
        ? adapter.react(own, { recipient, messageExternalId: sent.replyTo, emoji }, signal())
        : null;
    const show = async (one: 'typing' | 'seen', can: boolean) => {
      if (!can || adapter.show === undefined) return null;
      await adapter.show(own, { what: one, recipient, lastInboundExternalId: sent.replyTo }, signal());
      return { kind: 'done' } as const;
    };
    switch (what) {
      case 'a reply':
        return capabilities.replies ? text({ replyToExternalId: sent.replyTo }) : null;
      case 'quick replies':
        return quickReplies(['Red', 'Blue']);
      case 'more quick replies than there is room for buttons':
        return quickReplies(['One', 'Two', 'Three', 'Four']);
      case 'a template':
        return capabilities.templates ? text({ template }) : null;
      case 'a reaction':
        return react(capabilities.reactionEmojis?.find((one) => one.startsWith('❤')) ?? '❤️');
      case 'a reaction taken off':
        return react(null);
      case 'typing':
        return show('typing', capabilities.typing);
      case 'seen':
        return show('seen', capabilities.seen === true);
    }
  };

  describe.each(outgoingKinds)('%s', (what) => {
    const expected = sample.kinds[what];
    const says = ['typing', 'seen', 'a reaction', 'a reaction taken off'].includes(what)
      ? sample.done
      : sample.accepted;

    it('leaves as the platform’s own, in one call to the customer of the thread; or not at all [promise 29]', async () => {
      const outcome = await leave(what, says);
      const { calls } = channels.graph;
      if (expected === undefined) {
        expect([outcome, calls]).toEqual([null, []]);
        return;
      }
      expect(outcome).toMatchObject({ kind: expect.stringMatching(/^(sent|done)$/) as string });
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({ method: 'POST', ...expected });
      // To one person, or about what they wrote: never to a page, a list or everybody.
      expect(JSON.stringify(calls[0]?.body)).toMatch(new RegExp(`"?${sent.customer}`));
      expect(calls[0]?.path).not.toMatch(/feed|comments|photos|broadcast|multicast|narrowcast/);
    });

    if (expected !== undefined && what.startsWith('a reaction')) {
      it.each<[string, () => GraphReply, object]>([
        ['a token that is no good', () => sample.tokenRefused, { kind: 'refused', tokenUnusable: true }],
        ['a limit', () => sample.limited, { kind: 'retry', afterSeconds: 17 }],
        ['a refusal', () => sample.refused, { kind: 'refused', tokenUnusable: false }],
        ['500', () => ({ status: 500, raw: 'oops' }), { kind: 'unconfirmed' }],
        ['a broken connection', () => ({ trouble: 'reset' }), { kind: 'unconfirmed' }],
      ])('says what came of it: %s', async (_, reply, outcome) => {
        const came = await leave(what, reply());
        expect(came).toMatchObject(outcome);
        expect(JSON.stringify(came)).not.toContain('PROVIDER TEXT');
      });
    }
  });

  it('declares what it can as its adapter is made', () => {
    const { capabilities, adapter } = definition();
    expect(capabilities.reactions).toBe(adapter.react !== undefined);
    expect(capabilities.templates).toBe(adapter.templates !== undefined);
    expect(capabilities.typing || capabilities.seen === true).toBe(adapter.show !== undefined);
    expect(capabilities.quickReplies > 0).toBe(capabilities.quickReplyLimits !== undefined);
  });

  it('calls a message unconfirmed that was on its way when the time ran out', async () => {
    expect(await send({ trouble: 'hang' }, AbortSignal.timeout(200))).toMatchObject({ kind: 'unconfirmed' });
  });

  it('may try again where nobody was reached', async () => {
    const other = unreachable.module.get(ChannelDefinitions).of(definition().kind);
    const outcome = await other.adapter.send(channel(), message, AbortSignal.timeout(5_000));
    expect(outcome).toMatchObject({ kind: 'retry', afterSeconds: null });
  });

  it('ends the subscription at the platform, also when the token is gone already [promise 52]', async () => {
    const { adapter } = definition();
    const end = (reply: GraphReply) => {
      channels.graph.calls.length = 0;
      channels.graph.answer = () => reply;
      return adapter.unsubscribe(channel(), AbortSignal.timeout(5_000));
    };
    await end({ body: { success: true, ok: true, result: true } });
    expect(channels.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      expect.stringMatching(sample.unsubscribe),
    ]);
    await end(sample.tokenRefused);
    await expect(end({ status: 500, raw: '' })).rejects.toThrow('HTTP 500');
  });

  it('names the host that its token goes to [promise 26]', async () => {
    const host = definition().hostOf?.(channel());
    await send(sample.accepted);
    expect(host).toBe(new URL(channels.graph.url).host);
  });
});
