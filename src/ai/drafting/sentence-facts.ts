import { foldText, stemOf, wordsOf } from '../knowledge/fold-text.js';

// Folded. Turkish verbs carry their "not" inside: yapm-ı-yor, edil-mez, ol-ma-yan.
const negative =
  /\b(?:no|not|never|none|nor|neither|nobody|nothing|nowhere|without|cannot|unable|impossible|refuse[sd]?|unavailable|unfortunately|except|excluding|excludes?|excluded|hardly|rarely|barely|stopped|discontinued|no longer|hayir|degil\p{L}*|yok|yoktur|hic|hicbir|asla|haric|disinda|olmadan|imkansiz|maalesef)\b|n't\b|\b(?:dont|doesnt|cant|wont|isnt|arent|didnt)\b/u;
const negativeVerb =
  /\b\p{L}*(?:m[iu]yor|m[ae]z|m[ae]zlar|m[ae]zler|m[ae]zsiniz|m[ae]ziz|m[ae]yiz|m[ae]m[ae]kt[ae]\p{L}*|m[ae]d[iu]\p{L}*|m[ae]mis\p{L}*|m[ae]y[ae]c[ae]\p{L}*|m[ae]y[ae]n\p{L}*|m[ae]d[ae]n)\p{L}*\b/u;
const onlyLookNegative =
  /\b(?:maden\p{L}*|komedi\p{L}*|medi[au]\p{L}*|medical|medium|namaz|temaz|maze|amaz\p{L}*|gamez?|time|plasma\p{L}*|madiba|made|tamamiz|mayin|mayis|medit\p{L}*|media|hamayan|muayene|mezun|mezzo|meze\p{L}*)\b/gu;

