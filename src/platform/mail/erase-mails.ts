import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../database/index.js';
import { Mails } from './mails.js';

/** Removes mails that wait to be sent, or were set aside, and concern somebody. A mail that was sent left no row. */
@Injectable()
export class EraseMails {
  constructor(private readonly mails: Mails) {}

  /** Participant. Of this workspace's mails, what `concerns`, by all that they say and to whom, goes. */
  async run(tx: WorkspaceTransaction, concerns: (content: string) => boolean): Promise<number> {
    const rows = await tx.query<{ id: string; content: Buffer }>(sql`
      select id, content from mails where workspace_id = ${tx.workspaceId} and content is not null`);
    const found = rows.filter(({ id, content }) => concerns(JSON.stringify(this.mails.open(id, content))));
    if (found.length === 0) return 0;
    return tx.execute(sql`
      delete from mails where workspace_id = ${tx.workspaceId} and id = any (${found.map(({ id }) => id)}::uuid[])`);
  }
}
