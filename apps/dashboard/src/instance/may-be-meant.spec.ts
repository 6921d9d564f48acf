import { mayBeMeant } from './may-be-meant.js';

const [first, second] = ['0190b7a0-0000-7000-8000-000000000001', '0190b7a0-0000-7000-8000-000000000002'];
const history = (...notes: (string | null)[]) => ({
  history: notes.map((note) => ({
    __typename: 'PrivacyStep' as const,
    at: '2026-06-01T10:00:00.000Z',
    status: 'VERIFYING' as const,
    note,
  })),
});

describe('which workspaces may be meant [promise 59]', () => {
  it('is what the server found, by name and id', () => {
    expect(mayBeMeant(history(null, `May be meant: Demo (2); Co (${first}); Bea's shop (${second})`))).toEqual([
      { id: first, name: 'Demo (2); Co' },
      { id: second, name: "Bea's shop" },
    ]);
  });

  it('is what it found last, and nothing that somebody wrote', () => {
    expect(mayBeMeant(history(`May be meant: A (${first})`, `May be meant: B (${second})`))).toEqual([
      { id: second, name: 'B' },
    ]);
    expect(mayBeMeant(history(`The operator answered: May be meant: A (${first})`, null))).toEqual([]);
    expect(mayBeMeant(history('No workspace was found that knows them.'))).toEqual([]);
  });
});
