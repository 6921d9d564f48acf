import { DraftChange } from '../enums.js';
import { sentencesOf } from '../knowledge/split-text.js';
import type { Basis } from './change-of-draft.js';
import { changeProblems } from './run-words.js';
import { type Acquaintance, supportedSentences } from './support-check.js';
import { checkTranslation } from './translation-check.js';

/** The sentences of a changed draft that may be shown; where it is refused, why. */
export interface CheckedChange {
  readonly sentences: readonly string[];
  readonly problem: string | null;
}

// Words of manner, which state nothing.
const manner = `just simply gladly happily kindly certainly sure absolutely lovely wonderful great good news pleased delighted dear respectfully hereby
  inform advise note pleasure assist kindest warm cheers hope best sincerely memnuniyetle elbette tabii harika guzel haber sevgili sayin bilgilerinize sunariz belirtmek isteriz`;

/**
 * A draft that was grounded is held against its own words once it is changed: what is shorter or said in another tone may
 * state only what it stated, and a translation has to keep all that can be followed from language to language.
 */
export function checkChange(answer: string, basis: Basis, known: Acquaintance): CheckedChange {
  if (basis.change === DraftChange.TRANSLATION) {
    if (basis.language === null) return { sentences: [], problem: changeProblems.LANGUAGE_UNKNOWN };
    return checkTranslation(basis.text, answer, basis.language);
  }
  const evidence = { title: '', heading: null, question: null, text: basis.text };
  const kept = supportedSentences(answer, [evidence], { ...known, manner });
  const complete = kept.length === sentencesOf(answer).length;
  // Words that are cut out of another tone would leave half a reply; a shorter one may be shorter still.
  if (!complete && basis.change !== DraftChange.SHORTER) return { sentences: kept, problem: changeProblems.SAYS_OTHER };
  return { sentences: kept, problem: kept.length === 0 ? changeProblems.SAYS_OTHER : null };
}
