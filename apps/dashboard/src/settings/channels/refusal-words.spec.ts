import i18next from 'i18next';
import type { ApiFailure } from '../../api/documents.js';
import arabic from '../../i18n/ar/elsewhere.js';
import english from '../../i18n/en/elsewhere.js';
import turkish from '../../i18n/tr/elsewhere.js';
import { inReadersWords, refusalWords } from './refusal-words.js';

const catalogs = { en: english, tr: turkish, ar: arabic };

describe.each(['en', 'tr', 'ar'] as const)('why nothing was connected, in words: %s', (language) => {
  const words = i18next.createInstance();
  beforeAll(() =>
    words.init({
      lng: language,
      resources: { [language]: { translation: catalogs[language] } },
      interpolation: { escapeValue: false },
    }),
  );
  const failure: ApiFailure = {
    code: 'BAD_USER_INPUT',
    message: 'Odd.',
    field: 'x',
    retryAfter: null,
    requestId: null,
  };
  const own = catalogs[language].refusal;

  it('are the reader’s where the reason is known', () => {
    expect(refusalWords('MAIL_HOST_MALFORMED', 'x', words.t)).toBe(own.MAIL_HOST_MALFORMED);
    const refused: ApiFailure = { ...failure, code: 'UNAVAILABLE', reason: 'META_UNREACHED', values: {} };
    expect(inReadersWords(refused, words.t).message).toBe(own.META_UNREACHED);
    expect(inReadersWords({ ...failure, reason: 'META_REFUSED', values: { error: '368' } }, words.t).message).toContain(
      '368',
    );
  });

  it('name the account where several were chosen', () => {
    const values = { account: 'Demo Shop' };
    expect(inReadersWords({ ...failure, reason: 'PAGE_OTHER', values }, words.t).message).toBe(
      `Demo Shop: ${own.PAGE_OTHER}`,
    );
  });

  it('are told as they came, and say so, where it is not known, or not yet here', () => {
    const said = catalogs[language].channelTrouble.said.replace('{{words}}', 'Odd.');
    expect(inReadersWords(failure, words.t).message).toBe(said);
    expect(inReadersWords({ ...failure, reason: 'OF_A_LATER_SERVER', values: {} }, words.t).message).toBe(said);
    expect(refusalWords(null, 'Odd.', words.t)).toBe(said);
  });

  it('leave other failures as they are', () => {
    for (const code of ['UNAVAILABLE', 'FORBIDDEN', 'NETWORK', 'PLAN_LIMIT'] as const)
      expect(inReadersWords({ ...failure, code }, words.t)).toEqual({ ...failure, code });
  });
});