/** Whether a sentence denies something. */
export function denies(text: string): boolean {
  const folded = foldText(text.replace(/[’ʼ`´]/g, "'")).replace(onlyLookNegative, ' ');
  return negative.test(folded) || negativeVerb.test(folded);
}

// Words that turn one fact into another. Each group is one meaning; a claim may use a meaning only where its evidence does.
const turning: readonly (readonly string[])[] = [
  ['monday', 'mon', 'pazartesi'],
  ['tuesday', 'tue', 'sali'],
  ['wednesday', 'wed', 'carsamba'],
  ['thursday', 'thu', 'persembe'],
  ['friday', 'fri', 'cuma'],
  ['saturday', 'sat', 'cumartesi'],
  ['sunday', 'sun', 'pazar'],
  ['weekday', 'haftaici'],
  ['weekend', 'haftasonu'],
  ['holiday', 'tatil', 'bayram'],
  ['january', 'ocak'],
  ['february', 'subat'],
  ['march', 'mart'],
  ['april', 'nisan'],
  ['may', 'mayis'],
  ['june', 'haziran'],
  ['july', 'temmuz'],
  ['august', 'agustos'],
  ['september', 'eylul'],
  ['october', 'ekim'],
  ['november', 'kasim'],
  ['december', 'aralik'],
  ['day', 'gun'],
  ['hour', 'saat'],
  ['minute', 'dakika'],
  ['week', 'hafta'],
  ['month'],
  ['year', 'yil'],
  ['daily', 'everyday'],
  ['weekly'],
  ['monthly'],
  ['yearly', 'annual', 'annually'],
  ['morning', 'sabah'],
  ['afternoon', 'ogleden'],
  ['evening', 'aksam'],
  ['night', 'gece'],
  ['noon', 'midday', 'ogle'],
  ['midnight'],
  ['open', 'opens', 'opened', 'acik', 'aciktir', 'aciliyor', 'acilir', 'acigiz'],
  ['closed', 'close', 'closes', 'kapali', 'kapalidir', 'kapanir', 'kapaliyiz'],
  ['free', 'complimentary', 'gratis', 'ucretsiz', 'ucretsizdir', 'bedava', 'bedelsiz'],
  ['paid', 'charged', 'chargeable', 'ucretli', 'ucretlidir', 'extra', 'ekstra', 'surcharge'],
  ['before', 'once', 'oncesi', 'oncesinde', 'evvel'],
  ['after', 'sonra', 'sonrasi', 'sonrasinda'],
  ['all', 'every', 'tum', 'butun', 'hepsi', 'everything', 'everyone', 'everywhere', 'anywhere', 'worldwide'],
  ['some', 'bazi', 'kimi'],
  ['only', 'sadece', 'yalniz', 'yalnizca', 'exclusively'],
  ['always', 'daima', 'herzaman', '24/7'],
  ['sometimes', 'bazen'],
  ['within', 'icinde', 'icerisinde'],
  ['more', 'over', 'above', 'exceeding', 'fazla', 'uzeri', 'uzerinde', 'uzerindeki'],
  ['less', 'under', 'below', 'az', 'altinda', 'altindaki'],
  ['minimum', 'least'],
  ['maximum', 'most'],
  ['first', 'ilk'],
  ['last', 'son'],
  ['new', 'yeni', 'unused', 'unopened'],
  ['used', 'kullanilmis', 'opened'],
  ['cash', 'nakit'],
  ['card', 'kart', 'kartla', 'karti'],
  ['transfer', 'havale', 'eft'],
  ['installment', 'installments', 'instalments', 'taksit'],
  ['online', 'internetten'],
  ['store', 'magaza', 'magazada', 'magazadan'],
  ['half', 'yarim', 'yarisi'],
  ['double', 'twice', 'iki kat'],
  ['included', 'include', 'includes', 'dahil', 'dahildir'],
  ['full', 'tam'],
  ['partial', 'kismi'],
  ['required', 'mandatory', 'must', 'zorunlu', 'zorunludur', 'sart', 'gerekir', 'gereklidir'],
  ['optional', 'istege'],
  ['seller', 'satici'],
  ['buyer', 'customer', 'alici', 'musteri'],
  ['north', 'kuzey'],
  ['south', 'guney'],
  ['east', 'dogu'],
  ['west', 'bati'],
  ['guarantee', 'guaranteed', 'garanti'],
  ['refund', 'refunded', 'refunds'],
  ['exchange', 'exchanged', 'exchanges', 'degisim'],
  ['up', 'yukari'],
  ['down', 'asagi'],
  ['increase', 'increased', 'artti', 'artirildi'],
  ['decrease', 'decreased', 'azaldi', 'dusuruldu'],
  ['left', 'sol'],
  ['right', 'sag'],
  ['instantly', 'immediately', 'instant', 'immediate', 'hemen', 'aninda'],
  ['red', 'kirmizi'],
  ['blue', 'mavi'],
  ['green', 'yesil'],
  ['black', 'siyah'],
  ['white', 'beyaz'],
  ['small', 'kucuk'],
  ['large', 'buyuk'],
  ['email', 'mail', 'eposta'],
  ['phone', 'telefon'],
];
const turningOf = new Map<string, number>(
  turning.flatMap((group, meaning) => group.map((word): [string, number] => [word, meaning])),
);

/** The meanings in a sentence that would turn its fact into another, by number. */
export function turningWords(text: string): Set<number> {
  const meanings = new Set<number>();
  for (const word of wordsOf(text)) {
    const meaning =
      turningOf.get(word) ??
      turningOf.get(word.replace(/(?:larda|lerde|lari|leri|lar|ler|nda|nde|da|de|dan|den|ta|te|s)$/, '')) ??
      null;
    if (meaning !== null) meanings.add(meaning);
  }
  return meanings;
}

// What narrows a fact; a claim that leaves it out promises more than its evidence.
const narrowing =
  /\b(?:only|unless|except|if|provided|as long as|over|above|under|below|minimum|maximum|at least|at most|up to|members?|selected|eligible|subject to|sadece|yalniz|yalnizca|haric|eger|ise|halinde|kosuluyla|sartiyla|en az|en fazla|uzeri|uzerinde\p{L}*|alti|altinda\p{L}*|kadar|itibaren|secili)\b/u;

/** Whether a sentence holds a condition or a limit. */
export function narrows(text: string): boolean {
  return narrowing.test(foldText(text));
}

/**
 * Web and mail addresses of a text, without what surrounds them. Whatever has the form of one is one: a program that reads
 * the text makes a link of `help.team` too.
 */
export function addressesOf(text: string): string[] {
  return (
    text.match(
      /(?:[a-z][a-z\d+.-]{0,20}:\/\/|www\.)[^\s<>"')\]]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?[.。．｡]){1,8}\p{L}{2,24}(?![\p{L}\p{N}])(?:[/:?#][^\s<>"')\]]*)?/giu,
    ) ?? []
  ).map((address) => address.replace(/[.,;:!?]+$/, '').toLowerCase());
}

/** Names: words written with a capital letter that do not begin the sentence, folded to their stems. */
export function namesOf(sentence: string): string[] {
  const words = [...sentence.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu)];
  return words.flatMap((match, index) => {
    const word = match[0];
    const begins = index === 0 || /[.!?:“"]\s*$/.test(sentence.slice(0, match.index));
    const apostrophe = /['’]\p{L}+$/u.test(word);
    if (
      !/^\p{Lu}/u.test(word) ||
      (begins && !(apostrophe && /^\p{Lu}\p{Ll}{2,}['’](?!s$|re$|ll$|ve$|d$|t$|m$)/u.test(word)))
    )
      return [];
    return wordsOf(word)
      .filter((folded) => folded !== 'i')
      .map(stemOf);
  });
}
