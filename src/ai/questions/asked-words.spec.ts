import { askedStems, likenessOf, sameQuestion } from './asked-words.js';

const stems = (text: string) => askedStems(text) ?? [];
const alike = (one: string, other: string) => likenessOf(stems(one), stems(other));

describe('what is asked', () => {
  it.each(['thanks!', '👍', 'Merhaba', 'How are you?', '', 'My parcel came yesterday.', 'Tamam teşekkürler'])(
    'is nothing: %s',
    (text) => {
      expect(askedStems(text)).toBeNull();
    },
  );

  it.each([
    ['Do you ship to Norway?', 'Is delivery to Norway possible?'],
    ['Hediye paketi yapıyor musunuz?', 'hediye paketi var mı'],
    ['Do you gift wrap?', 'can you gift wrap it'],
    ['Do you gift wrap?', 'My name is [name] and I live in Berlin. Could you gift wrap? Write to [email].'],
  ])('is the same in other words: %s / %s', (one, other) => {
    expect(alike(one, other)).toBeGreaterThanOrEqual(0.5);
  });

  it.each([
    ['Do you ship to Norway?', 'Do you ship to Canada?'],
    ['Do you repair watches?', 'Do you sell used watches?'],
    ['Hediye paketi var mı?', 'Hediye kartı satıyor musunuz?'],
  ])('is something else: %s / %s', (one, other) => {
    expect(alike(one, other)).toBeLessThan(0.5);
  });

  it('joins the question that is most like it', () => {
    const known = ['Do you ship to Norway?', 'Do you ship parcels to Norway by express?'].map((text) => ({
      text,
      stems: stems(text),
    }));
    expect(sameQuestion(stems('Is shipping to Norway possible?'), known)?.text).toBe('Do you ship to Norway?');
    expect(sameQuestion(stems('Do you repair watches?'), known)).toBeNull();
  });
});
