import { DraftChange, DraftLanguage } from '../enums.js';
import { checkChange } from './change-check.js';
import type { Basis } from './change-of-draft.js';
import { languageOf, languages } from '../languages.js';

const base =
  'Express shipping takes 1 day and costs 9.90 EUR. Shipping is free over 50 EUR. We deliver to Germany and Austria. Details are at https://example.com/shipping.';
const nobody = { customerWords: '' };
const basis = (change: DraftChange, language: DraftLanguage | null = null, text = base): Basis => ({
  text,
  change,
  language: language === null ? null : (languages.get(language) ?? null),
  sources: [],
  confidence: null,
});
const into = (language: DraftLanguage, answer: string, text = base) =>
  checkChange(answer, basis(DraftChange.TRANSLATION, language, text), nobody);

const honest: readonly (readonly [DraftLanguage, string])[] = [
  [
    DraftLanguage.TR,
    "Hızlı kargo 1 gün sürer ve 9,90 EUR tutar. 50 EUR üzeri siparişlerde kargo ücretsizdir. Almanya'ya ve Avusturya'ya teslimat yapıyoruz. Ayrıntılar https://example.com/shipping adresindedir.",
  ],
  [
    DraftLanguage.DE,
    'Der Expressversand dauert 1 Tag und kostet 9,90 EUR. Ab 50 EUR ist der Versand kostenlos. Wir liefern nach Deutschland und Österreich. Einzelheiten finden Sie unter https://example.com/shipping.',
  ],
  [
    DraftLanguage.FR,
    'La livraison express prend 1 jour et coûte 9,90 EUR. La livraison est gratuite à partir de 50 EUR. Nous livrons en Allemagne et en Autriche. Les détails sont sur https://example.com/shipping.',
  ],
  [
    DraftLanguage.ES,
    'El envío exprés tarda 1 día y cuesta 9,90 EUR. El envío es gratis a partir de 50 EUR. Hacemos envíos a Alemania y Austria. Los detalles están en https://example.com/shipping.',
  ],
  [
    DraftLanguage.AR,
    'يستغرق الشحن السريع 1 يوم ويكلف 9.90 EUR. الشحن مجاني فوق 50 EUR. نوصل إلى ألمانيا والنمسا. التفاصيل على https://example.com/shipping.',
  ],
];

// Each is the honest translation with one thing changed; the original says nothing of the kind.
const attacks: readonly (readonly [string, DraftLanguage, string, string, string])[] = [
  [
    'a link',
    DraftLanguage.DE,
    'https://example.com/shipping',
    'https://evil.test/pay',
    'it changes a link or an address',
  ],
  [
    'a second link',
    DraftLanguage.FR,
    'https://example.com/shipping.',
    'https://example.com/shipping et www.evil.com.',
    'it changes a link or an address',
  ],
  ['a number', DraftLanguage.TR, '9,90', '9,09', 'it changes a number'],
  ['the unit of time', DraftLanguage.DE, '1 Tag', '1 Stunde', 'it changes a number'],
  ['the currency', DraftLanguage.ES, '9,90 EUR', '9,90 USD', 'it changes a number'],
  ['a country', DraftLanguage.DE, 'und Österreich', 'und in die Schweiz', 'it changes a date or a country'],
  ['one country more', DraftLanguage.TR, "Avusturya'ya", "Avusturya'ya, İsviçre'ye", 'it changes a date or a country'],
  [
    'a denial',
    DraftLanguage.FR,
    'Nous livrons',
    'Nous ne livrons pas',
    'it denies what the draft affirms, or the other way round',
  ],
  ['a condition left out', DraftLanguage.AR, 'فوق 50 EUR', '50 EUR', 'it leaves out a condition'],
  [
    'free where it costs',
    DraftLanguage.DE,
    'und kostet 9,90 EUR',
    'und ist kostenlos statt 9,90 EUR',
    'it promises what the draft does not',
  ],
  ['a guarantee', DraftLanguage.ES, 'tarda 1 día', 'tarda 1 día garantizado', 'it promises what the draft does not'],
  ['a refund', DraftLanguage.TR, '1 gün sürer', '1 gün sürer ve iade edilir', 'it promises what the draft does not'],
  [
    'a gift',
    DraftLanguage.FR,
    'Nous livrons en',
    'Avec un cadeau, nous livrons en',
    'it promises what the draft does not',
  ],
  [
    'a sentence more',
    DraftLanguage.DE,
    'Wir liefern',
    'Wir sind sehr schnell. Wir liefern',
    'it changes a date or a country',
  ],
  ['a brand', DraftLanguage.TR, 'Hızlı kargo', 'Hızlı kargo ile Zalando', 'it changes a name'],
  [
    'a clause that says much more',
    DraftLanguage.DE,
    'Österreich.',
    'Österreich und packen alles liebevoll ein, was Sie sich nur wünschen, solange Sie uns freundlich schreiben, was uns sehr am Herzen liegt.',
    'it says more than the draft',
  ],
];

