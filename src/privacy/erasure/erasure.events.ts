import type { Subject } from '../../platform/personal-data/index.js';

/** An erasure is done and has its receipt: told inside the transaction that forgets whom it was about. */
export class ErasureCompleted {
  constructor(
    readonly erasureId: string,
    readonly requestId: string | null,
    readonly subject: Pick<Subject, 'contactIds' | 'conversationIds'>,
  ) {}
}
