import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { encodingOf } from '../../platform/csv/index.js';
import { FileStore, type StoredFile, TakeFile, type TakenFile, filePart } from '../../platform/files/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { TellRoomForFiles } from '../tell-room-for-files.js';
import { mostAttachments } from './plan-parts.js';

/** The largest file that is taken here; channels take less or more. */
const mostUploadBytes = 25_000_000;
const strayHours = 24;
/** Files that one member has uploaded and not sent. */
const mostStrays = 100;

const office = 'application/vnd.openxmlformats-officedocument';
/** What may be sent: what a customer's device opens without running it. */
const taken = new Set([
  'image/avif',
  'image/gif',
  'image/heic',
  'image/jpeg',
  'image/png',
  'image/webp',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/3gpp',
  'video/mp4',
  'video/quicktime',
  'video/webm',
  'application/pdf',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.oasis.opendocument.presentation',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.text',
  `${office}.presentationml.presentation`,
  `${office}.spreadsheetml.sheet`,
  `${office}.wordprocessingml.document`,
  'application/zip',
  'text/calendar',
  'text/csv',
  'text/plain',
  'text/vcard',
]);

/** What knowledge is read from; nothing else of what may be sent is of use there. */
const readable = new Set(['application/pdf', `${office}.wordprocessingml.document`, 'text/csv', 'text/plain']);

/** What a member uploads a file for. */
export type UploadPurpose = 'sending' | 'knowledge' | 'import';

/** What came of an upload. */
export type Uploaded = StoredFile | { readonly refused: 'size' | 'kind'; readonly reason: string };

/** Takes a member's upload. One that no message takes is removed after a day. */
@Injectable()
export class UploadFile {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly taking: TakeFile,
    private readonly files: FileStore,
    private readonly roomNews: TellRoomForFiles,
    private readonly outbox: Outbox,
  ) {}

  /** What is for knowledge or for an import is to be read and not to be sent. */
  async execute(
    actor: MemberActor,
    contentType: string,
    body: unknown,
    purpose: UploadPurpose = 'sending',
  ): Promise<Uploaded> {
    const part = await filePart(contentType, body);
    if (part === null) throw badInput('file', 'Send one file as multipart/form-data, in the field file.');
    if (part.size > mostUploadBytes)
      return { refused: 'size', reason: `The file is too large: ${String(mostUploadBytes / 1_000_000)} MB are taken.` };
    await this.workspaces.read(actor.workspaceId, (tx) => this.checkStrays(tx, actor));
    const bytes = Buffer.from(await part.arrayBuffer());
    const came = await this.take(actor.workspaceId, bytes, part.name, purpose);
    if (came.kind === 'refused') return { refused: 'kind', reason: came.reason };
    const { id, name, contentType: type, size } = came.file;
    await this.files.orDiscard(actor.workspaceId, came.file, () =>
      this.workspaces.run(actor.workspaceId, async (tx) => {
        await this.files.register(tx, came.file, { memberId: actor.memberId });
        await this.roomNews.tell(tx);
        this.outbox.scheduleAfter(tx, 'remove-file', id, strayHours * 3_600);
      }),
    );
    return { id, name, contentType: type, size };
  }

  private take(workspaceId: string, bytes: Buffer, name: string, purpose: UploadPurpose): Promise<TakenFile> {
    if (purpose === 'import') return this.takeTable(workspaceId, bytes, name);
    const forKnowledge = purpose === 'knowledge';
    const kinds = forKnowledge ? readable : taken;
    return this.taking.run(workspaceId, bytes, name, (type) => kinds.has(type), forKnowledge);
  }

  /** A table of text in whatever characters: it is one by what its bytes are, however it is called, and nothing runs it. */
  private async takeTable(workspaceId: string, bytes: Buffer, name: string): Promise<TakenFile> {
    if ((await encodingOf(only(bytes))) === null)
      return { kind: 'refused', reason: 'This is no table of text. Save it as CSV, and upload that.' };
    const known = { contentType: 'text/csv', thumbnail: null };
    const called = /\.(?:csv|tsv|txt)$/i.test(name) ? name : `${name}.csv`;
    return { kind: 'taken', file: await this.files.write(workspaceId, bytes, called, known) };
  }

  /** The member's own uploads of these ids, in their order; throws where one is not theirs, or is gone. */
  async find(tx: WorkspaceTransaction, actor: MemberActor, ids: readonly string[]): Promise<StoredFile[]> {
    if (ids.length === 0) return [];
    if (ids.length > mostAttachments)
      throw badInput('attachmentIds', `At most ${String(mostAttachments)} files are sent at once.`, 'FILES_MANY', {
        most: String(mostAttachments),
      });
    const wanted = [...new Set(ids.map((id) => id.toLowerCase()))];
    // Held, so that no removal comes between.
    const rows = await tx.query<StoredFile>(sql`
      select id, name, content_type as "contentType", size from files
       where workspace_id = ${tx.workspaceId} and member_id = ${actor.memberId}
         and id = any (${wanted.filter(isUuid)}::uuid[]) for key share`);
    const found = wanted.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== undefined);
    if (found.length < wanted.length)
      throw badInput('attachmentIds', 'A file was not found. Upload it again.', 'FILE_GONE');
    return found;
  }

  private async checkStrays(tx: WorkspaceTransaction, actor: MemberActor): Promise<void> {
    const row = await tx.first<{ strays: number }>(sql`
      select count(*)::int as strays from files f
       where f.workspace_id = ${tx.workspaceId} and f.member_id = ${actor.memberId}
         and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.file_id = f.id)`);
    if ((row?.strays ?? 0) < mostStrays) return;
    throw new DomainError(
      ErrorCode.RATE_LIMITED,
      'You have uploaded many files without sending them. They are removed within a day; send or wait.',
      { reason: 'UPLOADS_MANY', retryAfter: 3_600 },
    );
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
