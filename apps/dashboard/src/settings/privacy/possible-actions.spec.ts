import { latestDate, possibleActions } from './possible-actions.js';

const received = '2026-06-01T10:00:00.000Z';
const request = {
  status: 'VERIFYING',
  kind: 'ERASE',
  contacts: [],
  receivedAt: received,
  dueAt: '2026-07-01T10:00:00.000Z',
  extendedUntil: null,
} as const;
const contact = { id: 'c' } as never;

describe('what can be done with a privacy request', () => {
  it.each([
    ['while who asks is not proved', request, ['match', 'verify', 'askProof', 'extend', 'reject']],
    ['once it is proved', { ...request, status: 'IN_PROGRESS' }, ['match', 'extend', 'reject']],
    ['while a hold stops it', { ...request, status: 'ON_HOLD', contacts: [contact] }, ['extend', 'reject']],
    ['while they are being erased', { ...request, status: 'IN_PROGRESS', contacts: [contact] }, []],
    [
      'while a copy is made',
      { ...request, status: 'IN_PROGRESS', kind: 'ACCESS', contacts: [contact] },
      ['match', 'extend', 'reject'],
    ],
    ['once it is done', { ...request, status: 'COMPLETED' }, []],
    ['once it is refused', { ...request, status: 'REJECTED' }, []],
    [
      'once it takes as long as any law allows',
      { ...request, extendedUntil: '2026-08-30T10:00:00.000Z' },
      ['match', 'verify', 'askProof', 'reject'],
    ],
  ] as const)('%s', (_when, given, actions) => {
    expect(possibleActions({ ...given, contacts: [...given.contacts] })).toEqual(actions);
  });
  it('ends 90 days after it came [promise 73]', () => {
    expect(latestDate(request).toISOString()).toBe('2026-08-30T10:00:00.000Z');
  });
});
