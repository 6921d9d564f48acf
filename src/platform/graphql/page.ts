import { Field, ObjectType } from '@nestjs/graphql';
import { badInput } from '../errors/index.js';

/** The most rows of one page. */
export const maxPageSize = 100;

@ObjectType({ description: 'Where a page ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Pass it as `after` to get the next page.' })
  endCursor!: string | null;
}

/** Checks `first`; the default applies where the client sent null. */
export function pageSize(first: number | null | undefined, fallback: number): number {
  const size = first ?? fallback;
  if (size < 1 || size > maxPageSize) throw badInput('first', `Ask for 1 to ${String(maxPageSize)} at a time.`);
  return size;
}

/** An opaque cursor over the sort values of the last row. */
export function encodeCursor(...values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor; `check` says whether they are of the shape that this list makes. */
export function decodeCursor<Values extends readonly unknown[]>(
  cursor: string | null | undefined,
  check: (values: readonly unknown[]) => values is Values,
): Values | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && check(values)) return values;
  } catch {
    // Said below in one way for every kind of broken cursor.
  }
  throw badInput('after', 'This cursor is not one of this list. Start again without it.');
}

/** Cuts rows that were read with one more than asked for, and says where the page ends. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  cursorOf: (row: Row) => string,
): { nodes: Row[]; pageInfo: PageInfo } {
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: { hasNextPage: rows.length > size, endCursor: last === undefined ? null : cursorOf(last) },
  };
}
