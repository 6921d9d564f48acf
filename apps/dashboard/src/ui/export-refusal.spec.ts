import { refusalOfExport } from './export-refusal.js';

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});
const answering = (answer: () => Promise<Response>) => {
  const asked: unknown[] = [];
  globalThis.fetch = (address, init) => {
    asked.push([address, init]);
    return answer();
  };
  return asked;
};

describe('a file that the server may refuse', () => {
  it('is asked for by its head alone, and is none where it would be given', async () => {
    const asked = answering(() => Promise.resolve(new Response(null, { status: 200 })));
    expect(await refusalOfExport('/exports/leads.csv?workspace=w1')).toBeNull();
    expect(asked).toEqual([['/exports/leads.csv?workspace=w1', { method: 'HEAD', cache: 'no-store' }]]);
  });

  it.each([
    [401, { code: 'UNAUTHENTICATED' }],
    [403, { code: 'FORBIDDEN' }],
    [404, { code: 'NOT_FOUND' }],
    [422, { code: 'BAD_USER_INPUT' }],
    [429, { code: 'RATE_LIMITED', reason: 'EXPORTS_MANY' }],
    [503, { code: 'UNAVAILABLE' }],
  ])('is refused in words of ours: %d', async (status, refusal) => {
    answering(() => Promise.resolve(new Response(null, { status })));
    const failure = await refusalOfExport('/exports/leads.csv');
    expect(failure).toMatchObject(refusal);
    expect(failure?.reason).toBe('reason' in refusal ? refusal.reason : undefined);
  });

  it('is not to be had without a line', async () => {
    answering(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await refusalOfExport('/exports/leads.csv')).toMatchObject({ code: 'NETWORK' });
  });
});
