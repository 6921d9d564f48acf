import type { QueryResult } from 'pg';
import { preparedName } from './prepared.js';
import { type Sql, joinSql } from './sql.js';

/** A transaction of one workspace that is nothing but calls, as one list of columns. */
interface Asked {
  readonly workspaceId: string;
  readonly columns: Sql;
  /** How many columns those are. */
  readonly width: number;
  readonly bytes: number;
  readonly resolve: (values: unknown[]) => void;
  readonly reject: (error: unknown) => void;
}

/** What is written at once: so many workspaces share a commit, and no more waits for one of them than this. */
const sizes = [16, 8, 4, 2, 1] as const;
const mostBytes = 64 * 1_024;
/** What carries so much takes long: no other workspace waits for it. */
const longBytes = 32 * 1_024;

type Run = (
  statement: { readonly text: string; readonly values: unknown[]; readonly name?: string },
  /** Whether it takes long, and goes where it is in nobody's way. */
  long: boolean,
) => Promise<QueryResult>;

/**
 * Calls that are asked for at the same moment for different workspaces go out as one statement and one commit: each
 * workspace is entered before its own calls, so each writes under its own row security. Where one of them fails nothing is
 * written, and each is made by itself: none fails for another's sake. What takes long goes by itself, and so does what has to
 * wait for that.
 */
export class JoinedCalls {
  private waiting: Asked[] = [];
  private readonly statements = new Map<string, { readonly text: string; readonly name: string | null }>();

  /** The workspaces of which something long is at work. */
  private readonly longAtWork = new Map<string, number>();

  constructor(private readonly run: Run) {}

  /** Makes the calls, and gives their values. `columns` has to enter the workspace first. */
  make(workspaceId: string, columns: Sql, width: number): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ workspaceId, columns, width, bytes: bytesOf(columns), resolve, reject });
    });
  }

  private flush(): void {
    const waiting = this.waiting;
    this.waiting = [];
    // Workspaces in one order everywhere: two statements that lock the same ones cannot lock each other out.
    waiting.sort((a, b) => (a.workspaceId < b.workspaceId ? -1 : 1));
    const [long = [], short = []] = [true, false].map((wanted) => waiting.filter((one) => this.isLong(one) === wanted));
    for (const same of Map.groupBy(short, ({ columns }) => columns.text).values())
      for (const group of groupsOf(same)) void this.together(group);
    for (const one of long) void this.byItself(one);
  }

  // What comes after something long of the same workspace waits for its lock: on the others' line they would wait too.
  private isLong({ workspaceId, bytes }: Asked): boolean {
    return bytes >= longBytes || this.longAtWork.has(workspaceId);
  }

  private async byItself(one: Asked): Promise<void> {
    const { workspaceId } = one;
    this.longAtWork.set(workspaceId, (this.longAtWork.get(workspaceId) ?? 0) + 1);
    await this.together([one], true);
    const left = (this.longAtWork.get(workspaceId) ?? 1) - 1;
    if (left > 0) this.longAtWork.set(workspaceId, left);
    else this.longAtWork.delete(workspaceId);
  }

  private async together(group: readonly Asked[], long = false): Promise<void> {
    try {
      const values = await this.send(group, long);
      let from = 0;
      for (const one of group) one.resolve(values.slice(from, (from += one.width)));
    } catch (error) {
      // What Postgres itself refuses is not written. After anything else nobody knows, and it may not be made again.
      if (group.length === 1 || !isRefusal(error)) for (const one of group) one.reject(error);
      else for (const one of group) void this.together([one]);
    }
  }

  private async send(group: readonly Asked[], long: boolean): Promise<unknown[]> {
    const { text, name } = this.statementOf(group);
    const values = group.flatMap(({ columns }) => columns.values);
    const { rows } = await this.run({ text, values, ...(name !== null && { name }) }, long);
    return (rows[0] ?? []) as unknown[];
  }

  private statementOf(group: readonly Asked[]): { readonly text: string; readonly name: string | null } {
    const key = `${String(group.length)} ${group[0]?.columns.text ?? ''}`;
    const known = this.statements.get(key);
    if (known !== undefined) return known;
    const columns = group.map((one) => one.columns);
    const text = `select ${joinSql(columns, ', ').text}`;
    const statement = { text, name: preparedName(text) };
    if (statement.name !== null) this.statements.set(key, statement);
    return statement;
  }
}

/** In sizes of which there are few, because each is a statement that connections keep planned. */
function groupsOf(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = [];
  let rest = asked;
  while (rest.length > 0) {
    const fitting =
      sizes.find((size) => size <= rest.length && (size === 1 || bytesIn(rest.slice(0, size)) <= mostBytes)) ?? 1;
    groups.push(rest.slice(0, fitting));
    rest = rest.slice(fitting);
  }
  return groups;
}

function bytesIn(asked: readonly Asked[]): number {
  return asked.reduce((sum, one) => sum + one.bytes, 0);
}

function bytesOf({ values }: Sql): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
}

function isRefusal(error: unknown): boolean {
  return typeof (error as { severity?: unknown } | null)?.severity === 'string';
}
