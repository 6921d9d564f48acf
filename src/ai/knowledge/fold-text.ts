/**
 * One shape for the words of a question and of a passage: no case, no accents, Turkish dotted and dotless i alike,
 * common English and Turkish endings off. Used when a passage is stored and when it is looked for, so that "İadeyi"
 * meets "iade" and "deliveries" meets "delivery".
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae');
}

/** The folded words of a text, in order. What follows an apostrophe is an ending ("Ankara'ya", "what's"). */
export function wordsOf(text: string): string[] {
  const folded = foldText(text.replace(/[’ʼ`´]/g, "'"));
  const plain = folded.includes("'") ? folded.replace(/(?<=\p{L}{2})'\p{L}{1,5}(?!\p{L})/gu, '') : folded;
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const endings = [
  // Turkish: plural, cases, possessives, questions and the commonest verb endings; folded, the longest first.
  'lerinizden',
  'larinizdan',
  'lerimizden',
  'larimizdan',
  'leriniz',
  'lariniz',
  'lerimiz',
  'larimiz',
  'lerinden',
  'larindan',
  'lerinin',
  'larinin',
  'lerine',
  'larina',
  'lerini',
  'larini',
  'lerden',
  'lardan',
  'lerin',
  'larin',
  'lerde',
  'larda',
  'leri',
  'lari',
  'lere',
  'lara',
  'ler',
  'lar',
  'inizden',
  'inizde',
  'imizde',
  'unuzu',
  'unuz',
  'umuz',
  'iniz',
  'imiz',
  'sinden',
  'sindan',
  'sinin',
  'sinda',
  'sinde',
  'sini',
  'sine',
  'sina',
  'siniz',
  'indan',
  'inden',
  'unda',
  'unde',
  'inda',
  'inde',
  'dan',
  'den',
  'tan',
  'ten',
  'nin',
  'nun',
  'yla',
  'yle',
  'yim',
  'si',
  'su',
  'yi',
  'yu',
  'ya',
  'ye',
  'da',
  'de',
  'im',
  'um',
  'in',
  'un',
  'iyorsunuz',
  'uyorsunuz',
  'iyoruz',
  'uyoruz',
  'iyor',
  'uyor',
  'ebilir',
  'abilir',
  'mek',
  'mak',
  'me',
  'ma',
  'ir',
  'ar',
  'er',
  'i',
  'u',
  'e',
  'a',
  // English.
  'ations',
  'ation',
  'ments',
  'ment',
  'ings',
  'ing',
  'ies',
  'ied',
  'ers',
  'est',
  'ed',
  'es',
  'ly',
  's',
  'y',
].sort((a, b) => b.length - a.length);

const shortest = 4;
const longest = 6;

const irregular = new Map([
  ['paid', 'pay'],
  ['sent', 'send'],
  ['bought', 'buy'],
  ['sold', 'sell'],
  ['kept', 'keep'],
  ['held', 'hold'],
  ['worn', 'wear'],
  ['broken', 'break'],
  ['gave', 'give'],
  ['given', 'give'],
  ['left', 'leave'],
  ['found', 'find'],
  ['lost', 'lose'],
  ['built', 'build'],
  ['chosen', 'choose'],
  ['written', 'write'],
]);

// A language has few words: most are met again and again, and cutting one costs a walk over all endings.
const mostStems = 20_000;
const stems = new Map<string, string>();

/** The part of a folded word that its forms have in common; at the most six letters, as Turkish stacks its endings. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = cutEndings(word);
  if (stems.size >= mostStems) stems.clear();
  stems.set(word, stem);
  return stem;
}

function cutEndings(word: string): string {
  const regular = irregular.get(word);
  if (regular !== undefined) return regular;
  if (/\p{N}/u.test(word) || word.length <= shortest) return word;
  let stem = word;
  for (let round = 0; round < 3; round += 1) {
    const ending = endings.find((candidate) => stem.length - candidate.length >= shortest && stem.endsWith(candidate));
    if (ending === undefined) break;
    stem = stem.slice(0, -ending.length);
  }
  return stem.slice(0, longest);
}

/** Whether two stems are of one word: equal, or one begins the other and neither is short. */
export function sameStem(one: string, other: string): boolean {
  if (one === other) return true;
  if (/\p{N}/u.test(one) || /\p{N}/u.test(other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return short.length >= shortest && long.startsWith(short);
}

/** What a passage's `folded` column holds: every word as it is folded, and its stem where that differs. */
export function indexText(...texts: readonly (string | null)[]): string {
  const words = texts.flatMap((text) => (text === null ? [] : wordsOf(text)));
  return words.flatMap((word) => (stemOf(word) === word ? [word] : [word, stemOf(word)])).join(' ');
}

const list = (text: string): ReadonlySet<string> => new Set(wordsOf(text));

/** Words that say nothing of a subject. */
export const stopWords = list(`
  a an the this that these those and or but if of at by for with about to from in on off over into as is are was were be been being am do does did
  done has have had having i you he she it we they me him her us them my your his its our their mine yours who whom whose what which when where why how
  can could will would shall should may might must not no nor so too very just also than then there here all any some such own same each
  please thanks thank hi hello hey dear ok okay yes im ive id youre dont cant isnt s t re ve ll d m
  whats wheres whens hows whos thats its pls plz thx ty u ur r ya guys there guy gonna wanna gotta doesnt didnt wont wasnt arent havent hasnt isn doesn didn wasn aren couldn wouldn
  bir bu su o ve veya ya da de ki mi mu ile icin gibi kadar daha cok en ne nasil neden nicin kim nerede hangi kac ama fakat ancak ise her hic ben sen
  biz siz onlar nedir nerden nereden nereye nereyi peki yani selamlar slm mrb meraba merhabalar tsk bana sana bize beni seni sizi bizi benim senin bizim sizin onun bunu sunu onu var yok mevcut lutfen merhaba selam tesekkur tesekkurler
  etmek ediyor ediyorum edebilir edebilirim miyiz evet hayir tamam acaba sey musunuz misiniz miyim muyum misin musun midir mudur olarak olan oldu olur oluyor olsun degil iyi gunler
`);

/** Words that say nothing of what a question is about, though they change what an answer says. */
const lightWords = list(`
  after before during until since while without within between under above out up down again ever never only really maybe perhaps fine good great nice
  yoksa yoktu yoktum yokmus varsa vardi ederim ederiz eder edilir edilmis ettim etti ettik edeyim ediyorsunuz versem verirsem verdim verdi
`);

/** Whether a word says nothing of what is asked. */
export function isEmpty(word: string): boolean {
  return stopWords.has(word) || lightWords.has(word);
}

/** Words that stand in questions of every kind; they count, but little. */
const weakWords = list(`
  get got give take need want like know tell say ask make use work offer help look find come go see let try think question information info details
  policy policies much many long often soon still now today tomorrow order orders product products item items thing things way price prices cost costs time times
  possible available able best policy period working works kind sort type lot bit long way ways method methods article articles goods stuff accept accepts
  almak vermek istiyorum istiyoruz isterim lazim gerek gerekiyor yapmak yapiyor yapabilir bilgi soru fiyat fiyati ucret ucreti urun urunler siparis zaman sure suresi
  bilmek ogrenmek hakkinda musteri mumkun yapiyorsunuz aliyorsunuz veriyorsunuz
  kabul gecer geciyor gecerli ediyor etmiyor ediliyor bende sizde hala artik icin alma alabilir alabilirim alirim almaliyim alayim yapmaliyim yapayim yapabilirim girer girmek bugun yarin calisiyor calisiyorsunuz calismak
`);

const weakStems: ReadonlySet<string> = new Set([...weakWords].map(stemOf));

/** Whether a word stands in questions of every kind. */
export function isWeak(word: string): boolean {
  return weakWords.has(word) || weakStems.has(stemOf(word));
}

const weakWeight = 0.3;
// Addresses, order numbers and phone numbers of a customer stand in no knowledge, and are nothing to look for.
const ids = /\S+@\S+|https?:\/\/\S+|(?<!\p{L})\+?\d[\d\s()./-]{6,}\d|(?<!\p{L})\d{4,}/gu;

export interface QueryWord {
  readonly word: string;
  readonly stem: string;
  /** How much it says about the subject. */
  readonly weight: number;
}

/** The words of a question that a passage can answer to, each once. */
export function queryWords(text: string, most = 24): QueryWord[] {
  const found = new Map<string, QueryWord>();
  for (const word of wordsOf(text.replace(ids, ' '))) {
    const number = /^\p{N}+$/u.test(word);
    if (isEmpty(word) || (word.length < 2 && !number)) continue;
    const stem = stemOf(word);
    if (!found.has(stem)) found.set(stem, { word, stem, weight: number || isWeak(word) ? weakWeight : 1 });
    if (found.size === most) break;
  }
  return [...found.values()];
}
