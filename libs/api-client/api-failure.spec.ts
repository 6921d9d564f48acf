import { isTransient, toApiFailure } from './api-failure.js';

describe('toApiFailure', () => {
  it('reads code, field, retryAfter and requestId', () => {
    const failure = toApiFailure({
      graphQLErrors: [
        {
          message: 'The token was refused.',
          extensions: { code: 'PLATFORM_REFUSED', field: 'input.pageAccessToken', retryAfter: 3, requestId: 'r-1' },
        },
      ],
    });
    expect(failure).toEqual({
      code: 'PLATFORM_REFUSED',
      message: 'The token was refused.',
      field: 'pageAccessToken',
      retryAfter: 3,
      requestId: 'r-1',
    });
  });

  it('reads which refusal it is, and the texts that its words are filled in with', () => {
    const extensions = { code: 'PLATFORM_REFUSED', reason: 'META_REFUSED', values: { error: '368', odd: {} } };
    const failure = toApiFailure({ graphQLErrors: [{ message: 'x', extensions }] });
    expect([failure.reason, failure.values]).toEqual(['META_REFUSED', { error: '368' }]);
    const without = toApiFailure({ graphQLErrors: [{ message: 'x', extensions: { code: 'INTERNAL', reason: 4 } }] });
    expect([without.reason, without.values]).toEqual([undefined, undefined]);
  });

  it('takes a code that it does not know for INTERNAL', () => {
    expect(toApiFailure({ graphQLErrors: [{ message: 'x', extensions: { code: 'NEW_ONE' } }] }).code).toBe('INTERNAL');
  });

  it('tells no answer from an answer without a body', () => {
    expect(toApiFailure({ networkError: new Error('failed') }).code).toBe('NETWORK');
    expect(toApiFailure({ networkError: new Error('x'), response: { status: 503 } }).code).toBe('UNAVAILABLE');
    expect(toApiFailure({ networkError: new Error('x'), response: { status: 401 } }).code).toBe('UNAUTHENTICATED');
  });
});

describe('isTransient', () => {
  it.each([
    ['NETWORK', true],
    ['UNAVAILABLE', true],
    ['MESSAGING_WINDOW_CLOSED', false],
    ['BAD_USER_INPUT', false],
  ] as const)('%s: %s', (code, transient) => {
    expect(isTransient({ code, message: '', field: null, retryAfter: null, requestId: null })).toBe(transient);
  });
});
