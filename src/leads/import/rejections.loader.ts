import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { type RejectionRow, rejectionsFrom } from './import.row.js';

const mostShown = 1_000;

/** The first lines of imports that were not taken; the rest is in the file of rejected lines. */
@Injectable()
export class RejectionsLoader extends RowLoader<readonly RejectionRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly RejectionRow[]>> {
    const found = new Map<string, readonly RejectionRow[]>();
    for (const id of keys) found.set(id, await rejectionsFrom(tx, id, 0, mostShown));
    return found;
  }
}
