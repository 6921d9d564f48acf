import { registerEnumType } from '@nestjs/graphql';

export enum AiMode {
  OFF = 'OFF',
  DRAFT = 'DRAFT',
  AUTO = 'AUTO',
}
registerEnumType(AiMode, {
  name: 'AiMode',
  description:
    'What a bot does: nothing, propose a reply that a member sends, or answer by itself and hand over to people where it should.',
});

export enum AutoHours {
  ALWAYS = 'ALWAYS',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(AutoHours, {
  name: 'AutoHours',
  description:
    'When a bot in mode AUTO answers by itself: at any hour, only while the business is open, or only while it is closed. At the other hours it proposes replies.',
});

export enum KnowledgeKind {
  TEXT = 'TEXT',
  FAQ = 'FAQ',
  URL = 'URL',
  FILE = 'FILE',
}
registerEnumType(KnowledgeKind, { name: 'KnowledgeKind', description: 'Where knowledge comes from.' });

export enum KnowledgeStatus {
  PENDING = 'PENDING',
  READY = 'READY',
  FAILED = 'FAILED',
}
registerEnumType(KnowledgeStatus, {
  name: 'KnowledgeStatus',
  description: 'Whether a knowledge source can be answered from.',
});

export enum AiPurpose {
  DRAFT = 'DRAFT',
  AUTO_REPLY = 'AUTO_REPLY',
  LEAD_REPLY = 'LEAD_REPLY',
  PREVIEW = 'PREVIEW',
  EVALUATION = 'EVALUATION',
  EMBEDDING = 'EMBEDDING',
}
registerEnumType(AiPurpose, { name: 'AiPurpose', description: 'What a run was for.' });

export enum AiOutcome {
  PROPOSED = 'PROPOSED',
  SENT = 'SENT',
  ACCEPTED = 'ACCEPTED',
  EDITED = 'EDITED',
  DISCARDED = 'DISCARDED',
  HANDED_OFF = 'HANDED_OFF',
  REFUSED = 'REFUSED',
  FAILED = 'FAILED',
}
registerEnumType(AiOutcome, {
  name: 'AiOutcome',
  description:
    'What became of a run. REFUSED: nothing that the knowledge supports was left to propose, or the model refused. FAILED: the model server failed. DISCARDED: nobody wanted it, or a member stopped it while it was written.',
});

export enum CutReason {
  UNSUPPORTED = 'UNSUPPORTED',
  FOREIGN_LINK = 'FOREIGN_LINK',
  TOO_LONG = 'TOO_LONG',
  ONLY_COURTESY = 'ONLY_COURTESY',
  NO_ROOM = 'NO_ROOM',
}
registerEnumType(CutReason, {
  name: 'CutReason',
  description:
    'Why a sentence of an answer was taken out. UNSUPPORTED: no passage that the answer names says so. FOREIGN_LINK: it names an address that stands in none of them. TOO_LONG: no honest sentence is that long. ONLY_COURTESY: of the whole answer nothing but greetings was left. NO_ROOM: one message of the channel holds no more.',
});

export enum CaseVerdict {
  SAYS_IT = 'SAYS_IT',
  LEFT_ALONE = 'LEFT_ALONE',
  SILENT = 'SILENT',
  SPOKE = 'SPOKE',
  OTHER_NUMBER = 'OTHER_NUMBER',
  DENIES = 'DENIES',
  LEAVES_OUT = 'LEAVES_OUT',
  OTHER_SOURCE = 'OTHER_SOURCE',
}
registerEnumType(CaseVerdict, {
  name: 'CaseVerdict',
  description:
    'How an answer was judged, by rules and no model. Good: SAYS_IT, and LEFT_ALONE where nothing should be said. SILENT: it answered nothing. SPOKE: it answered though it should not have. OTHER_NUMBER: a number that is expected is missing, or another. DENIES: it denies what is expected, or the other way round. LEAVES_OUT: it says less than six tenths of the words that are expected. OTHER_SOURCE: it rests on another source than the one that was named.',
});

export enum EvaluationStop {
  CANCELLED = 'CANCELLED',
  COST = 'COST',
  NO_MODEL = 'NO_MODEL',
  MODEL_FAILS = 'MODEL_FAILS',
  NO_CASES = 'NO_CASES',
}
registerEnumType(EvaluationStop, {
  name: 'EvaluationStop',
  description:
    'Why an evaluation ended before it was done. CANCELLED: a member stopped it. COST: it reached what it may cost. NO_MODEL: AI was switched off, or the budget of the month was used up. MODEL_FAILS: the model server failed three times running. NO_CASES: none of its cases is left.',
});

/** What became of a question that nothing answered; no client sees it. */
export enum QuestionStatus {
  OPEN = 'OPEN',
  ANSWERED = 'ANSWERED',
  DISMISSED = 'DISMISSED',
}

export enum DraftChange {
  SHORTER = 'SHORTER',
  FRIENDLIER = 'FRIENDLIER',
  MORE_FORMAL = 'MORE_FORMAL',
  TRANSLATION = 'TRANSLATION',
}
registerEnumType(DraftChange, {
  name: 'DraftChange',
  description:
    'How a draft is said in other words. It may then state nothing that it did not state before; a translation keeps its numbers, dates, names and links.',
});

export enum DraftLanguage {
  EN = 'EN',
  TR = 'TR',
  DE = 'DE',
  FR = 'FR',
  ES = 'ES',
  IT = 'IT',
  PT = 'PT',
  NL = 'NL',
  RU = 'RU',
  AR = 'AR',
}
registerEnumType(DraftLanguage, {
  name: 'DraftLanguage',
  description: 'What a draft can be translated into: the languages in which a translation can be held against it.',
});

export enum DraftStatus {
  GENERATING = 'GENERATING',
  PROPOSED = 'PROPOSED',
  ACCEPTED = 'ACCEPTED',
  EDITED = 'EDITED',
  DISCARDED = 'DISCARDED',
  FAILED = 'FAILED',
}
registerEnumType(DraftStatus, {
  name: 'DraftStatus',
  description:
    'GENERATING: a model writes it, and draftText tells its words as they come. FAILED: there is no text, and the run says why (nothing grounded, the model server failed).',
});
