import { type KeyObject, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { type WorkspaceTransaction, cleanText, isUuid, newId, sql } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';

/** A stored file, as its row says. */
export interface StoredFile {
  readonly id: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
}

/** A link that works until it expires. */
export interface SignedLink {
  readonly url: string;
  readonly expiresAt: Date;
}

const linkMinutes = 60;
/** Shown in the page; everything else is a download. */
const inline = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/aac',
  'audio/amr',
  'video/mp4',
  'video/3gpp',
]);

/**
 * Files on disk, under names that the server makes: workspace and id, never anything from outside. The type is read from
 * the bytes. Bytes are written before the row that names them, so a row never points at nothing.
 */
@Injectable()
export class FileStore {
  private readonly root: string;
  private readonly key: KeyObject;
  private readonly keys: readonly KeyObject[];

  constructor(
    private readonly config: Config,
    ring: KeyRing,
  ) {
    this.root = fileURLToPath(config.storageUrl);
    this.key = ring.derive('file-links');
    this.keys = ring.deriveAll('file-links');
  }

  /** Writes bytes; gives what `register` needs to make them a file. */
  async write(
    workspaceId: string,
    body: Buffer,
    name: string | null,
  ): Promise<StoredFile & { readonly sha256: Buffer }> {
    const id = newId();
    const target = this.pathOf(workspaceId, id);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(`${target}.part`, body, { flush: true, mode: 0o600 });
    await rename(`${target}.part`, target);
    // Loaded with the first file: a start needs it not.
    const { fileTypeFromBuffer } = await import('file-type');
    const sniffed = await fileTypeFromBuffer(body);
    const safeName = name === null ? null : cleanText(path.basename(name.replaceAll('\\', '/')), 200);
    return {
      id,
      name: safeName,
      contentType: sniffed?.mime ?? 'application/octet-stream',
      size: body.length,
      sha256: createHash('sha256').update(body).digest(),
    };
  }

  /** Makes written bytes a file of the workspace. */
  async register(tx: WorkspaceTransaction, file: StoredFile & { readonly sha256: Buffer }): Promise<void> {
    await tx.execute(sql`
      insert into files (workspace_id, id, name, content_type, size, sha256)
      values (${tx.workspaceId}, ${file.id}, ${file.name}, ${file.contentType}, ${file.size}, ${file.sha256})`);
  }

  /** A file of the workspace; none is left to be read once its deletion is recorded, whatever links are still about. */
  find(tx: WorkspaceTransaction, id: string): Promise<StoredFile | null> {
    return tx.first<StoredFile>(sql`
      select id, name, content_type as "contentType", size from files
       where id = ${id} and not exists (select from workspace_deletions d where d.workspace_id = ${tx.workspaceId})`);
  }

  read(workspaceId: string, id: string): ReturnType<typeof createReadStream> {
    return createReadStream(this.pathOf(workspaceId, id));
  }

  /** Removes the bytes; its row goes with the data that named it. */
  async remove(workspaceId: string, id: string): Promise<void> {
    await rm(this.pathOf(workspaceId, id), { force: true });
  }

  /** Whether a browser may show it in place. */
  isInline(contentType: string): boolean {
    return inline.has(contentType);
  }

  /** Removes the bytes of all files of a workspace. */
  async removeAll(workspaceId: string): Promise<void> {
    if (!isUuid(workspaceId)) throw new Error('A workspace is named by an id of ours.');
    await rm(path.join(this.root, workspaceId), { recursive: true, force: true });
  }

  /** A link to a file. It stays the same for a while, so that a list drawn again does not load its pictures again. */
  sign(workspaceId: string, id: string): SignedLink {
    const half = (linkMinutes * 60_000) / 2;
    const expires = Math.ceil(Date.now() / half) * half + half;
    const signature = this.signature(this.key, workspaceId, id, expires).toString('base64url');
    const url = `${this.config.publicUrl}/files/${workspaceId}.${id}?expires=${String(expires)}&signature=${signature}`;
    return { url, expiresAt: new Date(expires) };
  }

  /** The workspace and id of a signed link; null when it is forged or has expired. */
  verify(reference: string, expires: string, signature: string): { workspaceId: string; id: string } | null {
    const [workspaceId, id] = reference.split('.', 2);
    const until = Number(expires);
    if (!isUuid(workspaceId) || !isUuid(id) || !Number.isSafeInteger(until) || until < Date.now()) return null;
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.keys.some((key) => {
      const expected = this.signature(key, workspaceId, id, until);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return genuine ? { workspaceId, id } : null;
  }

  private signature(key: KeyObject, workspaceId: string, id: string, expires: number): Buffer {
    return createHmac('sha256', key)
      .update(`${workspaceId}|${id}|${String(expires)}`)
      .digest();
  }

  private pathOf(workspaceId: string, id: string): string {
    if (!isUuid(workspaceId) || !isUuid(id)) throw new Error('A file is named by two ids of ours.');
    return path.join(this.root, workspaceId, id.slice(-2), id);
  }
}
