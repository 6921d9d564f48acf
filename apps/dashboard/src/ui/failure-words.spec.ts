import i18next, { type TFunction } from 'i18next';
import { errorCodes, type ApiFailure } from '../api/documents.js';
import en from '../i18n/en/index.js';
import tr from '../i18n/tr/refused.js';
import { failureSentence, failureWords } from './failure-words.js';

const t = ((key: string) => key) as unknown as TFunction;
const failure = (part: Partial<ApiFailure>): ApiFailure => ({
  code: 'INTERNAL',
  message: '',
  field: null,
  retryAfter: null,
  requestId: null,
  ...part,
});

describe('failureWords', () => {
  it('has a sentence for every code', () => {
    const sentences = en.failure as Record<string, string>;
    expect([...errorCodes, 'NETWORK'].filter((code) => !sentences[code])).toEqual([]);
  });

  it('shows the server’s words where they are meant for people, and hides what went wrong inside', () => {
    expect(failureSentence(failure({ code: 'PLATFORM_REFUSED', message: 'The token has expired.' }), t)).toBe(
      'The token has expired.',
    );
    expect(failureSentence(failure({ code: 'INTERNAL', message: 'relation "x" does not exist' }), t)).toBe(
      'failure.INTERNAL',
    );
  });

  it('says how long to wait where the server does', () => {
    expect(failureWords(failure({ code: 'RATE_LIMITED', retryAfter: 3 }), t).title).toBe('failure.RATE_LIMITED_for');
    expect(failureWords(failure({ code: 'RATE_LIMITED' }), t).title).toBe('failure.RATE_LIMITED');
  });

  it('says the reason that the server names, filled in, in the reader’s language', async () => {
    const words = i18next.createInstance();
    await words.init({ lng: 'tr', resources: { tr: { translation: tr } }, interpolation: { escapeValue: false } });
    const named = (reason: string) =>
      failureSentence(
        failure({ code: 'CONFLICT', message: 'The same knowledge is there.', reason, values: { title: '<İade>' } }),
        words.t,
      );
    expect(named('KNOWLEDGE_TWIN')).toBe('Aynı bilgi “<İade>” adıyla zaten var.');
    // One of a newer server is told in its own words.
    expect(named('OF_A_LATER_SERVER')).toBe('The same knowledge is there.');
  });
});
