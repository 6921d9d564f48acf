import { sentencesOfPassage } from './source-sentences.js';

const passage =
  'Standard shipping takes 3 days. Express shipping costs 9.90 EUR, see parley.example/x. Returns are free!\nAsk us';

describe('the sentences of a passage', () => {
  it('are all there, with nothing between them lost', () => {
    for (const text of [passage, '', 'no end', '...', 'a?! b', '؟ نعم. لا'])
      expect(
        sentencesOfPassage(text, 'x')
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
  });

  it('are marked where a reply says them, and only there', () => {
    const used = (reply: string) =>
      sentencesOfPassage(passage, reply)
        .filter((part) => part.used)
        .map((part) => part.text.trim());
    expect(used('Express shipping costs 9.90 EUR, see parley.example/x.')).toEqual([
      'Express shipping costs 9.90 EUR, see parley.example/x.',
    ]);
    expect(used('EXPRESS shipping: costs 9.90 EUR (parley.example/x)')).toHaveLength(1);
    expect(used('Der Versand dauert drei Tage.')).toEqual([]);
  });
});
