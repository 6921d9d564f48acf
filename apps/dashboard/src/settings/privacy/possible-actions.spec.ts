import { isWorkedOn, latestDate, possibleActions } from './possible-actions.js';

const steps = (...notes: (string | null)[]) =>
  notes.map((note) => ({ at: '2026-06-01T10:00:00.000Z', status: 'IN_PROGRESS' as const, note }));
const toFind = 'Who asks is proved; whom it is about has still to be found.';
const erasing = 'Nothing of it is shown any more; what is left is being erased.';
const copying = 'A copy of what is kept about them is being made.';
const longer = 'It takes longer: two countries are asked';

const request = {
  status: 'VERIFYING',
  kind: 'ERASE',
  history: steps(null, 'Who asks has to be shown.'),
  receivedAt: '2026-06-01T10:00:00.000Z',
  dueAt: '2026-07-01T10:00:00.000Z',
  extendedUntil: null,
  contacts: [],
} as const;
const going = { ...request, status: 'IN_PROGRESS' } as const;
const copy = { ...going, kind: 'ACCESS' } as const;
const farthest = '2026-08-30T10:00:00.000Z';

describe('what can be done with a privacy request', () => {
  it.each([
    ['while who asks is not proved', request, ['match', 'verify', 'askProof', 'changeKind', 'extend', 'reject']],
    ['once it is proved', { ...going, history: steps(toFind, longer) }, ['match', 'changeKind', 'extend', 'reject']],
    ['while a hold stops it', { ...request, status: 'ON_HOLD' }, ['changeKind', 'extend', 'reject']],
    ['while they are being erased', { ...going, history: steps(toFind, erasing) }, []],
    ['while a copy is made', { ...copy, history: steps(copying) }, ['match', 'extend', 'reject']],
    ['once it is done', { ...request, status: 'COMPLETED' }, []],
    ['once it is refused', { ...request, status: 'REJECTED' }, []],
    [
      'once it takes as long as any law allows',
      { ...request, extendedUntil: farthest },
      ['match', 'verify', 'askProof', 'changeKind', 'reject'],
    ],
  ] as const)('%s', (_when, given, actions) => {
    expect(possibleActions({ ...given, history: [...given.history] })).toEqual(actions);
  });

  it('is to put right what is said in words, once it is known of which one contact', () => {
    const correction = { ...going, kind: 'RECTIFY', history: steps(toFind) } as const;
    expect(possibleActions(correction)).not.toContain('rectify');
    expect(possibleActions({ ...correction, contacts: [1, 2] })).not.toContain('rectify');
    expect(possibleActions({ ...correction, contacts: [1] })).toContain('rectify');
    expect(possibleActions({ ...correction, kind: 'OBJECT', contacts: [1] })).not.toContain('rectify');
    expect(possibleActions({ ...correction, status: 'VERIFYING', contacts: [1] })).not.toContain('rectify');
  });

  it.each([
    ['it erases', going, [toFind, erasing], true],
    ['it makes a copy, and takes longer', copy, [copying, longer], true],
    ['nobody is found', going, [toFind, longer], false],
    ['it is done', { ...going, status: 'COMPLETED' }, [erasing], false],
    ['a person wrote those words', going, [`It was refused: ${erasing}`], false],
  ] as const)('is asked for again while the server is at it: %s', (_when, given, notes, is) => {
    expect(isWorkedOn({ ...given, history: steps(...notes) })).toBe(is);
  });

  it('ends 90 days after it came [promise 73]', () => {
    expect(latestDate(request).toISOString()).toBe(farthest);
  });
});
