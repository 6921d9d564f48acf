import type { SetAside } from './delivery-source.js';

/** Parts of one delivery that are set aside each by itself. */
const mostParts = 100;

/**
 * What is set aside of some deliveries. One of which very much would be is set aside whole: a body made of nothing else
 * would become almost as many rows as it has bytes. What was applied of it changes nothing when it is tried once more.
 */
export function inReason<Row>(
  setAside: readonly SetAside[],
  rows: ReadonlyMap<string, Row>,
  bodyOf: (row: Row) => Buffer,
): SetAside[] {
  return [...Map.groupBy(setAside, (part) => part.deliveryId)].flatMap(([deliveryId, parts]) => {
    const [first] = parts;
    const row = rows.get(deliveryId);
    if (first === undefined || row === undefined || parts.length <= mostParts) return parts;
    const isOfOne = parts.every(({ workspaceId }) => workspaceId === first.workspaceId);
    const reason = `${String(parts.length)} parts of it could not be applied; the first: ${first.reason}`;
    return [{ deliveryId, workspaceId: isOfOne ? first.workspaceId : null, reason, body: bodyOf(row) }];
  });
}
