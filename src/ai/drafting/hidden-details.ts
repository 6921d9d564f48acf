import { cutInvisible } from './invisible-text.js';
import { type DetailKind, digitsOf, replaceDetails } from './details-in-text.js';
import { foldText } from '../knowledge/fold-text.js';
import { turningWords } from './sentence-facts.js';

/** Stands for the customer's name, which no model is given. */
export const nameMark = '[name]';

const mark = /\[(?:name|(?:email|iban|card|identity|phone)-\d{1,4})\]/g;
const greetings =
  'hi|hello|hey|dear|thanks|thank you|merhaba|merhabalar|selam|say[ıi]n|sevgili|g[uü]nayd[ıi]n|te[sş]ekk[uü]rler|hallo|liebe|lieber|bonjour|hola|مرحبا|مرحبًا|أهلا|أهلاً|عزيزي|عزيزتي';

/** Where somebody is spoken to: after a greeting, a comma or at the beginning, and before what ends a salutation. */
function spokenTo(name: string): RegExp {
  return new RegExp(
    String.raw`(?<=^|[.!?…\n]\s?|, |(?<!\p{L})(?:${greetings}) )(?:${name})(?=(?: (?:bey|han[ıi]m))?(?:[,!:،]|[.…]?(?:$|\n)))`,
    'giu',
  );
}

const markSpokenTo = spokenTo(String.raw`\[name\]`);

interface Kept {
  readonly detail: string;
  /** The customer gave it, so it may be said to them. */
  readonly theirs: boolean;
}

/**
 * The details of people in one request to a model: what leaves holds marks in their place, and what comes back is given
 * the details again. A mark that somebody wrote stands for nothing, so no text can ask for another's detail.
 */
export class HiddenDetails {
  /** The kinds that were taken out of what left. */
  readonly kinds = new Set<DetailKind>();
  private readonly marks = new Map<string, string>();
  private readonly kept = new Map<string, Kept>();
  private readonly name: string | null;

  /** `published` is what the business says itself, which nobody has to hide. */
  constructor(
    contactName: string | null,
    private readonly masks: boolean,
    private readonly published = '',
  ) {
    this.name = speakableName(contactName);
  }

  /** Whether the customer has a name that can be put in. */
  get hasName(): boolean {
    return this.name !== null;
  }

  /** A text that is to leave. Without masking it stays as it is, and its details are only remembered. */
  hide(text: string, theirs = false): string {
    const plain = withoutMarks(text);
    const hidden = replaceDetails(plain, (kind, detail) => {
      if (this.published.includes(detail)) return detail;
      if (this.masks) this.kinds.add(kind);
      return this.keep(kind, detail, theirs);
    });
    return this.masks ? hidden : plain;
  }

  /** The same for words that speak to the customer by name, as drafts do. */
  hideWithName(text: string, theirs = false): string {
    return this.nameHidden(this.hide(text, theirs));
  }

  /** What came back, with marks wherever it names the customer or a detail, so that both can be looked for alike. */
  markedIn(answer: string): string {
    const marked = replaceDetails(answer, (kind, detail) => this.marks.get(keyOf(kind, detail)) ?? detail);
    return this.nameHidden(marked);
  }

  /** Whether a sentence may tell the customer what a mark in it stands for: what they gave, spoken of as theirs. */
  readonly mayTell = (found: string, sentence: string): boolean =>
    this.kept.get(found)?.theirs === true && speaksOfTheirs(sentence);

  /** A sentence that may be shown, with what its marks stand for. */
  shown(sentence: string): string {
    return sentence
      .replace(markSpokenTo, this.name ?? nameMark)
      .replace(/(?:,? )?\[name\]/g, '')
      .replace(mark, (found) => this.kept.get(found)?.detail ?? found);
  }

  private keep(kind: DetailKind, detail: string, theirs: boolean): string {
    const key = keyOf(kind, detail);
    const known = this.marks.get(key);
    if (known !== undefined) {
      if (theirs) this.kept.set(known, { detail: this.kept.get(known)?.detail ?? detail, theirs });
      return known;
    }
    const made = `[${kind}-${String(this.marks.size + 1)}]`;
    this.marks.set(key, made);
    this.kept.set(made, { detail, theirs });
    return made;
  }

  private nameHidden(text: string): string {
    if (this.name === null) return text;
    const [first = this.name] = this.name.split(' ');
    const names = [...new Set([this.name, first])].filter((name) => name.length > 1);
    return text.replace(spokenTo(names.join('|')), nameMark);
  }
}

/** The marks in a text, in their order. */
export function marksIn(text: string): string[] {
  return text.match(mark) ?? [];
}

/** A text of others without what looks like a mark. */
export function withoutMarks(text: string): string {
  return text.replace(/\[(name|(?:email|iban|card|identity|phone)-\d{1,4})\]/giu, '($1)');
}

/** "Your address" is the customer's; "write to us at" would make theirs the business's own. */
function speaksOfTheirs(sentence: string): boolean {
  const folded = foldText(sentence);
  const theirs =
    /(?<!\p{L})(?:you|your|yours|size|sizi|sizin|sana|senin|dein\p{L}*|ihr\p{L}*|dir|ihnen|votre|vos|vous|su|sus|tu|te|le)(?!\p{L})|\p{L}{2}(?:[iu]n[iu]z)\p{L}{0,4}(?!\p{L})|\p{L}{2}(?:ك|كم)(?!\p{L})/u;
  const ours =
    /(?<!\p{L})(?:us|our|ours|contact|reach|bize|bizi|bizim|uns|unser\p{L}*|nous|notre|nos|nosotros|nuestr\p{L}*)(?!\p{L})|\p{L}{2}نا(?!\p{L})/u;
  return theirs.test(folded) && !ours.test(folded);
}

function keyOf(kind: DetailKind, detail: string): string {
  const plain = detail.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (kind === 'email') return `email ${plain}`;
  return kind === 'iban' ? `iban ${plain.replace(/-/g, '')}` : digitsOf(plain);
}

/**
 * A name as it may be put into a reply: a few words of letters. Names are chosen by whoever bears them, so one that says
 * something ("Refund Free") is no name to a reply.
 */
function speakableName(contactName: string | null): string | null {
  const name = cutInvisible(contactName ?? '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
  const isName = /^(?=.{2,60}$)[\p{L}\p{M}'’-]+(?: [\p{L}\p{M}'’-]+){0,3}$/u.test(name);
  return isName && turningWords(name).size === 0 ? name : null;
}
