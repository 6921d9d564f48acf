import { quotePassage } from './quote-passage.js';

const passage = (text: string) => ({
  id: 'p',
  knowledgeId: 'k',
  title: 'Shop',
  url: null,
  heading: null,
  question: null,
  score: 1,
  text,
});

describe('a quote', () => {
  it('says what its sentence leads to, down to the end of the list, and no more', () => {
    const text = 'We engrave:\n- rings\n- watches\n- spoons\nSuch things do not come back.';
    expect(quotePassage(passage(text), 'Do you engrave?')).toBe('We engrave:\n- rings\n- watches\n- spoons');
    expect(quotePassage(passage('We engrave only:\nGold and silver.\nIt takes a day.'), 'Do you engrave?')).toBe(
      'We engrave only:\nGold and silver.',
    );
    // What is in the list already is not said twice, and what stands further on is still said.
    expect(quotePassage(passage(`${text} We engrave spoons within a day.`), 'Do you engrave spoons?')).toBe(
      'We engrave spoons within a day.',
    );
    expect(quotePassage(passage(text.replace('Such', 'Engraved')), 'Do you engrave?')).toBe(
      'We engrave:\n- rings\n- watches\n- spoons\nEngraved things do not come back.',
    );
  });

  it('is the sentence alone where that says it', () => {
    const text = 'Rings are engraved for free.\nParcels leave on weekdays.';
    expect(quotePassage(passage(text), 'Are rings engraved?')).toBe('Rings are engraved for free.');
  });
});
