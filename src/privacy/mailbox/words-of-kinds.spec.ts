import { kindIn } from './words-of-kinds.js';

describe('what a mail asks for', () => {
  it.each([
    ['Please delete everything you have about me', 'ERASE'],
    ['I want my data erased, and stop using it', 'ERASE'],
    ['Remove me from your records', 'ERASE'],
    ['Kişisel verilerimin silinmesini talep ediyorum', 'ERASE'],
    ['Verilerimi siler misiniz?', 'ERASE'],
    ['LÜTFEN VERILERIMI SILIN', 'ERASE'],
    ['Please send me a copy of my data. Do not delete anything.', 'ACCESS'],
    ['Verilerimin bir kopyasını istiyorum', 'ACCESS'],
    ['Verilerime erişim istiyorum', 'ACCESS'],
    ['I need my data in a machine-readable copy', 'PORT'],
    ['Please correct my name', 'RECTIFY'],
    ['Please restrict the use of my data', 'RESTRICT'],
    ['I object to the bot', 'OBJECT'],
  ])('is told by plain words: %s [promise 64]', (text, kind) => expect(kindIn(text)).toBe(kind));

  it.each([
    'Hello, a question about your privacy notice',
    'Send me a copy of my data and then delete it',
    "Please don't delete my account",
    'Verilerimi silmeyin',
    'Verilerim silinmesin',
    'I forgot my password',
    'Silah, fosil, yeşil',
    '',
  ])('is left to people where it cannot be told: %s', (text) => expect(kindIn(text)).toBeNull());

  it('takes no time worth the name for a text that is made to', () => {
    // A form that went back and forth would not come to an end here.
    expect(kindIn(`do not ${'a'.repeat(200_000)} ${'never '.repeat(30_000)}`)).toBeNull();
  });
});
