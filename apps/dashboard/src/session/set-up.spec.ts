import { readSetUp } from './set-up.js';

const done = { state: 'done', mailsToFolder: false, mailFolder: null };

describe('readSetUp', () => {
  it.each([
    [{ state: 'done' }, done],
    [{ state: 'done', mailsToFolder: true, mailFolder: '/data/mail' }, done],
    [{ state: 'unheard of' }, done],
    ['', done],
    [null, done],
    [{ state: 'open' }, { ...done, state: 'open' }],
    [
      { state: 'code', mailsToFolder: true, mailFolder: null },
      { state: 'code', mailsToFolder: true, mailFolder: null },
    ],
    [
      { state: 'open', mailsToFolder: true, mailFolder: '/data/mail' },
      { state: 'open', mailsToFolder: true, mailFolder: '/data/mail' },
    ],
    [
      { state: 'open', mailsToFolder: 'yes', mailFolder: 7 },
      { ...done, state: 'open' },
    ],
  ])('%j', (given, read) => {
    expect(readSetUp(given)).toEqual(read);
  });
});
