import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader, decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type DeliveryRow, deliveryColumns } from './endpoint.row.js';

type DeliveryPage = ReturnType<typeof pageOf<DeliveryRow>>;
interface Part {
  readonly size: number;
  readonly after: readonly [id: string] | null;
}

/** The key under which the loader gives a page of an endpoint's calls. Throws for arguments that cannot be. */
export function deliveriesKey(
  endpointId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): string {
  return JSON.stringify([
    endpointId,
    { size: pageSize(first, 25), after: decodeCursor(after, isPlace) } satisfies Part,
  ]);
}

/** Pages of endpoints' calls, the newest first. Endpoints that ask for the same part share a statement. */
@Injectable()
export class DeliveriesLoader extends RowLoader<DeliveryPage> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, DeliveryPage>> {
    const asked = keys.map((key) => {
      const [id, part] = JSON.parse(key) as [string, Part];
      return { key, id, part };
    });
    const pages = new Map<string, DeliveryPage>();
    for (const group of Map.groupBy(asked, ({ part }) => JSON.stringify(part)).values()) {
      const [{ part }] = group as [(typeof group)[number]];
      const ids = group.map(({ id }) => id);
      const found = Map.groupBy(await read(tx, ids, part), (row) => row.endpointId);
      for (const { key, id } of group)
        pages.set(
          key,
          pageOf(found.get(id) ?? [], part.size, (row) => encodeCursor(row.id)),
        );
    }
    return pages;
  }
}

function read(tx: WorkspaceTransaction, endpointIds: readonly string[], { size, after }: Part): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(sql`
    select ${deliveryColumns} from unnest(${endpointIds}::uuid[]) as endpoint (id)
     cross join lateral (
       select * from webhook_deliveries found
        where found.workspace_id = ${tx.workspaceId} and found.endpoint_id = endpoint.id
          ${after === null ? emptySql : sql`and found.id < ${after[0]}::uuid`}
        order by found.id desc limit ${size + 1}
     ) d order by d.id desc`);
}

function isPlace(values: readonly unknown[]): values is readonly [string] {
  return values.length === 1 && isUuid(values[0]);
}
