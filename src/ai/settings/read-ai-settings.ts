import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { AiSettings } from './ai-settings.type.js';
import { readSettings } from './settings-row.js';

/** The AI settings, with what the month has cost. */
@Injectable()
export class ReadAiSettings {
  constructor(private readonly workspaces: Workspaces) {}

  run(actor: MemberActor): Promise<AiSettings> {
    return this.workspaces.read(actor.workspaceId, (tx) => settingsShown(tx));
  }
}

/** Takes part in the transaction. */
export async function settingsShown(tx: WorkspaceTransaction): Promise<AiSettings> {
  const spent = await tx.first<{ cents: number }>(sql`
    select coalesce(ceil(sum(cost_cents)), 0)::int as cents from ai_runs
     where workspace_id = ${tx.workspaceId} and at >= date_trunc('month', now()) and cost_cents is not null`);
  return AiSettings.from(await readSettings(tx), spent?.cents ?? 0);
}
