import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { FileStore, TakeFile, filePart } from '../../platform/files/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { UploadRefs } from './upload-refs.js';
import type { PresentVisitor } from './visitors.js';

/** What a visitor gets of an upload. */
export interface Upload {
  readonly id: string;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
}

/** Kinds that visitors may send, by what the bytes are. Pages, scripts and archives are not among them. */
const allowed = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'audio/mpeg',
  'audio/ogg',
  'audio/mp4',
  'audio/aac',
  'video/mp4',
  'video/webm',
]);
const maxBytes = 10_000_000;
const strayHours = 24;

/** Stores an upload of a visitor. One that no message takes is removed after a day. */
@Injectable()
export class TakeUpload {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly taking: TakeFile,
    private readonly files: FileStore,
    private readonly refs: UploadRefs,
    private readonly outbox: Outbox,
  ) {}

  /** Null for a kind that is not taken. */
  async run(
    { chat, visitor }: PresentVisitor,
    contentType: string,
    body: unknown,
  ): Promise<Upload | 'too large' | null> {
    const part = await filePart(contentType, body);
    if (part === null) throw badInput('file', 'Send one file as multipart/form-data, in the field file.');
    if (part.size > maxBytes) return 'too large';
    const bytes = Buffer.from(await part.arrayBuffer());
    const called = part.name === '' ? null : part.name;
    const taken = await this.taking.run(chat.workspaceId, bytes, called, (type) => allowed.has(type));
    if (taken.kind === 'refused') return null;
    const { file } = taken;
    await this.files.orDiscard(chat.workspaceId, file, () =>
      this.workspaces.run(chat.workspaceId, async (tx) => {
        await this.files.register(tx, file, { visitorId: visitor.id });
        // A message takes a copy, by the way of every attachment: this one is a stray by then.
        this.outbox.scheduleAfter(tx, 'remove-file', file.id, strayHours * 3_600);
      }),
    );
    const { name, size } = file;
    return { id: this.refs.issue(visitor.id, file.id), name, contentType: file.contentType, size };
  }
}
