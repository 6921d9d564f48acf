import type { Provider } from '@nestjs/common';
import { DeletionWorker } from './deletion.worker.js';
import { EraseStep } from './erase-step.js';
import { EraseSubject } from './erase-subject.js';
import { ErasureJournal } from './erasure-journal.js';
import { ErasureReceipts } from './erasure-receipts.js';
import { Erasures } from './erasures.js';
import { EraseHistory } from './erase-history.js';
import { FindErased } from './find-erased.js';
import { FinishErasure } from './finish-erasure.js';
import { HistoryStep } from './history-step.js';
import { IssueDeletionReceiptWorker } from './issue-deletion-receipt.worker.js';
import { ReplayErasures } from './replay-erasures.js';
import { ResumeErasures } from './resume-erasures.js';

export { ErasureJournal } from './erasure-journal.js';
export { EraseSubject } from './erase-subject.js';
export type { ErasedSubject } from './find-erased.js';
export { ErasureCompleted } from './erasure.events.js';
export { Erasures } from './erasures.js';
export { ResumeErasures } from './resume-erasures.js';
export { ReplayErasures } from './replay-erasures.js';

/** Erasing people, conversations and what was noted of them, to the end and provably. */
export const erasureProviders: Provider[] = [
  Erasures,
  EraseStep,
  EraseSubject,
  ErasureJournal,
  ErasureReceipts,
  EraseHistory,
  HistoryStep,
  FindErased,
  FinishErasure,
  DeletionWorker,
  IssueDeletionReceiptWorker,
  ReplayErasures,
  ResumeErasures,
];
