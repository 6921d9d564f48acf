import { windowOf } from './messaging-window.js';

const second = (count: number) => new Date(1_790_000_000_000 + count * 1_000);
const now = second(3_600);
const none = { lastInboundAt: second(0), unreachableAt: null, reachableAt: null };
const free = { hours: null, humanAgentHours: null };

describe('the window of somebody who can block the business', () => {
  it.each<[string, Partial<typeof none> | Record<string, Date>, boolean]>([
    ['who never did', {}, true],
    ['who did', { unreachableAt: second(5) }, false],
    ['who did, and undid it', { unreachableAt: second(5), reachableAt: second(6) }, true],
    ['who undid it, and did it again', { unreachableAt: second(7), reachableAt: second(6) }, false],
    ['who did, and wrote since', { unreachableAt: second(5), lastInboundAt: second(8) }, true],
    ['who did, and has not written since', { unreachableAt: second(9), lastInboundAt: second(8) }, false],
  ])('is as the latest of what they did: %s', (_, facts, open) => {
    for (const rule of [free, { hours: 24, humanAgentHours: 168 }]) {
      const window = windowOf(rule, { ...none, ...facts }, now);
      expect(window.open).toBe(open);
      if (open) expect(window.reason).toBeNull();
      else
        expect(window).toEqual({
          open,
          closesAt: null,
          humanAgentUntil: null,
          reason: expect.stringMatching(/blocked/) as string,
          why: 'WINDOW_SHUT',
        });
    }
  });

  it('is open without a limit where the platform knows none, and somebody has written', () => {
    expect(windowOf(free, none, now)).toEqual({
      open: true,
      closesAt: null,
      humanAgentUntil: null,
      reason: null,
      why: null,
    });
  });
});
