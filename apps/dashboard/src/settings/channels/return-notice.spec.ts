import { setTimeout as sleep } from 'node:timers/promises';
import { awaitReturn, tellReturn } from './return-notice.js';

describe('a window that comes back', () => {
  const open: (() => void)[] = [];
  afterEach(() => open.splice(0).forEach((close) => close()));

  it('is heard by the page that waits for it, and by no other; and hears that it was', async () => {
    const heard: string[] = [];
    open.push(
      awaitReturn('one', () => heard.push('the page of one')),
      awaitReturn('two', () => heard.push('the page of two')),
    );
    await new Promise<void>((resolve) => open.push(tellReturn('one', resolve)));
    expect(heard).toEqual(['the page of one']);
  });

  it('goes on by itself where nobody waits', async () => {
    let taken = false;
    open.push(tellReturn('three', () => (taken = true)));
    await sleep(100);
    expect(taken).toBe(false);
  });
});
