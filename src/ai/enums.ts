import { registerEnumType } from '@nestjs/graphql';

export enum AiMode {
  OFF = 'OFF',
  DRAFT = 'DRAFT',
  AUTO = 'AUTO',
}
registerEnumType(AiMode, {
  name: 'AiMode',
  description:
    'What a bot does: nothing, propose a reply that a member sends, or answer by itself. AUTO proposes, as DRAFT does, until sending by itself is built.',
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
