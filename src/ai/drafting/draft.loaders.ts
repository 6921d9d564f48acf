import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader, byId } from '../../platform/graphql/index.js';
import { type BotRow, modeNow, modeOnChannel } from '../bots/bot.row.js';
import { type AiMode, DraftStatus } from '../enums.js';
import { type AiRunRow, aiRunColumns } from './ai-run.row.js';
import { type DraftRow, draftColumns, placeOf } from './draft.row.js';
import { SourceType } from './source.type.js';

/**
 * The draft that a conversation proposes now, or that is being written for it, by the conversation's id. Where one came to
 * nothing that is told as well, until something new is said: whoever asked for it may have been looking elsewhere.
 */
@Injectable()
export class ProposedDraftLoader extends RowLoader<DraftRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, DraftRow>> {
    const rows = await tx.query<DraftRow>(sql`
      select ${draftColumns} from drafts d
       where d.workspace_id = ${tx.workspaceId} and d.conversation_id = any (${keys}::uuid[])
         and (d.status in (${DraftStatus.PROPOSED}, ${DraftStatus.GENERATING})
              or d.status = ${DraftStatus.FAILED}
                 and not exists (select from drafts o where o.workspace_id = d.workspace_id and o.conversation_id = d.conversation_id and o.id > d.id)
                 and not exists (select from conversations c where c.workspace_id = d.workspace_id and c.id = d.conversation_id and c.last_message_id > d.id))
       order by d.status = ${DraftStatus.GENERATING}, d.status = ${DraftStatus.PROPOSED}`);
    return new Map(rows.map((row) => [placeOf(row), row]));
  }
}

/** What drafts rest on, by the draft's id. */
@Injectable()
export class DraftSourcesLoader extends RowLoader<SourceType[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, SourceType[]>> {
    const rows = await tx.query<SourceType & { draftId: string }>(sql`
      select s.draft_id as "draftId", s.knowledge_id as "knowledgeId", s.title, s.passage, s.url, s.page, s.score, coalesce(k.internal, false) as internal
        from draft_sources s left join knowledge_sources k on k.workspace_id = s.workspace_id and k.id = s.knowledge_id
       where s.workspace_id = ${tx.workspaceId} and s.draft_id = any (${keys}::uuid[]) order by s.draft_id, s.position`);
    return new Map(
      [...Map.groupBy(rows, (row) => row.draftId)].map(([id, sources]) => [
        id,
        sources.map((source) => SourceType.from(source)),
      ]),
    );
  }
}

/** The draft that a message was made from, by the message's id. */
@Injectable()
export class DraftOfMessageLoader extends RowLoader<DraftRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, DraftRow>> {
    const rows = await tx.query<DraftRow & { messageId: string }>(sql`
      select ${draftColumns}, d.message_id as "messageId" from drafts d
       where d.workspace_id = ${tx.workspaceId} and d.message_id = any (${keys}::uuid[])`);
    return new Map(rows.map((row) => [row.messageId, row]));
  }
}

/** Runs by id. */
@Injectable()
export class AiRunLoader extends RowLoader<AiRunRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, AiRunRow>> {
    return byId(
      await tx.query<AiRunRow>(
        sql`select ${aiRunColumns} from ai_runs r where r.workspace_id = ${tx.workspaceId} and r.id = any (${keys}::uuid[])`,
      ),
    );
  }
}

/** What the bot of a channel does there at this hour, by the channel's id; channels without a bot are left out. */
@Injectable()
export class AiModeLoader extends RowLoader<AiMode> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, AiMode>> {
    const rows = await tx.query<Pick<BotRow, 'mode' | 'autoHours'> & { channelId: string }>(sql`
      select bc.channel_id as "channelId", ${modeOnChannel} as mode, b.auto_hours as "autoHours" from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
       where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = any (${keys}::uuid[])`);
    const modes = new Map<string, AiMode>();
    for (const row of rows) modes.set(row.channelId, await modeNow(tx, row));
    return modes;
  }
}
