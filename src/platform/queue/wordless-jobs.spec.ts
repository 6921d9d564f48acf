import { idsOf, withoutWords } from './wordless-jobs.js';

const ids = {
  workspaceId: '01a204c2-5845-7309-9845-0028885e6ae3',
  rowId: '01a204c2-5855-7309-9855-005518e4705c',
};

describe('a job on the board', () => {
  it.each([
    [{ ...ids, text: 'words of a customer', token: 'secret' }, ids],
    [{ ...ids, rowId: 'words of a customer' }, { workspaceId: ids.workspaceId }],
    [{ workspaceId: { words: 'of a customer' } }, {}],
    ['words', {}],
    [null, {}],
  ])('that holds %j is its ids', (data, shown) => expect(idsOf(data)).toEqual(shown));

  it('that failed says by which kind of error, and nothing that the error says', () => {
    const job = { id: '7', failedReason: 'TypeError: it said words', stacktrace: ['TypeError: words'], attempts: 1 };
    expect(JSON.parse(JSON.stringify({ jobs: [job] }, withoutWords))).toEqual({
      jobs: [{ id: '7', failedReason: 'TypeError', stacktrace: [], attempts: 1 }],
    });
    expect(JSON.stringify({ failedReason: 'Key (email)=(ada@example.com)' }, withoutWords)).toBe(
      '{"failedReason":"Error"}',
    );
    expect(JSON.stringify({ failedReason: null }, withoutWords)).toBe('{"failedReason":null}');
  });
});
