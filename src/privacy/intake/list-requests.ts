import { Injectable } from '@nestjs/common';
import { type SystemTransaction, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import type { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import { isOpen } from './request-steps.js';
import type { RequestRow } from './request.row.js';

/** What of the list is asked for. */
export interface AskedRequests {
  readonly status: readonly PrivacyRequestStatus[] | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

type Place = readonly [rank: number, key: number, id: string];

// What waits stands first: children's, then by the day on which it is due. What is settled follows, the newest first.
const rank = sql`(case when completed_at is not null then 2 when minor then 0 else 1 end)`;
const due = sql`floor(extract(epoch from coalesce(extended_until, due_at)) * 1000)`;
const key = sql`(case when completed_at is null then ${due} else -floor(extract(epoch from received_at) * 1000) end)`;

/** Requests in the order in which they are to be worked on, page by page over the whole queue. */
@Injectable()
export class ListRequests {
  constructor(private readonly requests: PrivacyRequests) {}

  async run(
    tx: WorkspaceTransaction | SystemTransaction,
    { status, first, after }: AskedRequests,
  ): Promise<ReturnType<typeof pageOf<RequestRow>>> {
    const size = pageSize(first, 25);
    const cursor = decodeCursor(after, isPlace);
    const behind =
      cursor === null
        ? sql`true`
        : sql`(${rank}, ${key}, id) > (${cursor[0]}::int, ${cursor[1]}::numeric, ${cursor[2]}::uuid)`;
    const rows = await this.requests.select(
      tx,
      sql`(${status ?? null}::text[] is null or status = any (${status ?? null}::text[]))
          and ${behind} order by ${rank}, ${key}, id limit ${size + 1}`,
    );
    return pageOf(rows, size, (row) => encodeCursor(...placeOf(row)));
  }
}

function placeOf(row: RequestRow): Place {
  if (!isOpen(row)) return [2, -row.receivedAt.getTime(), row.id];
  return [row.minor ? 0 : 1, (row.extendedUntil ?? row.dueAt).getTime(), row.id];
}

function isPlace(values: readonly unknown[]): values is Place {
  const [order, time, id] = values;
  const isKnown = values.length === 3 && (order === 0 || order === 1 || order === 2) && Number.isSafeInteger(time);
  return isKnown && typeof id === 'string' && isUuid(id);
}