describe('a translation of a grounded draft', () => {
  it.each(honest)('into %s stands as a whole', (language, translation) => {
    expect(into(language, translation)).toMatchObject({ problem: null });
    expect(into(language, translation).sentences.join(' ')).toBe(translation);
  });

  it.each(attacks)('is refused where it changes or adds %s', (_, language, was, becomes, problem) => {
    const translation = honest.find(([one]) => one === language)?.[1] ?? '';
    expect(translation).toContain(was);
    expect(into(language, translation.replace(was, becomes)).problem).toBe(problem);
  });

  it('is refused where it leaves a sentence out, or comes in another language', () => {
    expect(into(DraftLanguage.DE, 'Ab 50 EUR ist der Versand kostenlos.').problem).not.toBeNull();
    expect(into(DraftLanguage.DE, base).problem).toBe('what came back is not in German');
    expect(into(DraftLanguage.RU, honest[1]?.[1] ?? '').problem).toBe('what came back is not in Russian');
    expect(into(DraftLanguage.DE, '').problem).not.toBeNull();
  });

  it('keeps days of the week, working days and names', () => {
    const draft = 'On Monday we are open until 18:00. A refund takes 5 business days. Ask for Ada.';
    const good = 'Am Montag haben wir bis 18 Uhr geöffnet. Eine Erstattung dauert 5 Werktage. Fragen Sie nach Ada.';
    expect(into(DraftLanguage.DE, good, draft).problem).toBeNull();
    for (const [was, becomes] of [
      ['Montag', 'Dienstag'],
      ['18 Uhr', '20 Uhr'],
      ['5 Werktage', '5 Tage'],
      ['nach Ada', 'nach Bob'],
    ] as const)
      expect(into(DraftLanguage.DE, good.replace(was, becomes), draft).problem).not.toBeNull();
  });

  it('shows as it is written only the sentences before the first that cannot stand', () => {
    const translation = (honest[1]?.[1] ?? '').replace('kostenlos', 'kostenlos und wird erstattet');
    expect(into(DraftLanguage.DE, translation).sentences).toEqual([
      'Der Expressversand dauert 1 Tag und kostet 9,90 EUR.',
    ]);
  });
});

describe('other words in the same language', () => {
  const other = (change: DraftChange, answer: string) => checkChange(answer, basis(change), nobody);

  it('may leave out, and say it in another tone', () => {
    expect(other(DraftChange.SHORTER, 'Express shipping takes 1 day.')).toMatchObject({ problem: null });
    const warm = 'Good news! Express shipping takes just 1 day and costs 9.90 EUR. Have a nice day!';
    expect(other(DraftChange.FRIENDLIER, warm)).toMatchObject({ problem: null });
    const formal = 'We are pleased to inform you that express shipping takes 1 day.';
    expect(other(DraftChange.MORE_FORMAL, formal)).toMatchObject({ problem: null });
  });

  it.each([
    'Express shipping takes 1 day and is free.',
    'Express shipping takes 2 days.',
    'Express shipping takes 1 day, guaranteed.',
    'Shipping is free.',
    'We deliver to Switzerland.',
    'We do not deliver to Germany.',
    'See https://evil.test/shipping for details.',
    'Returns are accepted within 30 days.',
  ])('may not say: %s', (sentence) => {
    expect(other(DraftChange.FRIENDLIER, sentence).problem).not.toBeNull();
    expect(other(DraftChange.SHORTER, sentence)).toMatchObject({ sentences: [] });
    // One that stands does not carry it along.
    expect(other(DraftChange.MORE_FORMAL, `Express shipping takes 1 day. ${sentence}`).problem).not.toBeNull();
  });
});

it('tells the languages that customers write in', () => {
  for (const [language, text] of honest) expect(languageOf(text)?.code).toBe(language);
  expect(languageOf(base)?.code).toBe('EN');
  expect(languageOf('Wie lange dauert der Versand?')?.code).toBe('DE');
  expect(languageOf('Kargo ne kadar sürer?')?.code).toBe('TR');
  expect(languageOf('12345 ??')).toBeNull();
});
