import { fillIn, reasonFinder } from '../../platform/errors/index.js';

/** What is wrong with a draft that is said in other words: a name that clients put into their reader's words, and the English. */
export const changeProblems = {
  LANGUAGE_UNKNOWN: 'its language is not known',
  OTHER_LANGUAGE: 'what came back is not in {language}',
  SAYS_OTHER: 'it says what the draft does not',
  SAYS_MORE: 'it says more than the draft',
  LEAVES_OUT: 'it leaves out a part of the draft',
  NO_OTHER_WORDS: 'the model gave no other words',
  NONE_LEFT: 'nothing is left of it',
  CHANGES_LINK: 'it changes a link or an address',
  CHANGES_NUMBER: 'it changes a number',
  CHANGES_DATE: 'it changes a date or a country',
  CHANGES_NAME: 'it changes a name',
  DENIES: 'it denies what the draft affirms, or the other way round',
  LOSES_CONDITION: 'it leaves out a condition',
  PROMISES: 'it promises what the draft does not',
} as const;

const begins = 'not kept to the draft: ';

/** Every reason for which a run proposed nothing, named and said in the same way. `{this}` is filled in. */
export const runWords = {
  NOTHING_FITS: 'nothing grounded: no knowledge of this workspace answers the question',
  NOTHING_CITED: 'nothing grounded: the model named no passage that its answer rests on',
  NOTHING_SUPPORTED: 'nothing grounded: the passages support no sentence of the answer',
  UNSURE: 'The model was less sure ({had}) than the bot asks for ({wanted}).',
  STOPPED: 'A member stopped it, or went on without it.',
  MODEL_REFUSED: 'The model refused to answer.',
  MODEL_CUT_OFF: 'The answer of the model was cut off at its limit of length.',
  MODEL_NO_TEXT: 'The model server answered without a text.',
  MODEL_UNREADABLE: 'The answer of the model could not be read.',
  SERVER_ADDRESS: 'The address of the model server is not allowed: it is not one of the public internet.',
  SERVER_TOO_LONG: 'The model server sent more than an answer can be long.',
  SERVER_TOO_LATE: 'The model server did not answer in time.',
  SERVER_UNREACHED: 'The model server could not be reached, or its answer broke off.',
  SERVER_NO_CREDIT: 'The account at the model server has no credit left.',
  SERVER_KEY: 'The model server refuses the key. Give a new one in the AI settings.',
  SERVER_NO_MODEL: 'The model server knows no model "{model}", or its address is wrong.',
  SERVER_BUSY: 'The model server takes no more requests at the moment.',
  SERVER_STATUS: 'The model server answered with status {status}.',
  SERVER_RESTING: 'The model server failed again and again and is left alone for a short while.',
  SERVER_UNREADABLE: 'The answer of the model server could not be read.',
  HANDOFF_ASKED: 'The customer asks for a person.',
  HANDOFF_ANGRY: 'The customer sounds upset.',
  HANDOFF_KEYWORD: 'The customer used a word that the bot leaves to people.',
  HANDOFF_WORDLESS: 'The customer sent something that is no text.',
  HANDOFF_REPLIES: 'The bot has answered as often as it may in one conversation.',
  HANDOFF_TOPIC: 'The question lies outside the topics of the bot.',
  HANDOFF_DAY: 'The budget of the bot for this day is spent.',
  HANDOFF_MONTH: 'The AI budget of this month is spent.',
  HANDOFF_MACHINE: 'A machine seems to write at the other end, or the same is said again and again.',
  HANDOFF_TRIED: 'Writing an answer broke off several times.',
  PLAN_FULL: 'The plan of this workspace has no room for more answers by AI this month.',
  PLAN_ENDED: 'The plan of this workspace has ended or is paused, so the AI rests.',
  HANDOFF_UNREACHABLE: 'Nothing can be sent there by machine at the moment.',
} as const;

/** What is said of a changed draft that may not be shown. */
export function notKept(problem: string): string {
  return `${begins}${problem}`;
}

/** What is said of a run that proposed nothing. */
export function runSentence(reason: keyof typeof runWords, values: Readonly<Record<string, string>> = {}): string {
  return fillIn(runWords[reason], values);
}

/** The reason behind what a run has on record; null where it proposed something. */
export const runReasonOf = reasonFinder({
  ...runWords,
  ...Object.fromEntries(Object.entries(changeProblems).map(([reason, words]) => [reason, notKept(words)])),
});
