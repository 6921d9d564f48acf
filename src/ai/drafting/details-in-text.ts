/** What kind of detail of a person stands in a text. */
export type DetailKind = 'email' | 'iban' | 'card' | 'identity' | 'phone';

/** Says what stands in a detail's place. */
export type Replacing = (kind: DetailKind, detail: string) => string;

// Also as people hide them from machines: ada (at) example [dot] com.
const at = String.raw`(?:[@＠]|\s?[([{]\s?(?:at|ät|et)\s?[)\]}]\s?)`;
const dot = String.raw`(?:[.．]|\s?[([{]\s?(?:dot|nokta|punkt|punto|point)\s?[)\]}]\s?)`;

interface Pattern {
  readonly kind: DetailKind;
  readonly form: RegExp;
  /** How much of what was found is the detail; 0 where it is none. */
  readonly length: (found: string) => number;
}

const whole = (is: (found: string) => boolean) => (found: string) => (is(found) ? found.length : 0);

// The order matters: what one kind takes the next does not see.
const patterns: readonly Pattern[] = [
  {
    kind: 'email',
    form: new RegExp(
      String.raw`[\p{L}\p{N}._%+-]{1,64}${at}[\p{L}\p{N}-]{1,63}(?:${dot}[\p{L}\p{N}-]{1,63}){1,5}`,
      'giu',
    ),
    length: (found) => found.length,
  },
  {
    kind: 'iban',
    form: /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,8}(?:[ -]?[A-Z0-9]{1,4})?(?![\p{L}\p{N}])/giu,
    length: lengthOfIban,
  },
  { kind: 'card', form: /(?<!\p{N})\p{Nd}(?:[ -]?\p{Nd}){12,18}(?!\p{N})/gu, length: whole(isCard) },
  { kind: 'identity', form: /(?<!\p{N})\p{Nd}{11}(?!\p{N})/gu, length: whole(isIdentityNumber) },
  {
    kind: 'phone',
    form: /(?<![\p{L}\p{N}])(?:\+\s?)?\(?\p{Nd}{1,4}\)?(?:[ ./()-]{0,2}\p{Nd}{2,4}){2,6}(?!\p{N})/gu,
    length: whole(isPhone),
  },
];

/** Puts something else where details of people stand: addresses of mail, accounts, cards, identity numbers, phones. */
export function replaceDetails(text: string, replacing: Replacing): string {
  return patterns.reduce(
    (current, { kind, form, length }) =>
      current.replace(form, (found) => {
        const own = length(found);
        return own === 0 ? found : replacing(kind, found.slice(0, own)) + found.slice(own);
      }),
    text,
  );
}

/** The digits of a text as ASCII writes them, whichever script they are in. */
export function digitsOf(text: string): string {
  return [...text].map((character) => digitOf(character) ?? '').join('');
}

function digitOf(character: string): string | null {
  if (/^\d$/.test(character)) return character;
  if (!/^\p{Nd}$/u.test(character)) return null;
  // The digits of every script stand in a row from nought to nine.
  const code = character.codePointAt(0) ?? 0;
  let nought = code;
  while (code - nought < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(nought - 1))) nought -= 1;
  return String(code - nought);
}

/** As far as its check number holds; words behind it are no part of it. */
function lengthOfIban(found: string): number {
  for (
    let end = found.length;
    end >= 15;
    end = Math.max(found.lastIndexOf(' ', end - 1), found.lastIndexOf('-', end - 1))
  ) {
    if (isIban(found.slice(0, end))) return end;
  }
  // A mistyped one is one all the same; "in 2024 ..." is not.
  return /^[A-Z]{2}\d/.test(found) && digitsOf(found).length >= 10 ? found.length : 0;
}

function isIban(text: string): boolean {
  const plain = text.replace(/[ -]/g, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** By the check of Luhn. */
function isCard(text: string): boolean {
  const sum = [...digitsOf(text)].toReversed().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** The identity number of Türkiye, by its two check digits. */
function isIdentityNumber(text: string): boolean {
  const digits = [...digitsOf(text)].map(Number);
  const sum = (from: number, to: number, step: number): number => {
    let total = 0;
    for (let index = from; index < to; index += step) total += digits[index] ?? 0;
    return total;
  };
  const tenth = (((sum(0, 9, 2) * 7 - sum(1, 8, 2)) % 10) + 10) % 10;
  return digits[0] !== 0 && digits[9] === tenth && digits[10] === sum(0, 10, 1) % 10;
}

/** Many digits that are neither a date, a time nor an amount. */
function isPhone(text: string): boolean {
  const digits = digitsOf(text);
  const plain = text.trim();
  if (digits.length < 7 || digits.length > 20) return false;
  if (/^\p{Nd}+$/u.test(plain)) return digits.length >= 10;
  const date =
    /^(?:\p{Nd}{4}[./-]\p{Nd}{1,2}[./-]\p{Nd}{1,2}|\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-](?:19|20)\p{Nd}{2})(?!\p{Nd})/u;
  const times = /^\p{Nd}{1,2}\.\p{Nd}{2} ?- ?\p{Nd}{1,2}\.\p{Nd}{2}$/u;
  const years = /^(?:19|20)\p{Nd}{2} ?[-/] ?(?:19|20)\p{Nd}{2}$/u;
  const amount = /^\p{Nd}{1,3}(?:\.\p{Nd}{3})+$/u;
  return ![date, times, years, amount].some((other) => other.test(plain));
}
