import { languageFor } from './index.js';
import { words as english } from './en.js';

const languages = await Promise.all(['en', 'tr', 'de', 'ar'].map(languageFor));

describe('the words of the chat', () => {
  it('are all there in every language, and none was left as it was', () => {
    for (const { tag, words } of languages) {
      expect([tag, Object.keys(words).sort()]).toEqual([tag, Object.keys(english).sort()]);
      for (const [name, text] of Object.entries(words))
        expect([tag, name, text.trim() === text && text !== '']).toEqual([tag, name, true]);
      const same = Object.entries(words).filter(([name, text]) => english[name as keyof typeof english] === text);
      if (tag !== 'en')
        expect([tag, same.map(([name]) => name).filter((name) => name !== 'person')]).toEqual([tag, []]);
    }
  });

  it('are those of the page, or English', async () => {
    const cases = [
      ['tr-TR', 'tr-TR', 'ltr', 'Bize yazın'],
      ['AR-eg', 'AR-eg', 'rtl', 'تحدّث معنا'],
      ['de', 'de', 'ltr', 'Schreiben Sie uns'],
      ['pt-BR', 'en', 'ltr', 'Chat with us'],
      ['', 'en', 'ltr', 'Chat with us'],
      ['tr_TR!', 'tr', 'ltr', 'Bize yazın'],
      ['constructor', 'en', 'ltr', 'Chat with us'],
    ] as const;
    for (const [asked, ...expected] of cases) {
      const { tag, direction, words } = await languageFor(asked);
      expect([asked, tag, direction, words.title]).toEqual([asked, ...expected]);
    }
  });
});
