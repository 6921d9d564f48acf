import { Injectable } from '@nestjs/common';
import { type SystemTransaction, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import type { PrivacyRequestStatus } from './enums.js';
import { PrivacyRequests } from './privacy-requests.js';
import type { RequestRow } from './request.row.js';

/** What of the list is asked for. */
export interface AskedRequests {
  readonly status: readonly PrivacyRequestStatus[] | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

/** Requests, the newest first: ids follow the time. */
@Injectable()
export class ListRequests {
  constructor(private readonly requests: PrivacyRequests) {}

  async run(
    tx: WorkspaceTransaction | SystemTransaction,
    { status, first, after }: AskedRequests,
  ): Promise<ReturnType<typeof pageOf<RequestRow>>> {
    const size = pageSize(first, 25);
    const cursor = decodeCursor(after, isPlace);
    const rows = await this.requests.select(
      tx,
      sql`(${status ?? null}::text[] is null or status = any (${status ?? null}::text[]))
          and (${cursor?.[0] ?? null}::uuid is null or id < ${cursor?.[0] ?? null}::uuid)
          order by id desc limit ${size + 1}`,
    );
    return pageOf(rows, size, ({ id }) => encodeCursor(id));
  }
}

function isPlace(values: readonly unknown[]): values is readonly [string] {
  return values.length === 1 && typeof values[0] === 'string' && isUuid(values[0]);
}
