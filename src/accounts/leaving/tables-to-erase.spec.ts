import { inOrderOfErasing } from './tables-to-erase.js';

describe('the order of erasing', () => {
  it('puts each table before those that it refers to', () => {
    const tables = [
      { name: 'channels', refersTo: ['workspaces'] },
      { name: 'conversations', refersTo: ['channels', 'workspaces'] },
      { name: 'messages', refersTo: ['conversations'] },
      { name: 'reactions', refersTo: ['messages', 'channels'] },
    ];
    for (const given of [tables, tables.toReversed()])
      expect(inOrderOfErasing(given)).toEqual(['reactions', 'messages', 'conversations', 'channels']);
  });

  it('says which tables refer to one another', () => {
    const tables = [
      { name: 'one', refersTo: ['two'] },
      { name: 'two', refersTo: ['one'] },
      { name: 'free', refersTo: ['one'] },
    ];
    expect(() => inOrderOfErasing(tables)).toThrow('These tables refer to one another: one, two');
  });
});
