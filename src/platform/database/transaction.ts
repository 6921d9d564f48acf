import type { EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { PoolClient, QueryArrayConfig } from 'pg';
import type { Call } from './call.js';
import { preparedName } from './prepared.js';
import { type Sql, sql } from './sql.js';

type Hook = () => Promise<void>;

/** What both kinds of transaction can do. */
abstract class Transaction {
  private readonly after: (() => void)[] = [];

  constructor(
    protected readonly client: Pick<PoolClient, 'query'>,
    private readonly manager: () => EntityManager,
  ) {}

  /** Runs one statement; gives its rows, named as the statement names them. */
  async query<Row = Record<string, unknown>>(statement: Sql): Promise<Row[]> {
    const result = await this.client.query({ text: statement.text, values: [...statement.values] });
    return result.rows as Row[];
  }

  /**
   * Runs one statement whose rows are made of several parts: a column called `#name` begins the part `name`, and its value
   * says whether the row has that part (null: it has not). What stands before the first is the part `row`.
   */
  async parts<Parts>(statement: Sql): Promise<Parts[]> {
    const name = preparedName(statement.text);
    const { fields, rows } = await this.client.query<unknown[]>({
      text: statement.text,
      values: [...statement.values],
      ...(name !== null && { name }),
      rowMode: 'array',
    } as QueryArrayConfig);
    const names = fields.map((field) => field.name);
    return rows.map((values) => {
      const parts: Record<string, Record<string, unknown> | null> = {};
      let part: Record<string, unknown> | null = (parts['row'] = {});
      for (let column = 0; column < names.length; column += 1) {
        const name = names[column] ?? '';
        if (name.startsWith('#')) part = parts[name.slice(1)] = values[column] === null ? null : {};
        else if (part !== null) part[name] = values[column];
      }
      return parts as Parts;
    });
  }

  /** Runs one statement and gives its first row, or null. */
  async first<Row = Record<string, unknown>>(statement: Sql): Promise<Row | null> {
    return (await this.query<Row>(statement))[0] ?? null;
  }

  /** Runs one statement and gives how many rows it touched. */
  async execute(statement: Sql): Promise<number> {
    return (await this.client.query({ text: statement.text, values: [...statement.values] })).rowCount ?? 0;
  }

  /** The TypeORM repository of an entity, bound to this transaction. */
  of<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.manager().getRepository(entity);
  }

  /** Work for after a successful commit: hints only, for what must not be lost belongs in the transaction. */
  afterCommit(hook: () => void): void {
    this.after.push(hook);
  }

  /** @internal */
  runAfterCommit(): void {
    for (const hook of this.after) hook();
  }
}

/**
 * A transaction inside one workspace: row-level security shows it that workspace's rows and no other's. Only
 * `Workspaces` makes one, so holding one proves the scope. Methods that take it as their first parameter take part in
 * it and never open another.
 */
export class WorkspaceTransaction extends Transaction {
  private readonly before: Hook[] = [];
  private readonly kept = new Map<string, Map<string, Promise<unknown>>>();

  constructor(
    client: Pick<PoolClient, 'query'>,
    manager: () => EntityManager,
    readonly workspaceId: string,
    readonly readOnly: boolean,
    /** Whether what was read once need not be read again: where all readers are content with the same moment. */
    private readonly keeps = false,
  ) {
    super(client, manager);
  }

  /** Rows by key, as `read` gives them; in a transaction that keeps what it read, each row of a `kind` is read once. */
  async rows<Row>(
    kind: string,
    keys: readonly string[],
    read: (keys: readonly string[]) => Promise<Map<string, Row>>,
  ): Promise<Map<string, Row>> {
    if (!this.keeps) return read(keys);
    const kept = this.kept.get(kind) ?? new Map<string, Promise<unknown>>();
    this.kept.set(kind, kept);
    const missing = keys.filter((key) => !kept.has(key));
    if (missing.length > 0) {
      const reading = read(missing);
      for (const key of missing)
        kept.set(
          key,
          reading.then((rows) => rows.get(key)),
        );
    }
    const found = await Promise.all(keys.map((key) => kept.get(key) as Promise<Row | undefined>));
    return new Map(keys.flatMap((key, index) => (found[index] === undefined ? [] : [[key, found[index]]])));
  }

  /** Work for the end of the transaction, in the order in which it was asked for. */
  beforeCommit(hook: Hook): void {
    this.before.push(hook);
  }

  /** Calls a function of the database, as part of this transaction. */
  async call({ invoke, afterCommit }: Call): Promise<void> {
    const row = await this.first<{ result: unknown }>(sql`select ${invoke} as result`);
    if (afterCommit !== undefined) this.afterCommit(() => afterCommit(row?.result));
  }

  /** @internal */
  async runBeforeCommit(): Promise<void> {
    // A hook may ask for another: the list grows while it is walked.
    for (let next = 0; next < this.before.length; next += 1) await this.before[next]?.();
  }
}

/** A transaction over the tables that belong to no workspace (`docs/tables.md` lists them, each with its reason). */
export class SystemTransaction extends Transaction {}
