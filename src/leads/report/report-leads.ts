import { Injectable } from '@nestjs/common';
import { type Day, daysBetween } from '../../conversations/index.js';
import { type MemberActor, Permission } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { LeadAnalysis } from './lead-analysis.js';
import { type CountedLeads, reportStatement } from './report-statement.js';
import { LeadDimension, LeadReportRow } from './report.type.js';

const longestDays = 1_100;

/** What a member wants to know. */
export interface WantedLeadReport {
  readonly by: LeadDimension;
  readonly from: Date;
  readonly to: Date;
}

/** A week of a time zone. */
interface Week {
  /** Its Monday. */
  readonly key: string;
  readonly start: Date;
}

/** Counts what came of leads between two moments, from what is there now: what was erased counts no longer. */
@Injectable()
export class ReportLeads {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly analysis: LeadAnalysis,
  ) {}

  async run(member: MemberActor, { by, from, to }: WantedLeadReport): Promise<LeadReportRow[]> {
    checkTime(from, to);
    const { workspaceId } = member;
    return this.workspaces.read(workspaceId, async (tx) => {
      if (by === LeadDimension.TOPIC) await this.checkAnalysis(tx);
      const weeks = by === LeadDimension.WEEK ? weeksOf(daysBetween(from, to, await zoneOf(tx))) : [];
      const starts = weeks.map(({ start }) => start);
      const rows = await tx.query<CountedLeads>(reportStatement({ workspaceId, by, from, to, weeks: starts }));
      if (by === LeadDimension.WEEK) return everyWeek(weeks, rows);
      return rows.filter(({ key }) => maySee(member, by, key)).map(rowOf);
    });
  }

  private async checkAnalysis(tx: WorkspaceTransaction): Promise<void> {
    if (await this.analysis.read(tx)) return;
    throw new DomainError(
      ErrorCode.FORBIDDEN,
      'This workspace does not let stored conversations be used for reports of leads. Those who run it can allow that in its settings.',
      { reason: 'LEAD_ANALYSIS_OFF' },
    );
  }
}

function checkTime(from: Date, to: Date): void {
  const length = to.getTime() - from.getTime();
  if (!(length > 0)) throw badInput('to', 'The end lies behind the beginning.', 'REPORT_ENDS');
  if (length > longestDays * 86_400_000)
    throw badInput('to', `Ask for ${String(longestDays)} days at most.`, 'REPORT_DAYS', { most: String(longestDays) });
}

async function zoneOf(tx: WorkspaceTransaction): Promise<string> {
  const row = await tx.first<{ timezone: string }>(sql`select timezone from workspaces where id = ${tx.workspaceId}`);
  return row?.timezone ?? 'UTC';
}

/** The weeks that days are in. The first begins with the first day, where that is no Monday: what came before was not asked. */
function weeksOf(days: readonly Day[]): Week[] {
  const weeks = new Map<string, Week>();
  for (const { key, start } of days) {
    const monday = mondayOf(key);
    if (!weeks.has(monday)) weeks.set(monday, { key: monday, start });
  }
  return [...weeks.values()];
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

function everyWeek(weeks: readonly Week[], rows: readonly CountedLeads[]): LeadReportRow[] {
  const counted = new Map(rows.map((row) => [row.key, row]));
  return weeks.map(({ key }, index) =>
    rowOf({ label: null, leads: 0, won: 0, median: null, ...counted.get(String(index + 1)), key }),
  );
}

/** How much a colleague does is for those who look after members; what one does oneself is for everybody. */
function maySee({ permissions, memberId }: MemberActor, by: LeadDimension, key: string): boolean {
  return by !== LeadDimension.OWNER || permissions.has(Permission.ManageMembers) || key === memberId;
}

function rowOf({ key, label, leads, won, median }: CountedLeads): LeadReportRow {
  const medianFirstReplySeconds = median === null ? null : Math.round(median);
  return Object.assign(new LeadReportRow(), { key, label, leads, won, medianFirstReplySeconds });
}
