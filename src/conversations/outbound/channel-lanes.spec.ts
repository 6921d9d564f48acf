import { jest } from '@jest/globals';
import { ChannelLanes } from './channel-lanes.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('ChannelLanes', () => {
  const turns = (lanes: ChannelLanes, channel: string, count: number) =>
    Array.from({ length: count }, () => {
      const turn = lanes.turn();
      return { turn, entered: turn.enter(channel) };
    });

  it('gives one channel half of the calls and leaves the other half to the rest', () => {
    const lanes = new ChannelLanes();
    expect(turns(lanes, 'a', 20).filter(({ entered }) => entered)).toHaveLength(16);
    expect(turns(lanes, 'b', 3).every(({ entered }) => entered)).toBe(true);
  });

  it('gives a channel whose calls hang no more until one of them ends', () => {
    const lanes = new ChannelLanes();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const [first] = turns(lanes, 'a', 4);
    clock.mockReturnValue(3_001);
    expect(lanes.turn().enter('a')).toBe(false);
    first?.turn.leave();
    expect(lanes.turn().enter('a')).toBe(true);
  });

  it('counts a turn once, however often it is asked for and ended', () => {
    const lanes = new ChannelLanes();
    const turn = lanes.turn();
    expect([turn.enter('a'), turn.enter('a')]).toEqual([true, true]);
    turn.leave();
    turn.leave();
    expect(turns(lanes, 'a', 16).every(({ entered }) => entered)).toBe(true);
  });
});
