import { origin } from '../../../test/support/channels.js';
import { TelegramBots, methodOf, update } from '../../../test/support/telegram-bots.js';
import { DisconnectChannel } from '../disconnect-channel.js';

let telegram: TelegramBots;
beforeAll(async () => void (telegram = await TelegramBots.start()));
afterAll(() => telegram.stop());
beforeEach(() => telegram.forget());

describe('a call of Telegram', () => {
  it('is believed by its secret alone, and stored before anybody reads it [promise 31]', async () => {
    const { channel, secret, actor } = await telegram.connected();
    const before = telegram.stored();
    expect(await telegram.call(channel.id, secret, update(1))).toEqual({ status: 200, headers: {}, text: 'OK' });
    expect(await telegram.call(channel.id, secret, '{no json')).toMatchObject({ status: 200 });
    expect(telegram.stored()).toBe(before + 2);
    await telegram.drain();
    expect(telegram.applied).toMatchObject([
      { workspaceId: actor.workspaceId, item: { channelId: channel.id, kind: 'TELEGRAM' } },
    ]);
    expect(
      await telegram.rows('select reason from deliveries where workspace_id = $1', actor.workspaceId),
    ).toHaveLength(1);
  });

  it('is refused with every other secret, and nothing is stored (case W1)', async () => {
    const { channel, secret } = await telegram.connected();
    const other = await telegram.connected();
    const before = telegram.stored();
    const wrong = [
      undefined,
      '',
      secret.slice(1),
      `${secret}x`,
      secret.toLowerCase(),
      `${secret}, ${secret}`,
      other.secret,
    ];
    const bytes = Buffer.from(secret);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      wrong.push(changed.toString('latin1'));
    }
    for (const one of wrong) expect([one, (await telegram.call(channel.id, one)).status]).toEqual([one, 401]);
    expect(wrong.length).toBeGreaterThan(300);
    expect(telegram.stored()).toBe(before);
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('is unknown for a channel that is none, is no Telegram channel, or was disconnected [promise 52]', async () => {
    const { actor, channel, secret } = await telegram.connected();
    // Its secret is known from now on; that it is connected is asked again each time.
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 200 });
    await telegram.drain();
    telegram.applied = [];
    for (const id of ['', 'none', "'", '\0', '0199a3c4-0000-7000-8000-00000000dead', channel.id.toUpperCase()])
      expect([id, (await telegram.call(id, secret)).status]).toEqual([id, 404]);
    await telegram.channels.module.get(DisconnectChannel).run(actor, origin, channel.id, false);
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 404 });
    await telegram.drain();
    expect(telegram.applied).toEqual([]);
  });

  it('is not taken while Postgres does not answer', async () => {
    const { channel, secret } = await telegram.connected();
    const held = await telegram.channels.admin
      .query('begin; lock table channel_directory in access exclusive mode')
      .catch(() => null);
    expect(held).not.toBeNull();
    try {
      expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    } finally {
      await telegram.channels.admin.query('rollback');
    }
    expect(await telegram.call(channel.id, secret)).toMatchObject({ status: 200 });
  });

  it('cannot reach another workspace by what it says', async () => {
    const mine = await telegram.connected();
    const theirs = await telegram.connected();
    const body = `{"update_id":1},"channel":"${theirs.channel.id}","body":{"update_id":2,"message":{"message_id":1,"chat":{"id":1},"text":"x"}}`;
    expect(await telegram.call(mine.channel.id, mine.secret, body)).toMatchObject({ status: 200 });
    await telegram.drain();
    expect(telegram.applied).toEqual([]);
  });
});

describe('errands', () => {
  const settle = async (method: string, count: number) => {
    for (let round = 0; round < 200; round += 1) {
      if (telegram.channels.graph.calls.filter((one) => methodOf(one) === method).length >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`Telegram was not asked to ${method}: ${telegram.channels.graph.calls.map(methodOf).join(', ')}`);
  };
  const query = (id: string) => ({
    update_id: 9,
    callback_query: {
      id,
      from: { id: 5550001 },
      message: { message_id: 1, chat: { id: 5550001, type: 'private' } },
      data: 'yes',
    },
  });
  const group = { id: -1001, type: 'supergroup', title: 'Friends' };

  it('answer the press of a button, with a cause written down [promise 25]', async () => {
    const { channel, secret } = await telegram.connected();
    await telegram.call(channel.id, secret, query('4382'));
    await telegram.drain();
    await settle('answerCallbackQuery', 1);
    expect(telegram.channels.graph.calls.at(-1)?.body).toEqual({ callback_query_id: '4382' });
    const uses = await telegram.rows(
      `select purpose, cause from token_uses where channel_id = $1 and purpose = 'SEND'`,
      channel.id,
    );
    expect(uses).toEqual([{ purpose: 'SEND', cause: expect.stringMatching(/^delivery [0-9a-f-]{36}$/) as string }]);
  });

  it('leave a group at once and say why; nothing of it is kept', async () => {
    const { channel, secret } = await telegram.connected();
    const said = { message_id: 7, from: { id: 1 }, chat: group, date: 1, text: 'words of others' };
    const joined = { chat: group, from: { id: 1 }, date: 1, new_chat_member: { user: { id: 42 }, status: 'member' } };
    await telegram.call(channel.id, secret, { update_id: 1, my_chat_member: joined });
    await telegram.call(channel.id, secret, { update_id: 2, message: said });
    await telegram.drain();
    await settle('leaveChat', 1);
    await telegram.call(channel.id, secret, { update_id: 3, message: said });
    await telegram.call(channel.id, secret, {
      update_id: 4,
      my_chat_member: { ...joined, new_chat_member: { status: 'left' } },
    });
    await telegram.drain();
    const calls = telegram.channels.graph.calls.filter(
      (one) => methodOf(one) !== 'getMe' && methodOf(one) !== 'setWebhook',
    );
    expect(calls.map(methodOf)).toEqual(['sendMessage', 'leaveChat']);
    expect(calls[0]?.body).toEqual({
      chat_id: -1001,
      text: expect.stringContaining('https://t.me/demo_bot') as string,
    });
  });

  it('leave a channel without a word', async () => {
    const { channel, secret } = await telegram.connected();
    const joined = {
      chat: { id: -1002, type: 'channel' },
      from: { id: 1 },
      date: 1,
      new_chat_member: { status: 'administrator' },
    };
    await telegram.call(channel.id, secret, { update_id: 1, my_chat_member: joined });
    await telegram.drain();
    await settle('leaveChat', 1);
    expect(telegram.channels.graph.calls.map(methodOf)).not.toContain('sendMessage');
  });
});
