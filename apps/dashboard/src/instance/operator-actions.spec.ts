import { operatorActions } from './operator-actions.js';

const request = {
  status: 'VERIFYING',
  ownedByWorkspace: false,
  receivedAt: '2026-06-01T10:00:00.000Z',
  dueAt: '2026-07-01T10:00:00.000Z',
  extendedUntil: null,
} as const;
const all = ['route', 'answer', 'askProof', 'changeKind', 'extend', 'refuse'];

describe('what those who run the deployment can do with a request [promise 59]', () => {
  it.each([
    ['that nobody owns', request, all],
    ['once who asks is proved', { ...request, status: 'IN_PROGRESS' }, all.filter((one) => one !== 'askProof')],
    [
      'once it takes as long as any law allows',
      { ...request, extendedUntil: '2026-08-30T10:00:00.000Z' },
      all.filter((one) => one !== 'extend'),
    ],
    ['that a workspace owns', { ...request, ownedByWorkspace: true }, ['askController', 'eraseDirectly']],
    [
      'that is on hold there',
      { ...request, ownedByWorkspace: true, status: 'ON_HOLD' },
      ['askController', 'eraseDirectly'],
    ],
    ['that is done', { ...request, status: 'COMPLETED' }, []],
    ['that was refused', { ...request, ownedByWorkspace: true, status: 'REJECTED' }, []],
  ] as const)('%s', (_which, given, actions) => {
    expect(operatorActions(given)).toEqual(actions);
  });
});
