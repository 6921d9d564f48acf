import { composerName, forgetLocally, outboxName } from './local-traces.js';

function storeOf(names: readonly string[]) {
  const left = new Set(names);
  return {
    left,
    get length() {
      return left.size;
    },
    key: (index: number) => [...left][index] ?? null,
    removeItem: (name: string) => void left.delete(name),
  };
}

describe('forgetLocally', () => {
  it('leaves how the browser looks and is worked, and nothing of anybody who sat at it', () => {
    const ofTheBrowser = ['parley.theme', 'parley.language', 'parley.keys', 'parley.shortcuts'];
    const store = storeOf([
      outboxName('ada', 'shop'),
      ...ofTheBrowser,
      composerName('ada', 'shop'),
      composerName('grace', 'shop'),
      'parley.workspace',
      'parley.recent',
      'parley.first-steps.shop',
      'parley.something-new',
      'parley.theme.of.ada',
    ]);
    const other = storeOf(['parley.workspace', 'elsewhere']);
    forgetLocally(store, other);
    expect([...store.left]).toEqual(ofTheBrowser);
    expect([...other.left]).toEqual(['elsewhere']);
  });
});
