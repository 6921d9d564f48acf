import { languageFor, unreadIn } from './index.js';
import { words as english } from './en.js';

const tags = ['en', 'tr', 'de', 'ar', 'fr', 'es', 'it', 'pt', 'nl', 'ru'];
const languages = await Promise.all(tags.map(languageFor));
/** What is the same word in English. */
const borrowed: Readonly<Record<string, readonly string[]>> = {
  de: ['person', 'chat', 'name'],
  fr: ['chat', 'email', 'message', 'messages', 'sources'],
  es: ['chat'],
  it: ['person', 'chat', 'email', 'file', 'privacy'],
  pt: ['chat', 'email'],
  nl: ['person', 'chat', 'email', 'privacy'],
};

describe('the words of the chat', () => {
  it('are all there in every language, and none was left as it was', () => {
    for (const { tag, words } of languages) {
      expect([tag, Object.keys(words).sort()]).toEqual([tag, Object.keys(english).sort()]);
      const { unread, ...rest } = words;
      for (const [name, text] of [...Object.entries(rest), ...Object.entries(unread)])
        expect([tag, name, text.trim() === text && text !== '']).toEqual([tag, name, true]);
      const same = Object.entries(rest).filter(([name, text]) => english[name as keyof typeof english] === text);
      if (tag !== 'en')
        expect([tag, same.map(([name]) => name).sort()]).toEqual([tag, [...(borrowed[tag] ?? [])].sort()]);
    }
  });

  it('have their places to fill in, and no others', () => {
    for (const { tag, words } of languages) {
      const places = Object.entries(words).map(([name, text]) => [name, JSON.stringify(text).match(/\{\w+\}/g) ?? []]);
      const found = Object.fromEntries(places) as Record<string, string[]>;
      for (const [name, places] of Object.entries(found))
        expect([tag, name, [...new Set(places)]]).toEqual([
          tag,
          name,
          name === 'back' ? ['{when}'] : name === 'unread' ? ['{n}'] : [],
        ]);
    }
  });

  it('count by the plural rules of their language', () => {
    for (const language of languages) {
      const { tag, words } = language;
      const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
      // What a count of messages can be, to the most that is told.
      const counted = new Set(Array.from({ length: 99 }, (_, index) => new Intl.PluralRules(tag).select(index + 1)));
      for (const form of counted)
        expect([tag, form, form in words.unread || 'other' in words.unread]).toEqual([tag, form, true]);
      for (const form of Object.keys(words.unread))
        expect([tag, pluralCategories]).toEqual([tag, expect.arrayContaining([form])]);
    }
    const said = (tag: string, count: number) => {
      const language = languages.find((one) => one.tag === tag);
      return language === undefined ? null : unreadIn(language, count);
    };
    expect([1, 2].map((count) => said('en', count))).toEqual(['1 new message', '2 new messages']);
    expect([1, 3, 5, 21].map((count) => said('ru', count))).toEqual([
      '1 новое сообщение',
      '3 новых сообщения',
      '5 новых сообщений',
      '21 новое сообщение',
    ]);
    expect(said('ar', 2)).toBe('رسالتان جديدتان');
    expect(said('tr', 5)).toBe('5 yeni ileti');
  });

  it('are those of the page, or English', async () => {
    const cases = [
      ['tr-TR', 'tr-TR', 'ltr', 'Bize yazın'],
      ['AR-eg', 'AR-eg', 'rtl', 'تحدّث معنا'],
      ['de', 'de', 'ltr', 'Schreiben Sie uns'],
      ['pt-BR', 'pt-BR', 'ltr', 'Fale conosco'],
      ['fr-CA', 'fr-CA', 'ltr', 'Écrivez-nous'],
      ['ja', 'en', 'ltr', 'Chat with us'],
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
