import { isQuoted, writerOf } from './model-writes.js';

const settings = (part: object) => ({ enabled: false, hasKey: false, baseUrl: null, ...part });

describe('writerOf', () => {
  it.each([
    [{}, false, 'none'],
    [{ enabled: true }, false, 'none'],
    [{ enabled: true }, true, 'model'],
    [{}, true, 'off'],
    [{ hasKey: true }, false, 'off'],
    [{ hasKey: true, enabled: true }, false, 'model'],
    [{ baseUrl: 'http://localhost:11434/v1', enabled: true }, false, 'model'],
  ] as const)('%j, instance has a model: %s: %s', (part, instanceHasModel, writer) => {
    expect(writerOf(settings(part), instanceHasModel)).toBe(writer);
  });
});

describe('isQuoted', () => {
  it('takes a draft without a run for quoted, rather than praise a model that wrote nothing', () => {
    expect([isQuoted(null), isQuoted({ provider: 'quote' }), isQuoted({ provider: 'openai' })]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
