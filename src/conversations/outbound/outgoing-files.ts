import { Injectable } from '@nestjs/common';
import type { MessageKind, OutgoingAttachment } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { FileStore } from '../../platform/files/index.js';
import { OutgoingError } from '../../platform/http/index.js';

interface FileRow {
  readonly fileId: string;
  readonly kind: MessageKind;
  readonly name: string | null;
  readonly contentType: string;
  readonly size: number;
  readonly hasThumbnail: boolean;
}

/** The files of a message on its way out, for the adapter: by bytes, and by an address that the platform may fetch. */
@Injectable()
export class OutgoingFiles {
  constructor(private readonly files: FileStore) {}

  async of(tx: WorkspaceTransaction, messageId: string): Promise<OutgoingAttachment[]> {
    const { workspaceId } = tx;
    const rows = await tx.query<FileRow>(sql`
      select a.file_id as "fileId", a.kind, f.name, f.content_type as "contentType", f.size, f.has_thumbnail as "hasThumbnail"
        from attachments a join files f on f.workspace_id = a.workspace_id and f.id = a.file_id
       where a.workspace_id = ${workspaceId} and a.message_id = ${messageId} order by a.position`);
    return rows.map(({ fileId, name, hasThumbnail, ...row }) => ({
      ...row,
      name: name ?? 'file',
      url: this.files.sign(workspaceId, fileId).url,
      thumbnailUrl: hasThumbnail ? this.files.sign(workspaceId, fileId, 'small').url : null,
      read: () =>
        this.files.readAll(workspaceId, fileId).catch((cause: unknown) => {
          throw new OutgoingError('The file cannot be read here.', 'no', 'connection', { cause });
        }),
    }));
  }
}
