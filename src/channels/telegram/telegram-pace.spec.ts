import { TelegramBots } from '../../../test/support/telegram-bots.js';
import type { OpenChannel } from '../channel-adapter.js';
import { TelegramPace } from './telegram-pace.js';
import { TelegramChannel } from './telegram.channel.js';

let telegram: TelegramBots;
beforeAll(async () => void (telegram = await TelegramBots.start()));
afterAll(() => telegram.stop());
beforeEach(() => telegram.forget());

describe('the pace', () => {
  const soon = () => AbortSignal.timeout(20_000);
  it('is one message a second in a chat, and does not hold up other chats', async () => {
    const pace = new TelegramPace();
    expect(await pace.turn('1', 'a', soon())).toBeNull();
    const order: string[] = [];
    const turn = (chat: string) => pace.turn('1', chat, soon()).then(() => order.push(chat));
    await Promise.all([turn('a'), turn('b'), turn('c')]);
    expect(order).toEqual(['b', 'c', 'a']);
    expect(await pace.turn('2', 'a', soon())).toBeNull();
  });

  it('is thirty a second for a bot; who would wait long comes back later', async () => {
    const pace = new TelegramPace();
    const turns = Array.from({ length: 100 }, (_, index) => pace.turn('1', String(index), soon()));
    const later = (await Promise.all(turns)).filter((seconds) => seconds !== null);
    // 2.5 seconds are waited here at the most, which is the time of some 75 messages.
    expect(later.length).toBeGreaterThan(20);
    expect(later.length).toBeLessThan(30);
    expect(Math.max(...later)).toBeGreaterThanOrEqual(3);
  });

  it('stops for as long as Telegram says', async () => {
    const pace = new TelegramPace();
    pace.hold('1', 60);
    expect(await pace.turn('1', 'a', soon())).toBe(60);
    expect(await pace.turn('2', 'a', soon())).toBeNull();
  });

  it('sends nothing where the time ran out while waiting', async () => {
    const { token, channel } = await telegram.connected();
    telegram.channels.graph.calls.length = 0;
    const open: OpenChannel = {
      workspaceId: 'w',
      id: channel.id,
      kind: channel.kind,
      externalId: '777',
      settings: {},
      token,
    };
    const message = {
      id: 'x',
      recipient: [{ externalId: '5', handle: null }] as const,
      text: 'x',
      attachments: [],
      replyToExternalId: null,
      humanAgent: false,
    };
    const send = (limit: AbortSignal) => telegram.channels.module.get(TelegramChannel).send(open, message, limit);
    await send(AbortSignal.timeout(5_000));
    expect(await send(AbortSignal.timeout(50))).toMatchObject({ kind: 'retry' });
    expect(telegram.channels.graph.calls).toHaveLength(1);
  });
});
