import { Injectable } from '@nestjs/common';
import { Members } from '../../accounts/index.js';
import { Channels } from '../../channels/index.js';
import { type MemberActor, Permission } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { daysBetween } from './days.js';
import { InboxReport, InboxReportRow, ReportGroup } from './inbox-report.type.js';
import {
  type Asked,
  type Counted,
  type CountedMessages,
  messagesStatement,
  roundsStatement,
} from './report-statements.js';

const longestDays = 400;

/** What a member wants to know. */
export interface WantedReport {
  readonly from: Date;
  readonly to: Date;
  readonly groupBy: ReportGroup;
  /** Where days begin; the workspace's own when not given. */
  readonly timezone?: string | null | undefined;
}

type Figures = { -readonly [Name in keyof Omit<InboxReportRow, 'key' | 'label'>]: InboxReportRow[Name] };

/** Counts what happened in the inbox between two moments, from what is there now: what was erased counts no longer. */
@Injectable()
export class ReportInbox {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly members: Members,
  ) {}

  async run(member: MemberActor, { from, to, groupBy, timezone: given }: WantedReport): Promise<InboxReport> {
    const length = to.getTime() - from.getTime();
    if (!(length > 0)) throw badInput('to', 'The end lies behind the beginning.', 'REPORT_ENDS');
    if (length > longestDays * 86_400_000)
      throw badInput('to', `Ask for ${String(longestDays)} days at most.`, 'REPORT_DAYS', {
        most: String(longestDays),
      });
    const { workspaceId } = member;
    return this.workspaces.read(workspaceId, async (tx) => {
      const timezone = given ?? (await zoneOf(tx));
      const days = daysBetween(from, to, timezone);
      const asked: Asked = { workspaceId, from, to, days: days.map(({ start }) => start), by: groupBy };
      const groups = gather(
        await tx.query<Counted>(roundsStatement(asked)),
        await tx.query<CountedMessages>(messagesStatement(asked)),
      );
      const rows =
        groupBy === ReportGroup.DAY
          ? days.map(({ key }, index) => rowOf(key, key, groups.of.get(String(index + 1))))
          : (await this.named(tx, groupBy, [...groups.of.keys()])).map(({ key, label }) =>
              rowOf(key, label, groups.of.get(key)),
            );
      const shown = rows.filter(({ key }) => maySee(member, groupBy, key));
      return Object.assign(new InboxReport(), {
        ...{ from, to, timezone, groupBy },
        rows: shown,
        total: rowOf('total', null, groups.total),
      });
    });
  }

  private async named(tx: WorkspaceTransaction, groupBy: ReportGroup, keys: readonly string[]) {
    const names =
      groupBy === ReportGroup.CHANNEL
        ? new Map([...(await this.channels.byIds(tx, keys))].map(([id, { name }]) => [id, name]))
        : new Map((await this.members.membersByIds(tx, keys)).map(({ id, name }) => [id, name]));
    return keys
      .map((key) => ({ key, label: names.get(key) ?? null }))
      .sort((a, b) => (a.label ?? '\uffff').localeCompare(b.label ?? '\uffff') || (a.key < b.key ? -1 : 1));
  }
}

/** How much a colleague does is for those who look after members; what one does oneself is for everybody. */
function maySee({ permissions, memberId }: MemberActor, groupBy: ReportGroup, key: string): boolean {
  return groupBy !== ReportGroup.MEMBER || permissions.has(Permission.ManageMembers) || key === memberId;
}

async function zoneOf(tx: WorkspaceTransaction): Promise<string> {
  const row = await tx.first<{ timezone: string }>(sql`select timezone from workspaces where id = ${tx.workspaceId}`);
  return row?.timezone ?? 'UTC';
}

const none: Readonly<Figures> = {
  started: 0,
  reopened: 0,
  answered: 0,
  firstResponseMedianSeconds: null,
  firstResponseP90Seconds: null,
  resolved: 0,
  resolutionMedianSeconds: null,
  messagesIn: 0,
  messagesOut: 0,
  messagesByAi: 0,
  waitingNow: 0,
};

function gather(counted: readonly Counted[], messages: readonly CountedMessages[]) {
  const of = new Map<string, Figures>();
  const total: Figures = { ...none };
  const figures = ({ total: all, key }: { readonly total: boolean; readonly key: string }): Figures => {
    if (all) return total;
    const known = of.get(key) ?? { ...none };
    // Who waits since before the first day is in no day's row.
    if (key !== '') of.set(key, known);
    return known;
  };
  for (const one of counted) Object.assign(figures(one), figuresOf(one));
  for (const one of messages)
    Object.assign(figures(one), { messagesIn: one.incoming, messagesOut: one.outgoing, messagesByAi: one.byAi });
  return { of, total };
}

function figuresOf({ metric, count, reopened, median, p90 }: Counted): Partial<Figures> {
  switch (metric) {
    case 'started':
      return { started: count - reopened, reopened };
    case 'answered':
      return { answered: count, firstResponseMedianSeconds: median, firstResponseP90Seconds: p90 };
    case 'resolved':
      return { resolved: count, resolutionMedianSeconds: median };
    case 'waiting':
      return { waitingNow: count };
  }
}

function rowOf(key: string, label: string | null, figures: Figures | undefined): InboxReportRow {
  return Object.assign(new InboxReportRow(), { key, label, ...(figures ?? none) });
}
