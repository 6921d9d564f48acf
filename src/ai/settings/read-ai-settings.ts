import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces } from '../../platform/database/index.js';
import { AiSettings } from './ai-settings.type.js';
import { readSettings } from './settings-row.js';
import { spentThisMonth } from './spending.js';

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
  return AiSettings.from(await readSettings(tx), await spentThisMonth(tx));
}
