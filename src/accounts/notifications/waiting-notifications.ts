import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { NotificationKind, NotificationWay } from './notification-kind.js';

/** One kind of news that waits to be told to a member. */
export interface WaitingNews {
  readonly kind: NotificationKind;
  readonly count: number;
  readonly conversationId: string | null;
  /** Whether the member has looked at the inbox since it last happened. */
  readonly seen: boolean;
}

/** Whom it is told to, and where. */
export interface Addressee {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly verified: boolean;
  readonly frozen: boolean;
  readonly workspace: string;
  readonly locale: string;
  /** When their quiet hours end, while these last; else null. By the workspace's clock, and the database's time. */
  readonly quietUntil: Date | null;
}

/** The member as they are now; null where they have left. */
export async function addresseeOf(tx: WorkspaceTransaction, memberId: string): Promise<Addressee | null> {
  return tx.first<Addressee>(sql`
    select u.id as "userId", u.email, u.name, u.email_verified_at is not null as verified, m.frozen,
           w.name as workspace, w.locale,
           case when p.quiet_from < p.quiet_until and here.minute >= p.quiet_from and here.minute < p.quiet_until
                  or p.quiet_from > p.quiet_until and (here.minute >= p.quiet_from or here.minute < p.quiet_until)
                then (here.day + make_interval(mins => p.quiet_until, days => (p.quiet_until <= here.minute)::int)) at time zone w.timezone
           end as "quietUntil"
      from members m
      join users u on u.id = m.user_id
      join workspaces w on w.id = m.workspace_id
      left join notification_preferences p on p.workspace_id = m.workspace_id and p.member_id = m.id
     cross join lateral (select date_trunc('day', now() at time zone w.timezone) as day,
                                (extract(hour from now() at time zone w.timezone) * 60
                                 + extract(minute from now() at time zone w.timezone))::int as minute) here
     where m.workspace_id = ${tx.workspaceId} and m.id = ${memberId}`);
}

/** What waits for a member, the kinds in their order. */
export async function waitingFor(
  tx: WorkspaceTransaction,
  memberId: string,
  way: NotificationWay,
): Promise<WaitingNews[]> {
  return tx.query<WaitingNews>(sql`
    select n.kind, n.count, n.conversation_id as "conversationId", coalesce(w.seen_at >= n.last_at, false) as seen
      from notifications n left join watchers w on w.member_id = n.member_id
     where n.workspace_id = ${tx.workspaceId} and n.member_id = ${memberId} and n.way = ${way}
     order by n.kind for update of n`);
}

/** Takes away what was told; what came meanwhile waits on. */
export async function takeAway(
  tx: WorkspaceTransaction,
  memberId: string,
  way: NotificationWay,
  told: readonly WaitingNews[],
): Promise<void> {
  const kinds = told.map(({ kind }) => kind);
  const counts = told.map(({ count }) => count);
  await tx.execute(sql`
    update notifications n set count = n.count - told.count
      from unnest(${kinds}::text[], ${counts}::int[]) as told (kind, count)
     where n.workspace_id = ${tx.workspaceId} and n.member_id = ${memberId} and n.way = ${way} and n.kind = told.kind`);
  await tx.execute(sql`
    delete from notifications where workspace_id = ${tx.workspaceId} and member_id = ${memberId} and way = ${way} and count <= 0`);
}
