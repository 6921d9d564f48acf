import { tokensOf } from '../languages.js';

/** Folded words, several as one string with single spaces, so that a pattern can speak of what stands beside what. */
function folded(text: string): string {
  return tokensOf(text).join(' ');
}

function words(list: string): string {
  return list
    .trim()
    .split(/\s+/u)
    .map((word) => (word.endsWith('*') ? `${word.slice(0, -1)}\\p{L}*` : word))
    .map((word) => word.replaceAll('_', ' '))
    .join('|');
}

/** One of `first`, at most `between` other words, one of `second`, in either order. */
function near(first: string, second: string, between: number): RegExp {
  const [a, b] = [`(?:${words(first)})`, `(?:${words(second)})`];
  const gap = `(?: \\S+){0,${String(between)}} `;
  return new RegExp(`(?<!\\S)(?:${a}${gap}${b}|${b}${gap}${a})(?!\\S)`, 'u');
}

function alone(list: string): RegExp {
  return new RegExp(`(?<!\\S)(?:${words(list)})(?!\\S)`, 'u');
}

/** People that a customer can ask for, by language; folded. */
const people = {
  en: 'human humans human_being person people agent agents representative rep operator someone somebody colleague manager supervisor staff employee advisor assistant_manager customer_service customer_support support_team',
  tr: 'insan* yetkili* temsilci* operator* gorevli* birisi* biri biriyle birine kisi kisiyle calisan* musteri_hizmet* danisman* eleman* mudur*',
  ar: 'موظف* الموظف* شخص* انسان* بشر* بشري* ممثل* مسؤول* خدمه_العملاء خدمة_العملاء احد مندوب*',
  de: 'mensch* mitarbeiter* berater* person jemand* kundenservice kundendienst kundenbetreuer* ansprechpartner* sachbearbeiter*',
  fr: 'humain* personne conseiller* conseillere agent operateur* quelqu_un service_client responsable interlocuteur*',
  es: 'persona* humano* humana agente* asesor* representante* operador* alguien atencion_al_cliente encargado*',
} as const;

/** What a customer wants to do with them. */
const reaching = {
  en: 'talk talking speak speaking chat connect transfer put_me pass_me reach contact call_me get_me give_me',
  tr: 'gorus* konus* baglan* bagla* baglar* aktar* ulas* yazis* cagir* yonlendir* iletis*',
  ar: 'اتحدث التحدث اتكلم التكلم اكلم كلم تحويل حولني حولوني التواصل اتواصل',
  de: 'sprechen sprech* reden verbinden verbind* kontakt* erreichen schreiben weiterleiten',
  fr: 'parler parle discuter contacter joindre transferer transferez mettre_en_relation passez_moi',
  es: 'hablar hable comunicar* contactar paseme pasame chatear transferir* transfier* conectar*',
} as const;

// Fewer of them than above: what else a customer wants is often for two people, or one of these.
const asking: readonly RegExp[] = [
  ...(['en', 'tr', 'ar', 'de', 'fr', 'es'] as const).map((language) => near(people[language], reaching[language], 4)),
  near(people.en, 'real live actual', 1),
  near('human human_being agent representative operator', 'want need prefer', 2),
  near(people.tr, 'gercek canli', 1),
  near('insan* yetkili* temsilci* operator*', 'istiyorum lazim gerek', 1),
  near(people.ar, 'حقيقي', 1),
  near('موظف* انسان* ممثل* بشري شخص', 'اريد بدي ابغي عايز', 1),
  near(people.de, 'echt* richtig*', 1),
  near('mensch* mitarbeiter* berater*', 'will brauche moechte mochte', 2),
  near(people.fr, 'vrai* reel*', 1),
  near('humain conseiller* personne', 'veux voudrais besoin', 2),
  near(people.es, 'real* verdad', 2),
  near('humano humana persona agente* asesor*', 'quiero necesito', 1),
  alone('canli_destek canli_destege live_agent live_support human_support'),
  // "I do not want a bot": nobody says that to a person.
  near('bot chatbot yapay_zeka', 'no not don stop istemiyorum degil kein* nicht pas sin', 4),
];

/** The same words said by themselves, as the notice of the machine tells people to write them. */
const alonePeople = new RegExp(
  `^(?:(?:a|an|the|please|lutfen|bir|bitte|s il vous plait|svp|por favor|من فضلك|real|live|gercek|un|une|una|ein|einen) ?)*(?:${words(Object.values(people).join(' '))})(?: (?:please|lutfen|bitte|svp|por favor|من فضلك))*$`,
  'u',
);

/** Whether a customer wants a person, in any of the languages that are always understood. */
export function asksForPerson(text: string): boolean {
  const said = folded(text.slice(0, 4_000));
  if (said === '') return false;
  return alonePeople.test(said) || asking.some((pattern) => pattern.test(said));
}

const anger: readonly RegExp[] = [
  alone(`furious angry outraged unacceptable ridiculous scam scammer scammers fraud lawyer attorney sue lawsuit disgusting disgusted liar liars
    pathetic incompetent idiot idiots stupid bullshit wtf fuck* shit* asshole* damn rip_off ripped_off fed_up worst_service sick_of`),
  alone(`rezalet* rezil* sikayetci sikayet_edecegim dolandir* avukat* mahkeme* sacmal* berbat skandal* kepaze* yeter_artik savci* hakem_heyeti
    aptal* salak* gerizekali* lanet* yazikla* sinir* biktim cildir* utanmaz* sahtekar*`),
  alone(
    'غاضب* احتيال* نصاب* نصابين محام* محامي فضيحه فضيحة مهزله مهزلة كذاب* كاذب* وقح* سرقه سرقة حرامي* زباله زبالة غبي*',
  ),
  alone(
    `wutend* sauer betrug* betruger* unverschamt* anwalt* frechheit katastroph* lacherlich* scheiss* scheisse arschloch* idiot* verarsch*`,
  ),
  alone(
    'furieux furieuse arnaque* arnaqueur* inadmissible scandale* scandaleux avocat honteux honte ridicule merde inacceptable voleur* escroc*',
  ),
  alone(
    'furios* estafa* estafador* inaceptable abogado verguenza indignad* mierda ladron* inutiles pesimo* denunciar enfadad* harto harta',
  ),
];

/** Whether a customer sounds upset: by their words, or by shouting. */
export function isAngry(text: string): boolean {
  const some = text.slice(0, 4_000);
  const said = folded(some);
  if (anger.some((pattern) => pattern.test(said))) return true;
  const letters = some.match(/\p{L}/gu) ?? [];
  const loud = letters.filter((letter) => letter !== letter.toLowerCase()).length;
  return /[!?؟]{3,}/u.test(some) || (letters.length >= 25 && loud > letters.length * 0.8 && some.includes('!'));
}

/** Whether one of the words that a bot leaves to people stands in a text, whatever endings it has. */
export function namesKeyword(text: string, keywords: readonly string[]): boolean {
  const said = ` ${folded(text)}`;
  return keywords.some((keyword) => {
    const wanted = folded(keyword);
    return wanted !== '' && said.includes(` ${wanted}`);
  });
}

/** Whether two texts say the same, but for their case, signs and spaces. */
export function saysTheSame(one: string, other: string): boolean {
  const said = folded(one);
  return said !== '' && said === folded(other);
}
