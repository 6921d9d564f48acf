import { acceptOf, fileProblem } from './file-rules.js';

const rules = [
  { kind: 'IMAGE', contentTypes: ['image/jpeg', 'image/png'], maxBytes: 5_000_000 },
  { kind: 'AUDIO', contentTypes: ['audio/*'], maxBytes: 16_000_000 },
  { kind: 'FILE', contentTypes: ['application/pdf', 'application/msword'], maxBytes: 100_000_000 },
];

describe('fileProblem', () => {
  it.each([
    ['a picture', { type: 'image/png', size: 5_000_000 }, null],
    ['one that is too large', { type: 'image/png', size: 5_000_001 }, { why: 'size', most: 5_000_000 }],
    ['a recording of any kind', { type: 'audio/ogg; codecs=opus', size: 1 }, null],
    [
      'a file that the server does not take, though the channel would',
      { type: 'application/pdf', size: 25_000_001 },
      { why: 'size', most: 25_000_000 },
    ],
    ['a kind that is not taken', { type: 'video/mp4', size: 1 }, { why: 'kind', types: 'JPEG, PNG, audio, PDF, Word' }],
    ['one that the browser does not know', { type: '', size: 1 }, null],
    ['the same where nothing takes so much', { type: '', size: 25_000_001 }, { why: 'size', most: 25_000_000 }],
  ])('%s', (_, file, expected) => {
    expect(fileProblem(rules, file)).toEqual(expected);
  });

  it('offers what is taken, or everything', () => {
    expect(acceptOf(rules)).toBe('image/jpeg,image/png,audio/*,application/pdf,application/msword');
    expect(acceptOf([{ kind: 'FILE', contentTypes: ['*'], maxBytes: 1 }])).toBe('');
  });
});
