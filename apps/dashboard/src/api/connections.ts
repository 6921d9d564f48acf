import type { Cache, DataFields, Entity } from '@urql/exchange-graphcache';

/** Changes what stands in every loaded page of a list of somebody's. */
export function editConnections(
  cache: Cache,
  owner: Entity,
  fieldName: string,
  edit: (keys: string[], args: Record<string, unknown> | null) => string[],
): void {
  for (const field of cache.inspectFields(owner)) {
    if (field.fieldName !== fieldName) continue;
    const connection = cache.resolve(owner, field.fieldKey);
    if (typeof connection !== 'string') continue;
    const before = nodesAt(cache, connection);
    const after = edit(before, field.arguments);
    if (after.length !== before.length) cache.link(connection, 'nodes', after);
  }
}

/** The keys of what stands in a page. */
export function nodesAt(cache: Cache, connection: DataFields[string] | undefined): string[] {
  return typeof connection === 'string' ? linksOf(cache, connection, 'nodes') : [];
}

/** The keys that a field links to. */
export function linksOf(cache: Cache, owner: Entity, field: string): string[] {
  const links: unknown = cache.resolve(owner, field);
  return Array.isArray(links) ? links.filter((link: unknown): link is string => typeof link === 'string') : [];
}
