import { DraftLanguage } from './enums.js';
import { foldText } from './knowledge/fold-text.js';

/** Whether a text uses one of the words of a list. */
export type WordList = (text: string) => boolean;

/** What a sentence may promise beyond its facts. */
export const promises = ['free', 'guarantee', 'refund', 'discount', 'gift', 'now', 'always'] as const;
export type Promised = (typeof promises)[number];

/** A language whose sentences can be held against those of another. */
export interface Language {
  readonly code: DraftLanguage;
  /** As a model is told it. */
  readonly name: string;
  /** Words that stand in most of its sentences. */
  readonly common: WordCount;
  readonly denies: WordList;
  /** Conditions and limits. */
  readonly narrows: WordList;
  /** What marks a day as one that is worked on. */
  readonly working: WordList;
  readonly promises: Readonly<Record<Promised, WordList>>;
}

type WordCount = (text: string) => number;

/** Folded words; what an apostrophe joins is two words here ("l'envoi", "n'est"). */
export function tokensOf(text: string): string[] {
  return foldText(text.replace(/['’ʼ`´]/gu, ' ')).match(/[\p{L}\p{N}]+/gu) ?? [];
}

// Arabic writes "and", "with", "the" and the like as one with the word.
const joined = /^(?:[وفبلك]?ال|[وفبلك])(?=\p{L}{2})/u;

/** Words of a list; a star stands for any ending. */
function list(words: string): WordList {
  const given = words
    .split(/\s+/u)
    .map((word) => ({ word: foldText(word.replace('*', '')), open: word.endsWith('*') }));
  const exact = new Set(given.filter(({ open }) => !open).map(({ word }) => word));
  const open = given.filter((one) => one.open).map(({ word }) => word);
  const is = (token: string): boolean => exact.has(token) || open.some((start) => token.startsWith(start));
  return (text) => tokensOf(text).some((token) => is(token) || is(token.replace(joined, '')));
}

function count(words: string): WordCount {
  const known = new Set(words.split(/\s+/u).map(foldText));
  return (text) => tokensOf(text).filter((token) => known.has(token)).length;
}

type Words = readonly [common: string, denies: string, narrows: string, working: string, promised: readonly string[]];

// Of the promises in their order: free, guarantee, refund, discount, gift, now, always.
const words: Readonly<Record<DraftLanguage, readonly [name: string, ...Words]>> = {
  EN: [
    'English',
    'the and is are of to for you your we our with this that it in on at can will within from have be please how what do does i',
    'no not never none nor without cannot don doesn isn aren won can’t hardly unable unavailable',
    'only if unless except over above under below minimum maximum least most up provided until within between',
    'business working',
    [
      'free gratis complimentary',
      'guarantee* warrant* promise*',
      'refund* reimburse* money-back',
      'discount* rebate* voucher* coupon* cheaper',
      'gift* bonus present',
      'immediately instantly instant now today',
      'always forever unlimited lifetime worldwide everywhere anytime',
    ],
  ],
  TR: [
    'Turkish',
    've bir bu için ile de da mi mı var yok ne nasıl kadar olarak siz size biz bize sizin bizim çok gün merhaba en her olan ise lütfen kaç sürer',
    'değil* yok* hiç hiçbir asla olmadan hariç ne',
    'sadece yalnız* eğer ise hariç üzeri* altı* az fazla kadar itibaren içinde içerisinde halinde koşul* şart* arası*',
    'iş',
    [
      'ücretsiz* bedava* bedelsiz*',
      'garanti* söz',
      'iade* geri',
      'indirim* kupon* ucuz*',
      'hediye* armağan* bonus*',
      'hemen anında derhal şimdi bugün',
      'daima her zaman sonsuz* sınırsız* ömür*',
    ],
  ],
  DE: [
    'German',
    'der die das und ist sind für mit sie wir ihr ihre ihnen unser unsere ein eine von zu im in auf es nicht kann können wie was ich bitte den dem',
    'nicht kein* nie niemals ohne weder nichts niemand',
    'nur wenn falls sofern außer ab über unter mindestens höchstens maximal bis innerhalb binnen zwischen',
    'werktag* arbeitstag*',
    [
      'kostenlos* gratis umsonst kostenfrei* frei* versandkostenfrei*',
      'garantie* garantier* gewähr* versprech*',
      'erstatt* rückerstatt* zurückerstatt*',
      'rabatt* gutschein* ermäßig* nachlass* günstiger',
      'geschenk* bonus*',
      'sofort umgehend jetzt heute',
      'immer ewig unbegrenzt* lebenslang* weltweit überall jederzeit',
    ],
  ],
  FR: [
    'French',
    'le la les des et est sont pour avec vous votre vos nous notre un une du de en dans à il ce cette que qui peut comment au aux sur je',
    'pas ne n aucun* jamais sans ni rien non personne',
    'seulement uniquement si sauf hors dès partir plus moins minimum maximum jusqu jusque dans sous entre condition*',
    'ouvr* ouvré* ouvrable*',
    [
      'gratuit* offert*',
      'garanti* promet* promesse*',
      'rembours*',
      'réduction* remise* rabais bon coupon*',
      'cadeau* prime bonus',
      'immédiat* maintenant tout-de-suite aujourd instantané*',
      'toujours illimité* vie partout monde',
    ],
  ],
  ES: [
    'Spanish',
    'el la los las y es son para con usted su sus nosotros nuestro un una del de en que por puede cómo se lo al a está qué',
    'no nunca ningun* ninguna sin ni nada nadie jamás',
    'solo sólo solamente si salvo excepto partir más menos mínimo máximo hasta dentro entre condición',
    'hábil* laborable*',
    [
      'gratis gratuit*',
      'garant* prome*',
      'reembols* devolución devol*',
      'descuento* rebaja* cupón*',
      'regalo* bono*',
      'inmediat* ahora hoy instant*',
      'siempre ilimitad* vida mundial todo',
    ],
  ],
  IT: [
    'Italian',
    'il lo la i gli le e è sono per con lei suo vostro noi nostro un una del della di in che può come si al da su',
    'non no mai nessun* senza né niente nulla',
    'solo soltanto se salvo tranne oltre partire più meno minimo massimo fino entro tra condizione',
    'lavorativ* feriali',
    [
      'gratis gratuit*',
      'garant* promett* promessa',
      'rimbors*',
      'sconto* sconti buono coupon ribasso',
      'regalo* omaggio bonus',
      'subito immediat* adesso ora oggi',
      'sempre illimitat* vita mondo ovunque',
    ],
  ],
  PT: [
    'Portuguese',
    'o a os as e é são para com você seu sua nós nosso um uma do da de em que por pode como se ao no na não está',
    'não nunca nenhum* sem nem nada ninguém jamais',
    'só somente apenas se salvo exceto partir mais menos mínimo máximo até dentro entre condição',
    'úteis útil',
    [
      'grátis gratuit*',
      'garant* promet* promessa',
      'reembols* devol*',
      'desconto* cupom* cupão',
      'presente* brinde* bónus bônus',
      'imediat* agora hoje já',
      'sempre ilimitad* vida mundo todo',
    ],
  ],
  NL: [
    'Dutch',
    'de het een en is zijn voor met u uw wij we ons onze van te in op dat die kan kunt hoe wat ik niet naar bij',
    'niet geen nooit zonder noch niets niemand',
    'alleen slechts als indien tenzij behalve vanaf boven onder minimaal maximaal minstens hoogstens tot binnen tussen',
    'werkdag* werkdagen',
    [
      'gratis kosteloos kosteloze',
      'garan* beloof* belofte*',
      'terugbetal* vergoed* restitu*',
      'korting* kortingsbon* goedkoper',
      'cadeau* geschenk* bonus',
      'meteen direct onmiddellijk nu vandaag',
      'altijd onbeperkt* levenslang* wereldwijd overal',
    ],
  ],
  RU: [
    'Russian',
    'и в на не что это для с по к от до из мы вы вас вам наш ваш как или за у при можно есть',
    'не нет ни без никогда никак* нельзя никто ничего',
    'только если кроме от свыше более менее минимум максимум до течение между условии',
    'рабоч*',
    [
      'бесплатн* даром',
      'гарант* обеща*',
      'возврат* верн* возмещ*',
      'скидк* купон* дешевле',
      'подар* бонус*',
      'немедленно сразу сейчас сегодня мгновенно',
      'всегда навсегда безлимит* пожизненн* везде',
    ],
  ],
  AR: [
    'Arabic',
    'في من على إلى عن مع هذا هذه ما هل هو هي أن التي الذي لكم لدينا نحن يمكن كم و أو بعد خلال',
    'لا لن لم ليس ليست غير بدون دون أبدا ما',
    'فقط إذا إلا باستثناء أكثر أقل فوق تحت حتى خلال من بشرط بين',
    'عمل',
    [
      'مجان* مجاني*',
      'ضمان* نضمن مضمون* يضمن نعد وعد',
      'استرداد* استرجاع* نرد رد نعيد إعادة',
      'خصم* تخفيض* قسيمة',
      'هدية هدايا مكافأة',
      'فورا فوري* حالا الآن اليوم',
      'دائما* للأبد مدى غير-محدود*',
    ],
  ],
};

/** The languages that drafts are translated into, by their codes. */
export const languages: ReadonlyMap<DraftLanguage, Language> = new Map(
  Object.values(DraftLanguage).map((code): [DraftLanguage, Language] => {
    const [name, common, denies, narrows, working, promised] = words[code];
    return [
      code,
      {
        code,
        name,
        common: count(common),
        denies: list(denies),
        narrows: list(narrows),
        working: list(working),
        promises: Object.fromEntries(
          promises.map((promise, index) => [promise, list(promised[index] ?? '')]),
        ) as unknown as Language['promises'],
      },
    ];
  }),
);

/** The language of a text; null where it cannot be told, or is none of those that are known. */
export function languageOf(text: string): Language | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (script: RegExp): number => (text.match(script)?.length ?? 0) / Math.max(letters, 1);
  if (share(/\p{Script=Arabic}/gu) > 0.5) return languages.get(DraftLanguage.AR) ?? null;
  if (share(/\p{Script=Cyrillic}/gu) > 0.5) return languages.get(DraftLanguage.RU) ?? null;
  if (share(/\p{Script=Latin}/gu) <= 0.5) return null;
  const scored = [...languages.values()]
    .map((language) => ({ language, score: language.common(text) }))
    .sort((a, b) => b.score - a.score);
  const [first, second] = scored;
  if (first !== undefined && first.score > 0 && first.score !== second?.score) return first.language;
  // Letters that no other of them has.
  return /[ğşıİ]/u.test(text) ? (languages.get(DraftLanguage.TR) ?? null) : null;
}
