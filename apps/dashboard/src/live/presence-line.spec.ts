import { jest } from '@jest/globals';
import type { Client } from 'urql';
import { PresenceLine } from './presence-line.js';

/** What is open: one at a time, each as it was told. */
function setUp() {
  const target = new EventTarget();
  const open: boolean[] = [];
  const told: boolean[] = [];
  const client = {
    subscription: (_document: unknown, { away }: { away: boolean }) => ({
      subscribe: () => {
        open.push(away);
        told.push(away);
        return { unsubscribe: () => void open.splice(open.indexOf(away), 1) };
      },
    }),
  };
  return { line: new PresenceLine(client as unknown as Client, target), target, open, told };
}

describe('PresenceLine', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is away after ten minutes without a touch, and back at the next one', () => {
    const { line, target, open, told } = setUp();
    line.open();
    for (let minute = 0; minute < 30; minute += 1) {
      jest.advanceTimersByTime(60_000);
      target.dispatchEvent(new Event('keydown'));
    }
    expect(told).toEqual([false]);
    jest.advanceTimersByTime(595_000);
    expect(told).toEqual([false]);
    jest.advanceTimersByTime(30_000);
    expect(told).toEqual([false, true]);
    // A line that breaks meanwhile is opened as what it was.
    line.open();
    target.dispatchEvent(new Event('pointermove'));
    expect(told).toEqual([false, true, true, false]);
    expect(open).toEqual([false]);
    line.close();
    expect(open).toEqual([]);
  });

  it('is over when it is closed', () => {
    const { line, target, told } = setUp();
    line.open();
    line.close();
    jest.advanceTimersByTime(3_600_000);
    target.dispatchEvent(new Event('keydown'));
    expect(told).toEqual([false]);
  });
});
