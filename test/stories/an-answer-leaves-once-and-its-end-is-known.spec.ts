import { randomUUID } from 'node:crypto';
import type { Watch } from '../support/client.js';
import { eventually } from '../support/client.js';
import { type Fault, type GraphSend, metaAppId } from '../support/graph-server.js';
import {
  type FeedEvent,
  type Json,
  MetaStory,
  type StoryMessage,
  type StoryThread,
  cursorsOf,
  metaId,
  mustIncrease,
  pageEvent,
  sendMutation,
  whatsAppEvent,
} from './meta-story.js';

interface Account {
  readonly name: string;
  readonly id: string;
  readonly channelId: string;
  /** What a customer writes. */
  readonly write: (customer: string, id: string, at?: number) => Json;
  /** The platform repeats what we sent. */
  readonly echo: (send: GraphSend) => Json;
  readonly receipt: (send: GraphSend, state: 'delivered' | 'read') => Json;
}

const hour = 3_600_000;

/** The id of ours that a send carried. */
function ourId(send: GraphSend): unknown {
  const message = send.body['message'] as Json | undefined;
  return message?.['metadata'] ?? send.body['biz_opaque_callback_data'];
}

function pageAccount(name: 'Messenger' | 'Instagram', id: string, channelId: string): Account {
  const object = name === 'Messenger' ? 'page' : 'instagram';
  const event = (part: Json, at = Date.now()) => pageEvent(object, id, [{ timestamp: at, ...part }]);
  const from = (customer: string) => ({ sender: { id: customer }, recipient: { id } });
  return {
    name,
    id,
    channelId,
    write: (customer, mid, at) => event({ ...from(customer), message: { mid, text: 'hi' } }, at),
    echo: (send) => {
      // Instagram's echo names neither the app nor the id that we sent along.
      const ours = name === 'Messenger' ? { app_id: Number(metaAppId), metadata: ourId(send) } : {};
      const message = { mid: send.externalId, text: send.text, is_echo: true, ...ours };
      return event({ sender: { id }, recipient: { id: send.to }, message });
    },
    receipt: (send, state) => {
      if (name === 'Instagram') return event({ ...from(send.to), read: { mid: send.externalId } });
      if (state === 'read') return event({ ...from(send.to), read: { watermark: Date.now() } });
      return event({ ...from(send.to), delivery: { mids: [send.externalId], watermark: Date.now() } });
    },
  };
}

function whatsAppAccount(waba: string, id: string, channelId: string): Account {
  const seconds = (at = Date.now()) => String(Math.floor(at / 1000));
  const status = (send: GraphSend, state: string) =>
    whatsAppEvent(waba, id, {
      statuses: [
        {
          id: send.externalId,
          status: state,
          timestamp: seconds(),
          recipient_id: send.to,
          biz_opaque_callback_data: ourId(send),
        },
      ],
    });
  return {
    name: 'WhatsApp',
    id,
    channelId,
    write: (customer, wamid, at) =>
      whatsAppEvent(waba, id, {
        contacts: [{ profile: { name: 'Ayse' }, wa_id: customer }],
        messages: [{ from: customer, id: wamid, timestamp: seconds(at), type: 'text', text: { body: 'hi' } }],
      }),
    echo: (send) => status(send, 'sent'),
    receipt: status,
  };
}

const kinds = ['Messenger', 'Instagram', 'WhatsApp'] as const;
type Kind = (typeof kinds)[number];

