import { PrivacyRequestKind } from '../intake/enums.js';

const { ACCESS, RECTIFY, ERASE, RESTRICT, PORT, OBJECT, OBJECT_AUTOMATED } = PrivacyRequestKind;

/** "Do not delete" asks for no erasure. Turkish says so inside the verb, which the words below tell apart. */
const negated = /\b(?:do not|don['’]?t|not to|never|without|instead of)\s+(?:\w+\s+)?(?:delet|eras|remov|forget)\w*/giu;

/** What kinds of request say of themselves, in English and Turkish. A mail is read by no form, so plain words alone count. */
const words: readonly (readonly [PrivacyRequestKind, RegExp])[] = [
  [
    ERASE,
    /\b(?:delet|eras)\w*|\bremove (?:me|my|all|every|any)|\bforget me\b|\bto be forgotten\b|(?<!\p{L})sil(?:in|iniz|er|ebilir|menizi|mek|meyi|inme|inmesi|inmesini|inmesine|insin)?(?!\p{L})|unutulma|(?<!\p{L})yok edil/iu,
  ],
  [
    ACCESS,
    /\bcopy\b|\bcopies\b|\b(?:right of|subject|data) access\b|\baccess (?:to|request)\b|\bwhat (?:personal )?(?:data|information)\b|(?<!\p{L})kopya|(?<!\p{L})eriş(?:im|me)|hangi (?:kişisel )?(?:veri|bilgi)/iu,
  ],
  [RECTIFY, /\b(?:correct (?:my|the)|correction|rectif)|düzelt/iu],
  [PORT, /\bportab|\bmachine[- ]readable\b|(?<!\p{L})taşınabilir|veri taşıma/iu],
  [
    OBJECT_AUTOMATED,
    /\bautomat(?:ed|ic) (?:decision|answer|repl|processing)|\bthe (?:ro)?bot\b|otomatik (?:karar|yanıt|cevap)/iu,
  ],
  [RESTRICT, /\brestrict|kısıtla/iu],
  [OBJECT, /\b(?:i|we) object\b|\bobjection\b|\bopt[- ]?out\b|\bstop (?:using|processing)\b|(?<!\p{L})itiraz/iu],
];

/** What is done with the first is done for the others by it. */
const covered: readonly (readonly [PrivacyRequestKind, readonly PrivacyRequestKind[]])[] = [
  [ERASE, [OBJECT, OBJECT_AUTOMATED, RESTRICT]],
  [PORT, [ACCESS]],
  [OBJECT, [OBJECT_AUTOMATED, RESTRICT]],
];

/** The one kind that a text asks for; null where it asks for none that can be told, or for several. */
export function kindIn(text: string): PrivacyRequestKind | null {
  const plain = text.replace(negated, ' ');
  const found = words.filter(([, form]) => form.test(plain)).map(([kind]) => kind);
  const [only, ...others] = found;
  if (only === undefined || others.length === 0) return only ?? null;
  const widest = covered.find(
    ([kind, under]) => found.includes(kind) && found.every((one) => one === kind || under.includes(one)),
  );
  return widest?.[0] ?? null;
}
