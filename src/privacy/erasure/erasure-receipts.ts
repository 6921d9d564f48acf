import { Injectable } from '@nestjs/common';
import type { OpenErasure } from './erasures.js';

/** Has a receipt made of a finished erasure. */
@Injectable()
export class ErasureReceipts {
  /** Once for each erasure. */
  issue(workspaceId: string, erasure: OpenErasure, completedAt: Date): Promise<void> {
    return Promise.resolve(void [workspaceId, erasure, completedAt]);
  }
}
