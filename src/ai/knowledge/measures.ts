import { foldText } from './fold-text.js';

/** What kind of figure a question asks for, and a passage gives. */
export type Measure = 'duration' | 'price' | 'hour';
type Patterns = readonly (readonly [Measure, RegExp])[];

const wanted: Patterns = [
  [
    'duration',
    /\bhow (?:long|fast|soon|quick\w*|many (?:days|weeks|months|hours|years))\b|\bwhen\b|\bperiod\b|\bne zaman\b|\bkac (?:gun|hafta|ay|saat|yil|sene)|\bsuresi?\b|\bne kadar sur/u,
  ],
  [
    'price',
    /\bhow (?:much|expensive)\b|\b(?:price|cost|fee|charge)s?\b|\bfree\b|\bne kadar\b(?! sur)|\bkaca\b|\bkac (?:tl|lira|para|euro|avro)|\b(?:ucret|fiyat)|\bbedava\b/u,
  ],
  [
    'hour',
    /\bwhat time\b|\b(?:until|till) (?:when|what)\b|\bopen(?:ing)?\b|\bhours\b|\bkac(?:ta|a)\b|\bsaat kac|\bacik\w*/u,
  ],
];
const given: Patterns = [
  [
    'duration',
    /\b(?:day|days|week|weeks|month|months|hours|year|years|gun|gunu|gunde|hafta\p{L}*|ay|ayda|saat|yil|yildir)\b/u,
  ],
  ['price', /[€$£₺]|\b(?:tl|try|lira|euros?|eur|avro\p{L}*|usd|dollars?|pounds?|free|ucretsiz\p{L}*)\b/u],
  ['hour', /\b\d{1,2}[.:]\d{2}\b|\b\d{1,2} ?[ap]\.? ?m\b|\b\d{1,2} ?(?:-|–|to) ?\d{1,2}\b/u],
];
const announced: Patterns = [
  [
    'duration',
    /\b(?:times?|how (?:long|fast|soon)|period|deadlines?|when|ne zaman|kac gun\p{L}*|sure(?:si|leri|ler)?)\b/u,
  ],
  [
    'price',
    /\b(?:prices?|costs?|fees?|charges?|how much|postage|ucret\p{L}*|fiyat\p{L}*|bedel\p{L}*|ne kadar|kaca)\b/u,
  ],
  ['hour', /\b(?:hours|opening|open|saat\p{L}*|kacta)\b/u],
];

/** What a question wants to know. */
export function measuresWanted(question: string): ReadonlySet<Measure> {
  return measuresIn(question, wanted);
}

/** The figures that a text states. */
export function measuresGiven(text: string): ReadonlySet<Measure> {
  return measuresIn(text, given);
}

/** What a heading says that its section is about. */
export function measuresAnnounced(line: string): ReadonlySet<Measure> {
  return measuresIn(line, announced);
}

function measuresIn(text: string, patterns: Patterns): ReadonlySet<Measure> {
  const folded = foldText(text);
  return new Set(patterns.filter(([, pattern]) => pattern.test(folded)).map(([measure]) => measure));
}
