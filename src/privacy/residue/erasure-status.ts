import { type SystemDatabase, type Workspaces, sql, workspaceIds } from '../../platform/database/index.js';
import { deletion } from '../erasure/deletion.js';
import { Residue, type ResidueOf, dueBy } from './residue.js';

/** An erasure that goes on. */
interface OpenErasureStep {
  readonly workspaceId: string;
  readonly id: string;
  /** CONTACT, CONVERSATION, ..., or WORKSPACE for a workspace that is being deleted. */
  readonly scope: string;
  readonly since: Date;
  /** Its job waits or runs; a legal hold stops it; it failed and is tried again; or it failed too often. */
  readonly state: 'goes on' | 'held' | 'failed' | 'set aside';
  readonly tries: number;
  readonly reason: string | null;
  readonly overdue: boolean;
}

/** A place that is to be cleared, and by when. */
type DueResidue = ResidueOf & { readonly dueBy: Date; readonly overdue: boolean };

/** How erasing stands in the whole deployment. */
export interface ErasureStatus {
  readonly erasures: readonly OpenErasureStep[];
  readonly residue: readonly DueResidue[];
  /** Places that are not ours to clear, with what has to be done there. */
  readonly notOurs: readonly ResidueOf[];
  /** When something was last cleared, for how long in all, and how many places; null where nothing ever was. */
  readonly lastCleared: { readonly at: Date; readonly seconds: number; readonly places: number } | null;
  readonly holds: number;
  readonly overdue: boolean;
}

/** An erasure that no hold stops is done within seconds; one that is open for so long needs somebody to look. */
const overdueHours = 1;

/** Reads it; changes nothing. */
export async function readErasureStatus(
  { system, workspaces }: { readonly system: SystemDatabase; readonly workspaces: Workspaces },
  now = new Date(),
): Promise<ErasureStatus> {
  const erasures = (await openDeletions(system)).map((one) => judged(one, now));
  let holds = 0;
  for await (const workspaceId of workspaceIds(system)) {
    const found = await workspaces.read(workspaceId, async (tx) => ({
      open: await tx.query<Found>(sql`
        select workspace_id as "workspaceId", id, scope, begun_at as since, held_at is not null as held
          from erasures where workspace_id = ${workspaceId} and completed_at is null order by begun_at`),
      holds: await tx.first<{ count: number }>(sql`
        select count(*)::int as count from legal_holds where workspace_id = ${workspaceId} and released_at is null`),
    }));
    holds += found.holds?.count ?? 0;
    for (const one of found.open) erasures.push(judged({ ...one, ...(await jobOf(system, one)) }, now));
  }
  const all = await new Residue(system).all();
  const residue = all.flatMap((one) => {
    const due = dueBy(one);
    return due === null ? [] : [{ ...one, dueBy: due, overdue: due < now }];
  });
  return {
    erasures,
    residue,
    notOurs: all.filter(({ since, problem }) => since === null && problem !== null),
    lastCleared: lastOf(all),
    holds,
    overdue: [...erasures, ...residue].some((one) => one.overdue),
  };
}

interface Found {
  readonly workspaceId: string;
  readonly id: string;
  readonly scope: string;
  readonly since: Date;
  readonly held: boolean;
  readonly tries?: number;
  readonly reason?: string | null;
  readonly setAside?: boolean;
}

async function openDeletions(system: SystemDatabase): Promise<Found[]> {
  return system.query<Found>(sql`
    select workspace_id as "workspaceId", id, 'WORKSPACE' as scope, requested_at as since, false as held
      from workspace_deletions where completed_at is null order by requested_at`);
}

function jobOf(system: SystemDatabase, { workspaceId, id }: Found) {
  return system.first<{ tries: number; reason: string | null; setAside: boolean }>(sql`
    select attempts as tries, reason, set_aside_at is not null as "setAside" from due
     where kind = ${deletion} and workspace_id = ${workspaceId} and row_id = ${id}`);
}

function judged({ held, setAside = false, tries = 0, reason = null, ...one }: Found, now: Date): OpenErasureStep {
  const state = held ? 'held' : setAside ? 'set aside' : reason !== null ? 'failed' : 'goes on';
  const old = now.getTime() - one.since.getTime() > overdueHours * 3_600_000;
  return { ...one, state, tries, reason, overdue: !held && (setAside || old) };
}

/** What was cleared in one go ends within minutes of one another. */
function lastOf(all: readonly ResidueOf[]): ErasureStatus['lastCleared'] {
  const times = all.flatMap(({ clearedAt, seconds }) =>
    clearedAt === null ? [] : [{ clearedAt, seconds: seconds ?? 0 }],
  );
  const at = times.reduce<Date | null>(
    (last, one) => (last === null || one.clearedAt > last ? one.clearedAt : last),
    null,
  );
  if (at === null) return null;
  const together = times.filter(({ clearedAt }) => at.getTime() - clearedAt.getTime() < 3_600_000);
  return { at, seconds: together.reduce((sum, { seconds }) => sum + seconds, 0), places: together.length };
}
