import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader, decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type ActivityRow, activityColumns } from './activity.row.js';

type ActivityPage = ReturnType<typeof pageOf<ActivityRow>>;
interface Part {
  readonly size: number;
  readonly after: readonly [id: string] | null;
}

/** The key under which the loader gives a page of what happened with a lead. Throws for arguments that cannot be. */
export function activityKey(
  leadId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): string {
  return JSON.stringify([leadId, { size: pageSize(first, 20), after: decodeCursor(after, isPlace) } satisfies Part]);
}

/** Pages of what happened with leads, the newest first. Leads that ask for the same part share a statement. */
@Injectable()
export class ActivityLoader extends RowLoader<ActivityPage> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, ActivityPage>> {
    const asked = keys.map((key) => {
      const [id, part] = JSON.parse(key) as [string, Part];
      return { key, id, part };
    });
    const pages = new Map<string, ActivityPage>();
    for (const group of Map.groupBy(asked, ({ part }) => JSON.stringify(part)).values()) {
      const [{ part }] = group as [(typeof group)[number]];
      const ids = group.map(({ id }) => id);
      const found = Map.groupBy(await read(tx, ids, part), (row) => row.leadId);
      for (const { key, id } of group)
        pages.set(
          key,
          pageOf(found.get(id) ?? [], part.size, (row) => encodeCursor(row.id)),
        );
    }
    return pages;
  }
}

/** By the id, which carries the time at which it was written down. */
function read(tx: WorkspaceTransaction, leadIds: readonly string[], { size, after }: Part): Promise<ActivityRow[]> {
  return tx.query<ActivityRow>(sql`
    select ${activityColumns} from unnest(${leadIds.filter(isUuid)}::uuid[]) as lead (id)
     cross join lateral (
       select * from lead_activities found
        where found.workspace_id = ${tx.workspaceId} and found.lead_id = lead.id
          ${after === null ? emptySql : sql`and found.id < ${after[0]}::uuid`}
        order by found.id desc limit ${size + 1}
     ) a order by a.id desc`);
}

function isPlace(values: readonly unknown[]): values is readonly [string] {
  return values.length === 1 && isUuid(values[0]);
}
