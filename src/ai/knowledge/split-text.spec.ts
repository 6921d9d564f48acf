import { sentencesOf, splitPairs, splitText } from './split-text.js';
import { growth, steep } from '../../../test/support/growth.js';

const words = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `${word}${String(index)}`).join(' ');

describe('splitText', () => {
  it('keeps the headings that a passage stands under', () => {
    const passages = splitText(
      '# Shop\n\n## Returns\nGoods go back within 30 days.\n\n## Shipping\n\nWe ship on weekdays.\n\n# About\nSince 1990.',
    );
    expect(passages).toEqual([
      { heading: 'Shop – Returns', question: null, text: 'Goods go back within 30 days.' },
      { heading: 'Shop – Shipping', question: null, text: 'We ship on weekdays.' },
      { heading: 'About', question: null, text: 'Since 1990.' },
    ]);
  });

  it('takes a short line above a paragraph as its heading, and the same line alone as text', () => {
    expect(splitText('Opening hours:\n\nWe open at nine.')).toEqual([
      { heading: 'Opening hours', question: null, text: 'We open at nine.' },
    ]);
    expect(splitText('We are open daily')).toEqual([{ heading: null, question: null, text: 'We are open daily' }]);
    expect(splitText('First line\n\nSecond line').map(({ text }) => text)).toEqual(['First line\nSecond line']);
    expect(splitText('A title\n===\nText under it.')).toEqual([
      { heading: 'A title', question: null, text: 'Text under it.' },
    ]);
  });

  it('keeps a line that ends like one which goes on with what it leads to', () => {
    expect(splitText('# Delivery\n\nWe deliver today to:\n\n- Norway\n- Sweden\n\nElsewhere it takes longer.')).toEqual(
      [
        {
          heading: 'Delivery',
          question: null,
          text: 'We deliver today to:\n- Norway\n- Sweden\nElsewhere it takes longer.',
        },
      ],
    );
    // What it leads to need be no list, and a heading between them leads to nothing.
    expect(splitText('You reach us by:\n\nLetter, mail and phone.')).toEqual([
      { heading: null, question: null, text: 'You reach us by:\nLetter, mail and phone.' },
    ]);
    expect(splitText('We deliver to:\n\n# Prices\n\nThree euros.').map(({ heading }) => heading)).toContain('Prices');
    // It is not cut off from its list where a passage is full.
    const full = splitText(
      `${words(110, 'w')}.\n\nThese stay with you:\n\n- opened cartridges and everything that was in them`,
    );
    expect(full.at(-1)?.text).toMatch(/^These stay with you:\n- opened/u);
  });

  it('gathers paragraphs up to some 120 words and cuts a long one between sentences', () => {
    const paragraphs = Array.from({ length: 6 }, (_, index) => `${words(50, `w${String(index)}x`)}.`).join('\n\n');
    const gathered = splitText(paragraphs);
    expect(gathered).toHaveLength(3);
    const long = Array.from(
      { length: 40 },
      (_, index) => `Sentence ${String(index)} has exactly eight words in it.`,
    ).join(' ');
    const cut = splitText(long);
    expect(cut.length).toBeGreaterThan(1);
    for (const { text } of cut) {
      expect(text.split(' ').length).toBeLessThanOrEqual(120);
      expect(text).toMatch(/^Sentence .* in it\.$/);
    }
    expect(cut.map(({ text }) => text).join(' ')).toBe(long);
  });

  it('loses nothing of a text without sentences', () => {
    const wall = 'x'.repeat(200_000);
    expect(
      splitText(wall)
        .map(({ text }) => text.replaceAll(' ', '').replaceAll('\n', ''))
        .join('').length,
    ).toBeGreaterThan(500);
    expect(
      splitText(words(20_000, 'w'))
        .map(({ text }) => text)
        .join(' '),
    ).toBe(words(20_000, 'w'));
  });

  it.each(['x', '#', 'a.\n', '\n', '-'])('goes through a wall of %j once', (part) => {
    expect(growth((scale) => splitText(part.repeat(scale * 15_000)))).toBeLessThan(steep);
  });

  it('keeps what stands twice once', () => {
    expect(splitText('Same text here.\n\n# A\nOne.\n\n# A\nOne.')).toHaveLength(2);
    expect(
      splitPairs([
        { question: 'Open?', answer: 'Yes.' },
        { question: 'Open? ', answer: ' yes.' },
      ]),
    ).toEqual([{ heading: null, question: 'Open?', text: 'Yes.' }]);
  });
});

describe('sentencesOf', () => {
  it('ends sentences where they end', () => {
    expect(
      sentencesOf('Ask Dr. Kaya. It costs 19.90 EUR. İade 14 gündür! Değil mi? Evet.\n- A point\n2. Another point'),
    ).toEqual([
      'Ask Dr. Kaya.',
      'It costs 19.90 EUR.',
      'İade 14 gündür!',
      'Değil mi?',
      'Evet.',
      'A point',
      'Another point',
    ]);
  });
});
