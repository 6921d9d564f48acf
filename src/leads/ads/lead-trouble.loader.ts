import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { LeadTroubleCause, type LeadTroubleType } from './lead-trouble.type.js';

interface TroubleRow extends LeadTroubleType {
  readonly channelId: string;
}

/** Filled forms that were set aside, counted by why, by the channel that told of them. */
@Injectable()
export class LeadTroubleLoader extends RowLoader<LeadTroubleType[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    channelIds: readonly string[],
  ): Promise<Map<string, LeadTroubleType[]>> {
    const rows = await tx.query<TroubleRow>(sql`
      select channel_id as "channelId", coalesce(cause, ${LeadTroubleCause.UNREACHABLE}) as cause, count(*)::int as forms, max(told_at) as "lastToldAt",
             (array_agg(reason order by told_at desc))[1] as reason
        from lead_arrivals
       where workspace_id = ${tx.workspaceId} and channel_id = any (${channelIds}::uuid[]) and set_aside_at is not null
       group by channel_id, 2 order by max(told_at) desc, 2`);
    return Map.groupBy(rows, ({ channelId }) => channelId);
  }
}
