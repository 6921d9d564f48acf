import { Injectable } from '@nestjs/common';
import {
  Retention,
  type RetentionChange,
  type RetentionPolicy,
  changedRetention,
  usualRetention,
} from '../../accounts/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';
import { LegalHolds } from '../../platform/personal-data/index.js';

/** Counts what a policy would remove if it were saved now. What a legal hold keeps is not in it. */
@Injectable()
export class PreviewRetention {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly retention: Retention,
    private readonly holds: LegalHolds,
  ) {}

  async run({ workspaceId }: MemberActor, change: RetentionChange): Promise<{ what: string; count: number }[]> {
    const changed = changedRetention(change);
    return this.workspaces.read(workspaceId, async (tx) => {
      const row = await tx.first<{ retention: Partial<RetentionPolicy> }>(
        sql`select retention from workspaces where id = ${workspaceId}`,
      );
      const policy = { ...usualRetention, ...row?.retention, ...changed };
      const isHeld = await this.holds.stands(tx, []);
      const counted: Record<string, number> = {};
      for (const retained of this.retention.all)
        for (const [what, count] of Object.entries(await retained.count(tx, policy)))
          counted[what] = isHeld ? 0 : count;
      return Object.entries(counted).map(([what, count]) => ({ what, count }));
    });
  }
}
