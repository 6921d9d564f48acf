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
    'What became of a run. REFUSED: nothing that the knowledge supports was left to propose, or the model refused. FAILED: the model server failed.',
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
  description: 'FAILED: there is no text, and the run says why (nothing grounded, the model server failed).',
});
