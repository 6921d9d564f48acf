import { Injectable } from '@nestjs/common';
import { type Sql, SystemDatabase, type SystemTransaction, newId, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import {
  type ErasedRows,
  type ErasureReceipt,
  type ErasureStatement,
  type RetainedRows,
  jsonOfReceipt,
} from './erasure-receipt.js';
import { type ReceiptHead, beginning, hashOf, signedHead, signedText } from './page/check-receipts.mjs';
import { SigningKeys } from './signing-keys.js';

interface StoredReceipt extends Omit<ErasureReceipt, 'retained'> {
  readonly seq: string;
  readonly retained: readonly (Omit<RetainedRows, 'until'> & { readonly until: string | null })[];
}

const columns = sql`
  seq::text, id, scope, subject_digest as "subjectDigest", erased, retained, completed_at as "completedAt",
  previous_hash as "previousHash", hash, signature, key_id as "keyId"`;
const page = 500;

/** What may stand in a receipt for what was erased: names that the code gives, nothing that anybody wrote. */
const ownName = /^[a-z][a-z0-9_ ]{0,60}(: [a-z][a-z0-9_, ]{0,60})?$/;

/**
 * The receipts of erasures: signed, and each over the one before it, so that none can be changed, left out or put elsewhere
 * without it showing. One chain for the instance; nothing in it tells whose data it was.
 */
@Injectable()
export class Receipts {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly keys: SigningKeys,
  ) {}

  /** Issues the receipt of an erasure, or gives the one that was issued: each erasure has one. */
  issue(statement: ErasureStatement): Promise<ErasureReceipt> {
    return this.system.run((tx) => this.issueWith(tx, statement));
  }

  /** Participant. The same as part of what it states: nothing else is issued until that is committed. */
  async issueWith(tx: SystemTransaction, statement: ErasureStatement): Promise<ErasureReceipt> {
    for (const { what } of [...statement.erased, ...statement.retained])
      if (!ownName.test(what)) throw new Error('A receipt names what was erased by names of the code alone.');
    // One after the other, or two receipts would follow the same one.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('erasure_receipts', 0))`);
    return (await this.find(tx, statement.erasureId)) ?? this.add(tx, statement);
  }

  /** The receipt of an erasure; null while there is none. */
  async byErasure(erasureId: string): Promise<ErasureReceipt | null> {
    return this.find(this.system, erasureId);
  }

  /** Every receipt of the instance, in the order of the chain. */
  all(): AsyncGenerator<ErasureReceipt> {
    return allReceipts(this.system);
  }

  /** Where the chain ends, signed: with it, whoever has the chain sees that nothing was cut off. */
  async head(): Promise<ReceiptHead> {
    const last = await this.last(this.system);
    const end = { receipts: Number(last.seq), hash: last.hash };
    return { ...end, keyId: await this.keys.currentId(), signature: await this.keys.sign(signedHead(end)) };
  }

  private async find(by: Pick<SystemTransaction, 'first'>, erasureId: string): Promise<ErasureReceipt | null> {
    const row = await by.first<StoredReceipt>(
      sql`select ${columns} from erasure_receipts where erasure_id = ${erasureId}`,
    );
    return row === null ? null : receiptOf(row);
  }

  private async last(by: { first<Row>(statement: Sql): Promise<Row | null> }): Promise<{ seq: string; hash: string }> {
    const row = await by.first<{ seq: string; hash: string }>(
      sql`select seq::text, hash from erasure_receipts order by erasure_receipts.seq desc limit 1`,
    );
    return row ?? { seq: '0', hash: beginning };
  }

  private async add(tx: SystemTransaction, statement: ErasureStatement): Promise<ErasureReceipt> {
    const { erasureId, scope, workspaceId, subject, completedAt } = statement;
    const last = await this.last(tx);
    const content = {
      id: newId(),
      scope,
      subjectDigest: this.secrets.digest('erasure-receipt', scope, workspaceId ?? '', subject).toString('hex'),
      erased: summed(statement.erased),
      retained: statement.retained,
      completedAt,
      previousHash: last.hash,
      keyId: await this.keys.currentId(),
    };
    const hash = await hashOf(jsonOfReceipt({ ...content, hash: '', signature: '' }));
    const receipt = { ...content, hash, signature: await this.keys.sign(signedText({ hash })) };
    const json = jsonOfReceipt(receipt);
    await tx.execute(sql`
      insert into erasure_receipts (seq, id, erasure_id, scope, subject_digest, erased, retained, completed_at,
                                    previous_hash, hash, signature, key_id)
      values (${last.seq}::bigint + 1, ${json.id}, ${erasureId}, ${scope}, ${json.subjectDigest},
              ${JSON.stringify(json.erased)}::jsonb, ${JSON.stringify(json.retained)}::jsonb, ${completedAt},
              ${json.previousHash}, ${hash}, ${json.signature}, ${json.keyId})`);
    return receipt;
  }
}

/** Every receipt of the instance, in the order of the chain, for whoever has the database: no key is needed to read them. */
export async function* allReceipts(system: SystemDatabase): AsyncGenerator<ErasureReceipt> {
  for (let after = '0'; ;) {
    const rows: StoredReceipt[] = await system.query<StoredReceipt>(
      sql`select ${columns} from erasure_receipts where seq > ${after}::bigint order by erasure_receipts.seq limit ${page}`,
    );
    for (const row of rows) yield receiptOf(row);
    if (rows.length < page) return;
    after = rows.at(-1)?.seq ?? after;
  }
}

/** Each thing once, with all of its rows; by name, so that one content has one order. */
function summed(rows: readonly ErasedRows[]): ErasedRows[] {
  const counts = new Map<string, number>();
  for (const { what, count } of rows) counts.set(what, (counts.get(what) ?? 0) + count);
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([what, count]) => ({ what, count }));
}

function receiptOf({ seq: _seq, retained, ...row }: StoredReceipt): ErasureReceipt {
  const dated = retained.map(({ until, ...rest }) => ({ ...rest, until: until === null ? null : new Date(until) }));
  return { ...row, retained: dated };
}
