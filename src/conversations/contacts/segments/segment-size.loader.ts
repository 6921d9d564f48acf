import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../../platform/database/index.js';
import { RowLoader } from '../../../platform/graphql/index.js';
import { AskedFilter } from './asked-filter.js';
import type { SegmentRow } from './segment.type.js';

/** How many contacts are in segments now, by the segment's id. */
@Injectable()
export class SegmentSizeLoader extends RowLoader<number> {
  constructor(
    workspaces: Workspaces,
    private readonly asked: AskedFilter,
  ) {
    super(workspaces);
  }

  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, number>> {
    const segments = await tx.query<SegmentRow>(sql`
      select s.id, s.name, s.filter from contact_segments s
       where s.workspace_id = ${tx.workspaceId} and s.id = any (${keys.filter(isUuid)}::uuid[])`);
    const sizes = new Map<string, number>();
    for (const { id, filter } of segments) sizes.set(id, await this.asked.count(tx, await this.asked.kept(tx, filter)));
    return sizes;
  }
}
