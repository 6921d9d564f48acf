import { Injectable } from '@nestjs/common';
import type { SystemTransaction, WorkspaceTransaction } from '../../platform/database/index.js';
import { type SecretPlace, Secrets } from '../../platform/secrets/index.js';
import type { RequestDetails } from './request.row.js';

/** Keeps what requests say encrypted: under the workspace's key, or the deployment's while nobody owns them. */
@Injectable()
export class SealDetails {
  constructor(private readonly secrets: Secrets) {}

  async seal(tx: WorkspaceTransaction | SystemTransaction, id: string, details: RequestDetails): Promise<Buffer> {
    const text = JSON.stringify(details);
    return 'workspaceId' in tx
      ? this.secrets.encrypt(tx, ownedPlace(id), text)
      : this.secrets.encryptForInstance(unownedPlace(id), text);
  }

  async open(tx: WorkspaceTransaction | SystemTransaction, id: string, sealed: Buffer): Promise<RequestDetails> {
    if (!('workspaceId' in tx)) return this.openUnowned(id, sealed);
    return JSON.parse(await this.secrets.decrypt(tx, ownedPlace(id), sealed)) as RequestDetails;
  }

  /** Of a request that nobody owns, in whatever transaction. */
  openUnowned(id: string, sealed: Buffer): RequestDetails {
    return JSON.parse(this.secrets.decryptForInstance(unownedPlace(id), sealed)) as RequestDetails;
  }
}

function ownedPlace(row: string): SecretPlace {
  return { table: 'privacy_requests', column: 'details', row };
}

function unownedPlace(row: string): SecretPlace {
  return { table: 'instance_privacy_requests', column: 'details', row };
}
