import { DraftLanguage } from '../enums.js';
import { languageOf } from '../languages.js';

/** What a machine says of itself and of who comes after it, in one language. */
interface Notices {
  /** `{name}` is the bot's. */
  readonly disclosure: string;
  readonly handoff: string;
  /** The same while the business is closed. */
  readonly handoffClosed: string;
}

const english: Notices = {
  disclosure: 'You are chatting with {name}, an AI assistant. Write "human" at any time to talk to a person.',
  handoff: 'I am passing this on: a colleague will answer you here.',
  handoffClosed: 'I am passing this on: a colleague will answer you here as soon as we are open again.',
};

const notices: Readonly<Partial<Record<DraftLanguage, Notices>>> = {
  [DraftLanguage.EN]: english,
  [DraftLanguage.TR]: {
    disclosure: 'Ben {name}, bir yapay zekâ asistanıyım. Bir insanla görüşmek için istediğiniz an "insan" yazın.',
    handoff: 'Mesajınızı iletiyorum: Bir çalışanımız size buradan yanıt verecek.',
    handoffClosed: 'Mesajınızı iletiyorum: Yeniden açıldığımızda bir çalışanımız size buradan yanıt verecek.',
  },
  [DraftLanguage.AR]: {
    disclosure: 'أنت تتحدث مع {name}، وهو مساعد يعمل بالذكاء الاصطناعي. اكتب «موظف» في أي وقت للتحدث مع شخص.',
    handoff: 'أحوّل رسالتك الآن: سيجيبك أحد الزملاء هنا.',
    handoffClosed: 'أحوّل رسالتك الآن: سيجيبك أحد الزملاء هنا عندما نفتح من جديد.',
  },
  [DraftLanguage.DE]: {
    disclosure:
      'Sie schreiben mit {name}, einem KI-Assistenten. Schreiben Sie jederzeit „Mensch“, um mit einer Person zu sprechen.',
    handoff: 'Ich gebe das weiter: Jemand aus dem Team antwortet Ihnen hier.',
    handoffClosed: 'Ich gebe das weiter: Jemand aus dem Team antwortet Ihnen hier, sobald wir wieder geöffnet haben.',
  },
  [DraftLanguage.FR]: {
    disclosure:
      'Vous échangez avec {name}, un assistant IA. Écrivez « humain » à tout moment pour parler à une personne.',
    handoff: 'Je transmets votre message : un collègue vous répondra ici.',
    handoffClosed: 'Je transmets votre message : un collègue vous répondra ici dès notre réouverture.',
  },
  [DraftLanguage.ES]: {
    disclosure:
      'Está hablando con {name}, un asistente de IA. Escriba «persona» en cualquier momento para hablar con alguien.',
    handoff: 'Paso su mensaje: un compañero le responderá aquí.',
    handoffClosed: 'Paso su mensaje: un compañero le responderá aquí en cuanto volvamos a abrir.',
  },
};

/** The language to speak: that of the customer's words, else what is known of them, else the workspace's. */
export function languageToSpeak(words: string, ...known: readonly (string | null)[]): DraftLanguage {
  const said = languageOf(words)?.code;
  const codes = [said, ...known.map((locale) => locale?.slice(0, 2).toUpperCase())];
  return (codes.find((code) => code !== undefined && code in notices) as DraftLanguage | undefined) ?? DraftLanguage.EN;
}

/** That it is a machine which answers: the bot's own words, or the usual ones. */
export function disclosureOf(
  bot: { readonly name: string; readonly disclosure: string },
  language: DraftLanguage,
): string {
  const own = bot.disclosure.trim();
  return own === '' ? (notices[language] ?? english).disclosure.replace('{name}', () => bot.name) : own;
}

/** That a person answers from now on. */
export function handoffNotice(language: DraftLanguage, isOpen: boolean): string {
  const { handoff, handoffClosed } = notices[language] ?? english;
  return isOpen ? handoff : handoffClosed;
}
