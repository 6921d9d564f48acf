import { mailServerUrl } from './mail-server-url.js';

const login = { user: 'a@b.example', password: 'p@ss:w/rd' };

describe('the address of a mail server', () => {
  it.each([
    ['imaps', 'imap.example.com', 'imaps://a%40b.example:p%40ss%3Aw%2Frd@imap.example.com'],
    ['smtps', 'smtp.example.com:587', 'smtp://a%40b.example:p%40ss%3Aw%2Frd@smtp.example.com:587'],
    ['smtps', ' smtps://x:y@smtp.example.com/ ', 'smtps://a%40b.example:p%40ss%3Aw%2Frd@smtp.example.com'],
    ['imaps', 'imap://imap.example.com', 'imap://a%40b.example:p%40ss%3Aw%2Frd@imap.example.com'],
  ] as const)('is made from %s and %s', (scheme, typed, url) => expect(mailServerUrl(scheme, typed, login)).toBe(url));
});
