import { createHash } from 'node:crypto';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, cleanText, isUuid, newId, sql } from '../database/index.js';
import { contentTypeOf } from './content-type.js';
import type { FileVariant, SignedLink } from './file-links.js';
import { FileLinks } from './file-links.js';
import { FileRoom } from './file-room.js';
import { type ByteRange, FileStorage } from './file-storage.js';

/** A stored file, as its row says. */
export interface StoredFile {
  readonly id: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
}

/** Bytes that are written and have no row yet. */
export interface NewFile extends StoredFile {
  readonly sha256: Buffer;
  /** The bytes of the small picture beside it; 0 where there is none. */
  readonly smallSize: number;
}

/** Who sends a file, where it is not a platform. */
export interface Uploader {
  readonly memberId?: string;
  readonly visitorId?: string;
}

/**
 * Files under names that the server makes: workspace and id, never anything from outside. Bytes are written before the row
 * that names them, so a row never points at nothing.
 */
@Injectable()
export class FileStore {
  constructor(
    private readonly storage: FileStorage,
    private readonly links: FileLinks,
    private readonly room: FileRoom,
  ) {}

  /** Writes bytes as they are; gives what `register` needs to make them a file. Bytes from outside go through TakeFile. */
  async write(
    workspaceId: string,
    body: Buffer,
    name: string | null,
    known?: { readonly contentType: string; readonly thumbnail: Buffer | null },
  ): Promise<NewFile> {
    const id = newId();
    const contentType = known?.contentType ?? (await contentTypeOf(body, name));
    const thumbnail = known?.thumbnail ?? null;
    await this.storage.put(placeOf(workspaceId, id), body);
    if (thumbnail !== null) await this.storage.put(placeOf(workspaceId, id, 'small'), thumbnail);
    const safeName = name === null ? null : cleanText(readable(path.basename(name.replaceAll('\\', '/'))), 200);
    return {
      id,
      name: safeName === '' ? null : safeName,
      contentType,
      size: body.length,
      sha256: createHash('sha256').update(body).digest(),
      smallSize: thumbnail?.length ?? 0,
    };
  }

  /** Writes bytes as they are made under an id of ours; gives what they came to. They never become a file of `files`. */
  async writeStream(
    workspaceId: string,
    id: string,
    content: AsyncIterable<Buffer>,
  ): Promise<{ readonly size: number; readonly sha256: Buffer }> {
    const digest = createHash('sha256');
    let size = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const chunk of content) {
        digest.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    }
    await this.storage.putStream(placeOf(workspaceId, id), counted());
    return { size, sha256: digest.digest() };
  }

  /**
   * Makes written bytes a file of the workspace; `by` where a member or a visitor uploaded it, to be sent. Throws where the
   * workspace has no room for it: whoever comes second waits here for the first, so both see the same number.
   */
  async register(tx: WorkspaceTransaction, file: NewFile, by: Uploader = {}): Promise<void> {
    await tx.execute(sql`
      insert into files (workspace_id, id, name, content_type, size, sha256, has_thumbnail, small_size, member_id, visitor_id)
      values (${tx.workspaceId}, ${file.id}, ${file.name}, ${file.contentType}, ${file.size}, ${file.sha256}, ${file.smallSize > 0}, ${file.smallSize},
              ${by.memberId ?? null}, ${by.visitorId ?? null})`);
    await this.room.require(tx, 0);
  }

  /** Does what makes written bytes a file; they go again where it fails. */
  async orDiscard<Result>(workspaceId: string, file: NewFile, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      await this.remove(workspaceId, file.id);
      throw error;
    }
  }

  /** A file of the workspace; none is left to be read once its deletion is recorded, whatever links are still about. */
  find(tx: WorkspaceTransaction, id: string): Promise<StoredFile | null> {
    return tx.first<StoredFile>(sql`
      select id, name, content_type as "contentType", size from files
       where id = ${id} and not exists (select from workspace_deletions d where d.workspace_id = ${tx.workspaceId})`);
  }

  /** The bytes, or a part of them. */
  read(workspaceId: string, id: string, variant: FileVariant = 'whole', range?: ByteRange): Promise<Readable> {
    return this.storage.read(placeOf(workspaceId, id, variant), range);
  }

  /** Writes the bytes of a file whose row is there already: for a restore. */
  async putBack(workspaceId: string, id: string, variant: FileVariant, body: Buffer): Promise<void> {
    await this.storage.put(placeOf(workspaceId, id, variant), body);
  }

  /** All bytes of a file at once. */
  async readAll(workspaceId: string, id: string, variant: FileVariant = 'whole'): Promise<Buffer> {
    return buffer(await this.read(workspaceId, id, variant));
  }

  /** Removes the bytes; its row goes with the data that named it. */
  async remove(workspaceId: string, id: string): Promise<void> {
    await this.storage.remove(placeOf(workspaceId, id));
    await this.storage.remove(placeOf(workspaceId, id, 'small'));
  }

  /** Removes the bytes of all files of a workspace. */
  async removeAll(workspaceId: string): Promise<void> {
    if (!isUuid(workspaceId)) throw new Error('A workspace is named by an id of ours.');
    await this.storage.removeAll(workspaceId.toLowerCase());
  }

  /** A link to a file, or to the small picture of it. */
  sign(workspaceId: string, id: string, variant: FileVariant = 'whole'): SignedLink {
    return this.links.sign(workspaceId, id, variant);
  }
}

/** A name as it is: without the ends of lines, and without marks by which a script reads as if it were a document. */
function readable(name: string): string {
  return name.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '');
}

function placeOf(workspaceId: string, id: string, variant: FileVariant = 'whole'): string {
  if (!isUuid(workspaceId) || !isUuid(id)) throw new Error('A file is named by two ids of ours.');
  const name = id.toLowerCase();
  return `${workspaceId.toLowerCase()}/${name.slice(-2)}/${name}${variant === 'small' ? '.small' : ''}`;
}