describe('an answer leaves once, and its end is known', () => {
  let story: MetaStory;
  let watch: Watch<FeedEvent>;
  const accounts = new Map<Kind, Account>();
  let customers = 0;
  let stuck: { id: string; thread: StoryThread };
  let hanging: StoryMessage;

  beforeAll(async () => {
    story = await MetaStory.start();
    for (const kind of kinds) accounts.set(kind, await newAccount(kind));
    watch = await story.watch();
    // Twenty seconds go by until a platform that says nothing is given up; the rest of the story happens meanwhile.
    stuck = await customer(accountOf('Messenger'));
    story.graph.fail(stuck.id, { kind: 'hang', taken: true });
    hanging = await send(stuck, 'into the void');
  });
  afterAll(() => story.stop());

  async function newAccount(kind: Kind): Promise<Account & { input: Json; token: string }> {
    if (kind === 'Messenger') {
      const input = story.newPage();
      const { id } = await story.connect('messenger', input);
      return { ...pageAccount(kind, input.pageId, id), input, token: input.pageAccessToken };
    }
    if (kind === 'Instagram') {
      const input = story.newInstagram();
      const { id } = await story.connect('instagram', input);
      return { ...pageAccount(kind, input.accountId, id), input, token: input.accessToken };
    }
    const input = story.newNumber();
    const { id } = await story.connect('whatsApp', input);
    return { ...whatsAppAccount(input.wabaId, input.phoneNumberId, id), input, token: input.accessToken };
  }
  const accountOf = (kind: Kind): Account => {
    const account = accounts.get(kind);
    if (account === undefined) throw new Error('The set-up failed.');
    return account;
  };

  /** Somebody who wrote, `ago` milliseconds ago. */
  async function customer(account: Account, ago = 1_000): Promise<{ id: string; thread: StoryThread }> {
    customers += 1;
    const id = account.name === 'WhatsApp' ? `90533${String(customers).padStart(7, '0')}` : metaId('74');
    await story.deliver(account.write(id, `in-${id}`, Date.now() - ago));
    return { id, thread: await story.threadOf(id) };
  }
  const send = (to: { thread: StoryThread }, text: string, more: Json = {}) => story.send(to.thread.id, text, more);
  const settled = (to: { thread: StoryThread }, message: StoryMessage, status: string, ms?: number) =>
    story.settled(to.thread.id, message.id, status, ms);
  const onlySend = (to: string): GraphSend => {
    const sends = story.graph.sentTo(to);
    const [first] = sends;
    if (first === undefined || sends.length !== 1)
      throw new Error(`There were ${String(sends.length)} sends to ${to}.`);
    return first;
  };
  const outbound = async (to: { thread: StoryThread }) =>
    (await story.read(to.thread.id)).messages.nodes.filter(({ direction }) => direction === 'OUTBOUND');
  /** The states of a message in the order in which they were told. */
  const told = (id: string) => watch.events.flatMap(({ message }) => (message?.id === id ? [message.status] : []));
  const refusalOf = async (input: Json) => {
    const { errors } = await story.client.post(sendMutation, { input: { idempotencyKey: randomUUID(), ...input } });
    return errors?.[0];
  };

  describe.each(kinds)('on %s', (kind) => {
    it('is sent, delivered and read, each told live', async () => {
      const account = accountOf(kind);
      const to = await customer(account);
      const message = await send(to, 'Merhaba 🎁');
      expect(message).toMatchObject({ direction: 'OUTBOUND', author: 'MEMBER', kind: 'TEXT', text: 'Merhaba 🎁' });
      await settled(to, message, 'SENT');
      const sent = onlySend(to.id);
      expect(sent).toMatchObject({ account: account.id, text: 'Merhaba 🎁' });
      expect(sent.body['messaging_type'] ?? 'RESPONSE').toBe('RESPONSE');
      if (kind !== 'Instagram') {
        await story.deliver(account.receipt(sent, 'delivered'));
        await settled(to, message, 'DELIVERED');
      }
      await story.deliver(account.receipt(sent, 'read'));
      expect(await settled(to, message, 'READ')).toMatchObject({ externalId: sent.externalId, error: null });
      await watch.until((event) => event.message?.id === message.id && event.message.status === 'READ');
      const order = ['QUEUED', 'SENDING', 'SENT', 'DELIVERED', 'READ'];
      const ranks = told(message.id).map((status) => order.indexOf(status));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      expect(await story.read(to.thread.id)).toMatchObject({ unreadCount: 0, lastMessage: { id: message.id } });
    });

    it('knows the echo or status that comes before the platform’s answer as its own', async () => {
      const account = accountOf(kind);
      const to = await customer(account);
      const meanwhile = (one: GraphSend) => story.deliver(account.echo(one));
      story.graph.fail(to.id, { kind: 'late', meanwhile });
      const message = await send(to, 'one only');
      const done = await settled(to, message, 'SENT');
      expect(await outbound(to)).toMatchObject([{ id: message.id, externalId: done.externalId, text: 'one only' }]);
      // And once more, after it.
      await story.deliver(account.echo(onlySend(to.id)));
      expect(await outbound(to)).toHaveLength(1);
      expect((await story.read(to.thread.id)).lastMessage?.id).toBe(message.id);
    });

    it('knows the echo or status that comes after the answer as its own', async () => {
      const to = await customer(accountOf(kind));
      const message = await send(to, 'one only');
      await settled(to, message, 'SENT');
      await story.deliver(accountOf(kind).echo(onlySend(to.id)));
      expect(await outbound(to)).toMatchObject([{ id: message.id }]);
    });

    it('leaves once though it is asked for 20 times at once', async () => {
      const to = await customer(accountOf(kind));
      const idempotencyKey = randomUUID();
      const same = await Promise.all(Array.from({ length: 20 }, () => send(to, 'once', { idempotencyKey })));
      expect(new Set(same.map(({ id }) => id)).size).toBe(1);
      const message = same[0] as StoryMessage;
      await settled(to, message, 'SENT');
      expect((await send(to, 'once', { idempotencyKey })).id).toBe(message.id);
      expect(story.graph.sentTo(to.id)).toHaveLength(1);
      await watch.until((event) => event.message?.id === message.id && event.message.status === 'SENT');
      const added = watch.events.filter(
        ({ __typename, message: one }) => __typename === 'MessageAdded' && one?.id === message.id,
      );
      expect(added).toHaveLength(1);
    });

    it.each<[string, Fault, boolean]>([
      ['breaks the connection', { kind: 'reset', taken: true }, true],
      ['fails with 500', { kind: 'down', taken: true }, true],
      ['says yes in words that nobody understands', { kind: 'garbage', taken: true }, true],
      ['breaks the connection and took nothing', { kind: 'reset' }, false],
    ])('is unconfirmed where the platform %s, and no machine sends it again', async (_name, fault, taken) => {
      const account = accountOf(kind);
      const to = await customer(account);
      story.graph.fail(to.id, fault);
      const message = await send(to, 'did it arrive?');
      const unsure = await settled(to, message, 'UNCONFIRMED');
      expect(unsure.error).toMatch(/may have been sent/);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(story.graph.sentTo(to.id)).toHaveLength(taken ? 1 : 0);
      if (taken && kind !== 'Instagram') {
        const sent = onlySend(to.id);
        await story.deliver(account.echo(sent));
        expect(await settled(to, message, 'SENT')).toMatchObject({ externalId: sent.externalId, error: null });
        expect(await outbound(to)).toHaveLength(1);
        return;
      }
      if (taken) return;
      const { retryMessage } = await story.client.ask<{ retryMessage: StoryMessage }>(
        'mutation ($id: ID!) { retryMessage(id: $id) { id status } }',
        { id: message.id },
      );
      expect(retryMessage.id).toBe(message.id);
      await settled(to, message, 'SENT');
      expect(story.graph.sentTo(to.id)).toHaveLength(1);
      expect(
        await story.client.refusal('mutation ($id: ID!) { retryMessage(id: $id) { id } }', { id: message.id }),
      ).toBe('CONFLICT');
    });

    it.each<[string, Fault]>([
      ['429 with its delay', { kind: 'error', code: 613, status: 429, headers: { 'retry-after': '1' } }],
      [
        'a rate limit as 400 with its delay',
        { kind: 'error', code: kind === 'WhatsApp' ? 130429 : 80006, headers: { 'retry-after': '1' } },
      ],
    ])('is sent by itself after %s, and once', async (_name, fault) => {
      const to = await customer(accountOf(kind));
      story.graph.fail(to.id, fault);
      const start = Date.now();
      const message = await send(to, 'patience');
      const after = await send(to, 'in its turn');
      await settled(to, after, 'SENT', 15_000);
      await settled(to, message, 'SENT');
      const sends = story.graph.sentTo(to.id);
      expect(sends.map(({ text }) => text)).toEqual(['patience', 'in its turn']);
      expect((sends[0]?.at ?? 0) - start).toBeGreaterThanOrEqual(1_000);
    });

    it.each([
      ['fails, and says so, where what was written after it has left', 'FAILED'],
      ['is sent by itself, and first, where nothing after it has left', 'SENT'],
    ])('that another server took for lost, and that certainly did not leave, %s (case F3)', async (_name, end) => {
      const to = await customer(accountOf(kind));
      const notNow = { kind: 'error', code: 613, status: 429, headers: { 'retry-after': '1' } } as const;
      const told: (string | null)[] = [];
      const meanwhile = async () => {
        // This server stands still beyond its lease; another takes the turn, and finds a message that nobody is sending.
        await story.sql.query(`update due set lease = null, leased_until = null where row_id = $1`, [to.thread.id]);
        const after = await send(to, 'after it');
        if (end === 'FAILED') await settled(to, after, 'SENT');
        told.push((await settled(to, message, 'UNCONFIRMED')).error);
      };
      story.graph.fail(to.id, { ...notNow, meanwhile });
      if (end === 'SENT') story.graph.fail(to.id, notNow);
      const message = await send(to, 'it');
      const { error } = await settled(to, message, end, 15_000);
      expect(told).toEqual([expect.stringContaining('may have arrived')]);
      expect(error).toEqual(end === 'FAILED' ? expect.stringContaining('Send it again') : null);
      const both = end === 'FAILED' ? ['after it'] : ['it', 'after it'];
      await eventually(() => Promise.resolve(story.graph.sentTo(to.id).length === both.length || null), 15_000);
      expect(story.graph.sentTo(to.id).map(({ text }) => text)).toEqual(both);
    });

    it('is held when the token dies, and goes when the account is connected again', async () => {
      const account = await newAccount(kind);
      const to = await customer(account);
      const token = story.graph.tokens.get(account.token);
      if (token !== undefined) token.dead = { code: 190, subcode: 463 };
      const first = await send(to, 'first');
      expect((await settled(to, first, 'HELD')).error).toMatch(/expired/);
      const { channel } = await watch.until(
        (event) => event.channel?.id === account.channelId && event.channel.status === 'EXPIRED',
      );
      expect(channel?.lastError).toMatch(/expired/);
      const second = await send(to, 'second');
      await settled(to, second, 'HELD');
      const third = await send(to, 'never');
      await story.client.ask('mutation ($id: ID!) { cancelMessage(id: $id) { id status } }', { id: third.id });
      expect(story.graph.sentTo(to.id)).toHaveLength(0);
      if (token !== undefined) token.dead = null;
      const again = await story.connect(
        kind === 'Messenger' ? 'messenger' : kind === 'Instagram' ? 'instagram' : 'whatsApp',
        account.input,
      );
      expect(again).toMatchObject({ id: account.channelId, status: 'CONNECTED', lastError: null });
      await settled(to, first, 'SENT');
      await settled(to, second, 'SENT');
      expect(story.graph.sentTo(to.id).map(({ text }) => text)).toEqual(['first', 'second']);
      expect(await settled(to, third, 'CANCELED')).toMatchObject({ text: 'never' });
      await watch.until(
        (event) =>
          event.channel?.id === account.channelId && event.channel.status === 'CONNECTED' && BigInt(event.cursor) > 1n,
      );
    });

    it('fails in words where the platform says no, and goes again only when a person says so', async () => {
      const to = await customer(accountOf(kind));
      const codes = { Messenger: [10, 2018278], Instagram: [10, 2534022], WhatsApp: [131047, undefined] } as const;
      const [code, subcode] = codes[kind];
      story.graph.fail(to.id, { kind: 'error', code, ...(subcode !== undefined && { subcode }) });
      const message = await send(to, 'too late?');
      const failed = await settled(to, message, 'FAILED');
      expect(failed.error).toMatch(/24 hours/);
      expect(failed.error).not.toMatch(/nobody may decide/);
      await watch.until((event) => event.message?.id === message.id && event.message.status === 'FAILED');
      await story.client.ask('mutation ($id: ID!) { retryMessage(id: $id) { id } }', { id: message.id });
      await settled(to, message, 'SENT');
      expect(story.graph.sentTo(to.id)).toHaveLength(1);
    });

    it('may be refused for its length, which is named and measured as the channel does', async () => {
      const to = await customer(accountOf(kind));
      const limits = { Messenger: 1_999, Instagram: 1_000, WhatsApp: 4_096 } as const;
      const limit = limits[kind];
      const tooLong = kind === 'Instagram' ? 'ğ'.repeat(501) : 'ğ'.repeat(limit + 1);
      const error = await refusalOf({ conversationId: to.thread.id, text: tooLong });
      expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'text' });
      expect(error?.message.replaceAll(/[.,\s]/g, '')).toContain(String(limit));
      const most = await send(to, kind === 'Instagram' ? 'ğ'.repeat(500) : 'ğ'.repeat(limit));
      await settled(to, most, 'SENT');
      expect((await refusalOf({ conversationId: to.thread.id, text: '  \n ' }))?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'text',
      });
    });

    it('replies to one message', async () => {
      const to = await customer(accountOf(kind));
      const [inbound] = to.thread.messages.nodes;
      const message = await send(to, 'to this', { replyToId: inbound?.id });
      expect(message.replyTo?.id).toBe(inbound?.id);
      await settled(to, message, 'SENT');
      const { body } = onlySend(to.id);
      const named = kind === 'WhatsApp' ? (body['context'] as Json)['message_id'] : (body['reply_to'] as Json)['mid'];
      expect(named).toBe(inbound?.externalId);
      const other = await customer(accountOf(kind));
      const foreign = await refusalOf({
        conversationId: to.thread.id,
        text: 'x',
        replyToId: other.thread.messages.nodes[0]?.id,
      });
      expect(foreign?.extensions.code).toBe('NOT_FOUND');
    });

    it('follows the channel’s window: free for 24 hours, then as the channel has it', async () => {
      const account = accountOf(kind);
      const inTime = await customer(account, 23.9 * hour);
      expect(inTime.thread.messagingWindow).toMatchObject({ open: true, reason: null });
      await settled(inTime, await send(inTime, 'in time'), 'SENT');
      const late = await customer(account, 24.1 * hour);
      expect(late.thread.messagingWindow).toMatchObject({ open: false, reason: expect.any(String) });
      if (kind === 'WhatsApp') {
        expect(late.thread.messagingWindow.humanAgentUntil).toBeNull();
        const error = await refusalOf({ conversationId: late.thread.id, text: 'late' });
        expect(error?.extensions.code).toBe('MESSAGING_WINDOW_CLOSED');
      } else {
        await settled(late, await send(late, 'a person, late'), 'SENT');
        expect(onlySend(late.id).body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
        const tooLate = await customer(account, 7.1 * 24 * hour);
        const error = await refusalOf({ conversationId: tooLate.thread.id, text: 'too late' });
        expect(error?.extensions.code).toBe('MESSAGING_WINDOW_CLOSED');
        expect(story.graph.sentTo(tooLate.id)).toHaveLength(0);
      }
      // The customer writes, and it is open again.
      await story.deliver(account.write(late.id, `again-${late.id}`));
      expect((await story.read(late.thread.id)).messagingWindow.open).toBe(true);
    });
  });

  it('keeps the order of 20 messages of a conversation', async () => {
    const to = await customer(accountOf('Messenger'));
    const texts = Array.from({ length: 20 }, (_, index) => `number ${String(index)}`);
    let last: StoryMessage | null = null;
    for (const text of texts) last = await send(to, text);
    if (last === null) throw new Error('Nothing was sent.');
    await settled(to, last, 'SENT', 15_000);
    expect(story.graph.sentTo(to.id).map(({ text }) => text)).toEqual(texts);
  });

  it('opens the window again by a reaction, and says so live', async () => {
    const account = accountOf('Messenger');
    const to = await customer(account, 24.1 * hour);
    const message = await send(to, 'a person, late');
    await settled(to, message, 'SENT');
    const cursor = watch.events.at(-1)?.cursor ?? '0';
    const sent = onlySend(to.id);
    await story.deliver(
      pageEvent('page', account.id, [
        {
          sender: { id: to.id },
          recipient: { id: account.id },
          timestamp: Date.now(),
          reaction: { reaction: 'love', emoji: '❤️', action: 'react', mid: sent.externalId },
        },
      ]),
    );
    expect((await story.read(to.thread.id)).messagingWindow.open).toBe(true);
    await watch.until((event) => BigInt(event.cursor) > BigInt(cursor) && event.conversation?.id === to.thread.id);
  });

  it('is given up where the platform never answers, held up nobody else, and is settled by the echo', async () => {
    const behind = await send(stuck, 'behind it');
    const cancel = 'mutation ($id: ID!) { cancelMessage(id: $id) { status } }';
    const status = (await story.read(stuck.thread.id)).messages.nodes.find(({ id }) => id === hanging.id)?.status;
    if (status === 'SENDING')
      expect(await story.client.ask(cancel, { id: behind.id })).toMatchObject({
        cancelMessage: { status: 'CANCELED' },
      });
    expect((await settled(stuck, hanging, 'UNCONFIRMED', 28_000)).error).toMatch(/may have been sent/);
    const [sent] = story.graph.sentTo(stuck.id);
    if (sent === undefined) throw new Error('It never left.');
    await story.deliver(accountOf('Messenger').echo(sent));
    expect(await settled(stuck, hanging, 'SENT')).toMatchObject({ externalId: sent.externalId, error: null });
    expect(story.graph.sentTo(stuck.id).filter(({ text }) => text === hanging.text)).toHaveLength(1);
  });

  it('is told in one order', () => {
    mustIncrease(cursorsOf(watch.events));
    expect(watch.error).toBeNull();
  });

  it('refuses a key that is none, and what is not there', async () => {
    const to = await eventually(() => customer(accountOf('WhatsApp')));
    expect(
      (await refusalOf({ conversationId: to.thread.id, text: 'x', idempotencyKey: '' }))?.extensions,
    ).toMatchObject({ code: 'BAD_USER_INPUT', field: 'idempotencyKey' });
    for (const id of [randomUUID(), 'no id'])
      expect((await refusalOf({ conversationId: id, text: 'x' }))?.extensions.code).toBe('NOT_FOUND');
  });
});
