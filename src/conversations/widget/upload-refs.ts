import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { StoredFile } from '../../platform/files/index.js';
import { KeyRing } from '../../platform/secrets/index.js';

/** The names that uploads have for their visitor: another's, or a guessed one, opens nothing. */
@Injectable()
export class UploadRefs {
  private readonly keys: readonly KeyObject[];

  constructor(ring: KeyRing) {
    this.keys = ring.deriveAll('widget-uploads');
  }

  /** The name of an upload for whoever made it. */
  issue(visitorId: string, fileId: string): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no key to sign with.');
    return `${fileId}.${sign(key, visitorId, fileId).toString('base64url')}`;
  }

  /** The uploads of these names, in their order; throws where one is not this visitor's, or is gone. */
  async find(tx: WorkspaceTransaction, visitorId: string, names: readonly string[]): Promise<StoredFile[]> {
    if (names.length === 0) return [];
    const ids = names.map((name) => this.open(visitorId, name)).filter((id) => id !== null);
    const rows = await tx.query<StoredFile>(sql`
      select id, name, content_type as "contentType", size from files where workspace_id = ${tx.workspaceId} and id = any (${ids}::uuid[])`);
    const found = ids.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
    if (found.length < names.length) throw badInput('attachmentIds', 'An upload was not found. Upload it again.');
    return found;
  }

  private open(visitorId: string, name: string): string | null {
    const [fileId = '', given = '', ...more] = name.split('.');
    if (!isUuid(fileId) || more.length > 0) return null;
    const signature = Buffer.from(given, 'base64url');
    const genuine = this.keys.some((key) => {
      const expected = sign(key, visitorId, fileId.toLowerCase());
      return expected.length === signature.length && timingSafeEqual(expected, signature);
    });
    return genuine ? fileId.toLowerCase() : null;
  }
}

function sign(key: KeyObject, visitorId: string, fileId: string): Buffer {
  return createHmac('sha256', key).update(`${visitorId}|${fileId}`).digest();
}
