import type { LeadRowFragment, LeadStatus } from '../api/documents.js';

/** What can be decided about a lead. What is left out stays as it is. */
export interface LeadChange {
  status?: LeadStatus;
  /** Null: nobody's. */
  ownerId?: string | null;
  tags?: readonly string[];
  fields?: Readonly<Record<string, unknown>>;
}

type State = Pick<LeadRowFragment, 'status' | 'tags'> & {
  readonly owner?: { readonly id: string } | null;
  readonly fields?: unknown;
};

/**
 * The change that brings a lead back to what it was. What somebody else has changed in the meantime (`now` differs from what the
 * change made) is left as it is: their decision is the later one. Null where nothing is left to bring back.
 */
export function leadBack(before: State, change: LeadChange, now: State): LeadChange | null {
  const back: LeadChange = {};
  if (change.status && now.status === change.status && before.status !== change.status) back.status = before.status;
  const [was, is] = [before.owner?.id ?? null, now.owner?.id ?? null];
  if (change.ownerId !== undefined && is === change.ownerId && was !== is) back.ownerId = was;
  if (change.tags && !same(change.tags, before.tags)) {
    const { tags } = change;
    const added = tags.filter((tag) => !before.tags.includes(tag));
    const removed = before.tags.filter((tag) => !tags.includes(tag) && !now.tags.includes(tag));
    const restored = [...now.tags.filter((tag) => !added.includes(tag)), ...removed];
    if (!same(restored, now.tags)) back.tags = restored;
  }
  if (change.fields && same(now.fields, change.fields) && !same(before.fields, change.fields))
    back.fields = (before.fields ?? {}) as Record<string, unknown>;
  return Object.keys(back).length > 0 ? back : null;
}

/** The order of keys says nothing: the server writes them in its own. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
