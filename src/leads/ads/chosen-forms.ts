import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** The forms that a workspace chose to get leads from, by channel. Where it chose none, every form counts. */
@Injectable()
export class ChosenForms {
  /** Participant. What was chosen of a channel's forms; empty where nothing was. */
  async of(tx: WorkspaceTransaction, channelId: string): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ formId: string }>(sql`
      select form_id as "formId" from lead_forms
       where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and selected`);
    return new Set(rows.map(({ formId }) => formId));
  }

  /** Participant. Whether what is sent in by this form is taken. One that is not named is not, where forms were chosen. */
  async takes(tx: WorkspaceTransaction, channelId: string, formId: string | null): Promise<boolean> {
    const chosen = await this.of(tx, channelId);
    return chosen.size === 0 || (formId !== null && chosen.has(formId));
  }

  /** Participant. These and no others. How far each was read stays known. */
  async set(tx: WorkspaceTransaction, channelId: string, formIds: readonly string[]): Promise<void> {
    await tx.execute(sql`
      update lead_forms set selected = false where workspace_id = ${tx.workspaceId} and channel_id = ${channelId}
         and not form_id = any (${formIds}::text[])`);
    await tx.execute(sql`
      insert into lead_forms as known (workspace_id, channel_id, form_id, selected)
      select ${tx.workspaceId}::uuid, ${channelId}::uuid, form_id, true from unnest(${formIds}::text[]) as chosen (form_id)
      on conflict (workspace_id, channel_id, form_id) do update set selected = true`);
  }
}
