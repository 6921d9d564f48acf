import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  sql,
} from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';

/** Where a request is. */
export interface RequestPlace {
  readonly requestId: string;
  readonly workspaceId: string | null;
}

const form = /^[0-9a-f]{32}$/;

/** The codes by which requests are followed, signed out too: 128 bits, found by a keyed digest. */
@Injectable()
export class RequestCodes {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** A new code that nobody can guess. */
  make(): string {
    return randomBytes(16).toString('hex');
  }

  /** The code of a call that may be repeated: the same call has the same one, whichever of our keys it was made under. */
  ofCall(...parts: readonly string[]): readonly string[] {
    return this.secrets.digests('privacy call', ...parts).map((digest) => digest.toString('hex').slice(0, 32));
  }

  /** By which a code is known, and from which it cannot be told. */
  digestOf(code: string): string {
    return this.secrets.digest('privacy code', code).toString('hex');
  }

  /** Notes where a code leads; false where it leads somewhere already. */
  async note(tx: WorkspaceTransaction | SystemTransaction, code: string, place: RequestPlace): Promise<boolean> {
    return this.noteDigest(tx, this.digestOf(code), place);
  }

  /** The same for a code of which the digest alone is known. */
  async noteDigest(
    tx: WorkspaceTransaction | SystemTransaction,
    digest: string,
    place: RequestPlace,
  ): Promise<boolean> {
    const noted = await tx.execute(sql`
      insert into privacy_codes (digest, request_id, workspace_id)
      values (${Buffer.from(digest, 'hex')}, ${place.requestId}, ${place.workspaceId}) on conflict do nothing`);
    return noted > 0;
  }

  /** Where a code leads; null for one that was never given. */
  async find(code: string): Promise<RequestPlace | null> {
    if (!form.test(code)) return null;
    return this.system.first<RequestPlace>(sql`
      select request_id as "requestId", workspace_id as "workspaceId" from privacy_codes
       where digest = any (${this.secrets.digests('privacy code', code)}::bytea[])`);
  }

  /** Where a request is; null for one that is nowhere. */
  async placeOf(requestId: string): Promise<RequestPlace | null> {
    return this.system.first<RequestPlace>(sql`
      select request_id as "requestId", workspace_id as "workspaceId" from privacy_codes where request_id = ${requestId}`);
  }

  /** The request moved into a workspace. */
  async move(tx: WorkspaceTransaction, requestId: string): Promise<void> {
    await tx.execute(sql`update privacy_codes set workspace_id = ${tx.workspaceId} where request_id = ${requestId}`);
  }
}
