import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { RequestContext } from '../access/index.js';
import { type WorkspaceTransaction, Workspaces } from '../database/index.js';
import { workspaceOf } from './workspace-of.js';

/**
 * Loads rows by key for field resolvers: all that one step of an operation asks for is one statement in one read
 * transaction, of its own unless one is open. It lives as long as the request. Subclasses give the statement.
 */
@Injectable()
export abstract class RowLoader<Row, Key extends string = string> {
  constructor(private readonly workspaces: Workspaces) {}

  /** The rows of these keys, by key; keys that have none are left out. */
  protected abstract batch(
    tx: WorkspaceTransaction,
    keys: readonly Key[],
    context: RequestContext,
  ): Promise<Map<string, Row>>;

  /** The row of a key, or null. */
  load(context: RequestContext, key: Key): Promise<Row | null> {
    return this.loader(context).load(key);
  }

  /** The rows of several keys, in their order; those not found are left out. */
  async loadMany(context: RequestContext, keys: readonly Key[]): Promise<Row[]> {
    const rows = await Promise.all(keys.map((key) => this.load(context, key)));
    return rows.filter((row) => row !== null);
  }

  /** Puts a row that is known already, or that there is none, where others will look for it. */
  prime(context: RequestContext, key: Key, row: Row | null): void {
    this.loader(context).prime(key, row);
  }

  private loader(context: RequestContext): DataLoader<Key, Row | null> {
    const known = context.loaders.get(this) as DataLoader<Key, Row | null> | undefined;
    if (known !== undefined) return known;
    const loader = new DataLoader<Key, Row | null>(async (keys) => {
      const read = (tx: WorkspaceTransaction) => this.batch(tx, keys, context);
      const rows = await (context.reader?.run(read) ?? this.workspaces.read(workspaceOf(context), read));
      return keys.map((key) => rows.get(key) ?? null);
    });
    context.loaders.set(this, loader);
    return loader;
  }
}

/** Rows by their `id`, as `RowLoader.batch` gives them. */
export function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
