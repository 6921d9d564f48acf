import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { FileStore } from '../../platform/files/index.js';
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
  'audio/x-m4a',
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
    const { fileTypeFromBuffer } = await import('file-type');
    const sniffed = await fileTypeFromBuffer(bytes).catch(() => undefined);
    if (sniffed === undefined || !allowed.has(sniffed.mime)) return null;
    const file = await this.files.write(chat.workspaceId, bytes, part.name === '' ? null : part.name);
    await this.workspaces.run(chat.workspaceId, async (tx) => {
      await this.files.register(tx, file);
      // A message takes a copy, by the way of every attachment: this one is a stray by then.
      this.outbox.scheduleAfter(tx, 'remove-file', file.id, strayHours * 3_600);
    });
    const { name, size } = file;
    return { id: this.refs.issue(visitor.id, file.id), name, contentType: file.contentType, size };
  }
}

async function filePart(contentType: string, body: unknown): Promise<File | null> {
  if (!/^multipart\/form-data\s*;/i.test(contentType) || !Buffer.isBuffer(body)) return null;
  const answer = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  // It holds the whole form in memory, which is what advises against it; this one is bounded, and there already.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const parts = await answer.formData().catch(() => null);
  const files = parts?.getAll('file') ?? [];
  const [file] = files;
  return files.length === 1 && file instanceof File ? file : null;
}
