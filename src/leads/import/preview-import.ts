import { Injectable } from '@nestjs/common';
import { readFields } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, cleanText, isUuid, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { proposedTargets, targetWord } from './column-targets.js';
import { ImportFiles, type TableHead, type WantedFormat } from './import-files.js';

/** What a member sees of a file before it is imported. */
export interface Preview extends TableHead {
  /** What each column most likely becomes, as a mapping says it. */
  readonly targets: readonly string[];
}

const longestShown = 200;

/** Shows a file that a member uploaded: how it is read, its columns, its first rows, and what they could become. */
@Injectable()
export class PreviewImport {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly files: ImportFiles,
  ) {}

  async run(actor: MemberActor, fileId: string, wanted: WantedFormat): Promise<Preview> {
    const { workspaceId } = actor;
    await this.workspaces.read(workspaceId, (tx) => ownUpload(tx, actor, fileId));
    const head = await this.files.head(workspaceId, fileId.toLowerCase(), wanted);
    const fields = await this.workspaces.read(workspaceId, (tx) => readFields(tx));
    const targets = proposedTargets(
      head.columns,
      fields.filter(({ removedAt }) => removedAt === null),
    );
    return {
      ...head,
      rows: head.rows.map(({ line, values }) => ({
        line,
        values: values.map((value) => cleanText(value, longestShown)),
      })),
      targets: targets.map(targetWord),
    };
  }
}

/** Participant. Throws for a file that the member did not upload, or that is gone. `held`: so that it does not go meanwhile. */
export async function ownUpload(
  tx: WorkspaceTransaction,
  { memberId }: MemberActor,
  fileId: string,
  held = false,
): Promise<void> {
  const file = isUuid(fileId)
    ? await tx.first(sql`
        select id from files where workspace_id = ${tx.workspaceId} and id = ${fileId} and member_id = ${memberId}
           ${held ? sql`for update` : sql``}`)
    : null;
  if (file === null) throw badInput('fileId', 'A file was not found. Upload it again.', 'FILE_GONE');
}
