import { jest } from '@jest/globals';
import { runSoon } from './run-soon.js';

describe('runSoon', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('runs once for many, and again for those who come later', () => {
    let runs = 0;
    const soon = runSoon(() => runs++, 400);
    for (let asked = 0; asked < 5; asked++) {
      soon.ask();
      jest.advanceTimersByTime(50);
    }
    expect(runs).toBe(0);
    jest.advanceTimersByTime(150);
    expect(runs).toBe(1);
    soon.ask();
    jest.advanceTimersByTime(400);
    expect(runs).toBe(2);
  });

  it('is not put off for as long as others ask', () => {
    let runs = 0;
    const soon = runSoon(() => runs++, 400);
    for (let asked = 0; asked < 40; asked++) {
      soon.ask();
      jest.advanceTimersByTime(100);
    }
    expect(runs).toBe(10);
  });

  it('runs no more once stopped', () => {
    let runs = 0;
    const soon = runSoon(() => runs++, 400);
    soon.ask();
    soon.stop();
    jest.advanceTimersByTime(1_000);
    expect(runs).toBe(0);
  });
});
