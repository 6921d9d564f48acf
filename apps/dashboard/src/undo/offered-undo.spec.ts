import { letGo, offerUndo, offeredUndo, undoNow } from './offered-undo.js';

describe('what can be taken back', () => {
  afterEach(() => offeredUndo.set(null));

  it('is taken back once', async () => {
    let undone = 0;
    offerUndo('Resolved.', () => Promise.resolve(void undone++));
    expect(await Promise.all([undoNow(), undoNow()])).toEqual([true, false]);
    expect(undone).toBe(1);
    expect(offeredUndo.get()).toBeNull();
  });

  it('is only the last thing that was done', async () => {
    const undone: string[] = [];
    const done = (name: string) => offerUndo(name, () => Promise.resolve(void undone.push(name)));
    done('first');
    const first = offeredUndo.get();
    done('second');
    letGo(first?.id ?? 0);
    await undoNow();
    expect(undone).toEqual(['second']);
  });
});
