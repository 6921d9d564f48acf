import i18next from 'i18next';
import turkish from '../../i18n/tr/channels.js';
import { troubleWords } from './trouble-words.js';

describe('what is wrong with a channel, in words', () => {
  const words = i18next.createInstance();
  beforeAll(() =>
    words.init({ lng: 'tr', resources: { tr: { translation: turkish } }, interpolation: { escapeValue: false } }),
  );
  const said = (lastError: string | null, lastErrorCode: string | null) =>
    troubleWords({ lastError, lastErrorCode }, words.t);

  it('are the reader’s where the cause is known', () => {
    expect(said('The access token has expired.', 'TOKEN_EXPIRED')).toBe(
      'Erişimin süresi doldu. Hesabı yeniden bağlayın.',
    );
  });

  it('are the platform’s, and say so, where it is not, or not yet here', () => {
    expect(said('Odd <b>fault</b> 9', null)).toBe('Platformun bildirdiği: Odd <b>fault</b> 9');
    expect(said('Something new', 'OF_A_LATER_SERVER')).toBe('Platformun bildirdiği: Something new');
  });

  it('are none where nothing is wrong', () => {
    expect(said(null, null)).toBeNull();
    expect(said('', null)).toBeNull();
  });
});
