import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { ModelAccessReader } from '../settings/model-access.js';
import { type BotRow, botColumns } from './bot.row.js';
import { BotType } from './bot.type.js';

const mostBots = 200;

/** The bots of a workspace as clients see them. Participants. */
@Injectable()
export class Bots {
  constructor(private readonly access: ModelAccessReader) {}

  async all(tx: WorkspaceTransaction): Promise<BotType[]> {
    const model = await this.access.defaultModel(tx);
    const rows = await tx.query<BotRow>(sql`
      select ${botColumns} from bots b where b.workspace_id = ${tx.workspaceId} order by b.id limit ${mostBots}`);
    return rows.map((row) => BotType.from(row, model));
  }

  async byId(tx: WorkspaceTransaction, id: string): Promise<BotType | null> {
    const row = await this.row(tx, id);
    return row === null ? null : BotType.from(row, await this.access.defaultModel(tx));
  }

  /** The row itself; null for an unknown id. */
  async row(tx: WorkspaceTransaction, id: string): Promise<BotRow | null> {
    if (!isUuid(id)) return null;
    return tx.first<BotRow>(
      sql`select ${botColumns} from bots b where b.workspace_id = ${tx.workspaceId} and b.id = ${id}`,
    );
  }
}
