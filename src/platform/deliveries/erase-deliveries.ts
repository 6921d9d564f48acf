import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../database/index.js';
import { KeyRing } from '../secrets/index.js';
import { openBody } from './intake.js';

const page = 200;

interface Row {
  readonly id: string;
  readonly body: Buffer;
  readonly ours: boolean;
}

/**
 * Removes webhook calls, or parts of them, that were set aside and concern somebody. Their bodies are encrypted, so each is
 * opened; there are few, and they go by themselves after two weeks.
 */
@Injectable()
export class EraseDeliveries {
  constructor(private readonly ring: KeyRing) {}

  /** Participant. Of what is set aside for this workspace, or for nobody known (`ours` is false), what `concerns` goes. */
  async run(tx: WorkspaceTransaction, concerns: (body: string, ours: boolean) => boolean): Promise<number> {
    let gone = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await tx.query<Row>(sql`
        select id, body, workspace_id is not null as ours from deliveries
         where set_aside_at is not null and (workspace_id = ${tx.workspaceId} or workspace_id is null) and id > ${after}
         order by id limit ${page}`);
      const last = rows.at(-1);
      if (last === undefined) return gone;
      after = last.id;
      const found = rows.filter((row) => concerns(this.open(row), row.ours)).map(({ id }) => id);
      if (found.length > 0)
        gone += await tx.execute(
          sql`delete from deliveries where id = any (${found}::uuid[]) and set_aside_at is not null`,
        );
    }
  }

  private open(row: Row): string {
    return openBody((id) => this.ring.deriveFrom(id, 'deliveries'), row).toString();
  }
}
