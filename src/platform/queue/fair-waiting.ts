/** A job that may be due, as a hint names it. */
export interface Hint {
  readonly workspaceId: string;
  readonly rowId: string;
}

/** Of one workspace; what is more is asked of the database when these have had their turn. */
const mostOfOne = 200;
/** Of all; what is more the sweep brings again. */
const mostOfAll = 20_000;

/**
 * What waits in this process for a turn, of one kind of job. Workspaces take turns: one with ten thousand jobs gets its next
 * after each of the others has had one.
 */
export class FairWaiting {
  /** In the order in which they are served: who was served goes to the end. */
  private readonly workspaces = new Map<string, Set<string>>();
  private readonly withMore = new Set<string>();
  private size = 0;

  /** Those who wait, in no order. */
  get all(): Hint[] {
    return [...this.workspaces].flatMap(([workspaceId, rows]) => [...rows].map((rowId) => ({ workspaceId, rowId })));
  }

  /** Takes a hint that is not here yet, unless there are too many. */
  add({ workspaceId, rowId }: Hint): void {
    const own = this.workspaces.get(workspaceId) ?? new Set<string>();
    if (own.has(rowId)) return;
    if (own.size >= mostOfOne || this.size >= mostOfAll) {
      this.withMore.add(workspaceId);
      return;
    }
    own.add(rowId);
    this.size += 1;
    this.workspaces.set(workspaceId, own);
  }

  /** The next of those that may have a turn now; null where none may. */
  take(mayRun: (workspaceId: string) => boolean): Hint | null {
    for (const [workspaceId, own] of this.workspaces) {
      const [rowId] = own;
      if (rowId === undefined || !mayRun(workspaceId)) continue;
      own.delete(rowId);
      this.size -= 1;
      this.workspaces.delete(workspaceId);
      if (own.size > 0) this.workspaces.set(workspaceId, own);
      return { workspaceId, rowId };
    }
    return null;
  }

  /** Whether more of a workspace waits in the database than was taken here, now that nothing of it is left. Said once. */
  hasMore(workspaceId: string): boolean {
    return !this.workspaces.has(workspaceId) && this.withMore.delete(workspaceId);
  }

  /** Says that more waits in the database. */
  noteMore(workspaceId: string): void {
    this.withMore.add(workspaceId);
  }

  clear(): void {
    this.workspaces.clear();
    this.withMore.clear();
    this.size = 0;
  }
}
