import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Pruned, Retention } from '../accounts/index.js';
import { type Sql, type WorkspaceTransaction, Workspaces, sql } from '../platform/database/index.js';
import { LiveFeed } from '../platform/live/index.js';
import { LegalHolds } from '../platform/personal-data/index.js';

const batch = 1_000;

/** Leads are kept for as long as the workspace says, after they came in; who is known by such a lead alone goes with it. */
@Injectable()
export class KeepLeads implements OnModuleInit {
  constructor(
    private readonly retention: Retention,
    private readonly workspaces: Workspaces,
    private readonly holds: LegalHolds,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      kind: 'leadsDays',
      prune: (workspaceId, days) => this.prune(workspaceId, days),
      count: (tx, { leadsDays }) => this.count(tx, leadsDays),
    });
  }

  private prune(workspaceId: string, days: number): Promise<Pruned> {
    // With what is received: nobody may be met anew while they go.
    return this.workspaces.run(
      workspaceId,
      async (tx) => {
        const gone = await tx.query<{ id: string; contactId: string }>(sql`
          delete from leads where workspace_id = ${workspaceId} and id in (
            select l.id from leads l where ${this.isAged(workspaceId, days)} limit ${batch})
          returning id, contact_id as "contactId"`);
        const contacts = await removeUnknown(tx, [...new Set(gone.map(({ contactId }) => contactId))]);
        const told = { Lead: gone.map(({ id }) => id), Contact: contacts };
        for (const [detail, ids] of Object.entries(told))
          if (ids.length > 0) this.feed.append(tx, { kind: 'Erased', ids, detail });
        const pruned = { gone: { leads: gone.length, contacts: contacts.length }, more: gone.length === batch };
        await this.retention.went(tx, pruned);
        return pruned;
      },
      { oneAtATime: 'receive-messages' },
    );
  }

  private async count(tx: WorkspaceTransaction, days: number | null): Promise<Record<string, number>> {
    const nothing = { leads: 0, contacts: 0 };
    if (days === null) return nothing;
    const row = await tx.first<{ leads: number; contacts: number }>(sql`
      with aged as materialized (select l.id, l.contact_id from leads l where ${this.isAged(tx.workspaceId, days)})
      select (select count(*) from aged)::int as leads,
             (select count(*) from contacts k
               where k.workspace_id = ${tx.workspaceId} and k.id in (select contact_id from aged) and ${knownByLeadsAlone}
                 and not exists (select from leads l where l.workspace_id = k.workspace_id and l.contact_id = k.id
                                    and l.id not in (select id from aged)))::int as contacts`);
    return { ...(row ?? nothing) };
  }

  private isAged(workspaceId: string, days: number): Sql {
    return sql`l.workspace_id = ${workspaceId} and l.created_at < now() - make_interval(days => ${days})
      and ${this.holds.without(sql`l.workspace_id`, sql`l.contact_id`)}`;
  }
}

/** Whether nothing but leads is known of a contact, in a statement over `contacts k`. */
const knownByLeadsAlone = sql`
  k.merged_into is null
  and not exists (select from contacts m where m.workspace_id = k.workspace_id and m.merged_into = k.id)
  and not exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id)
  and not exists (select from conversations c where c.workspace_id = k.workspace_id and c.contact_id = k.id)
  and not exists (select from contact_notes n where n.workspace_id = k.workspace_id and n.contact_id = k.id)`;

/** Of these contacts, removes those of whom nothing is known any more; gives their ids. */
async function removeUnknown(tx: WorkspaceTransaction, contactIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    delete from contacts k
     where k.workspace_id = ${tx.workspaceId} and k.id = any (${contactIds}::uuid[]) and ${knownByLeadsAlone}
       and not exists (select from leads l where l.workspace_id = k.workspace_id and l.contact_id = k.id)
    returning k.id`);
  return rows.map(({ id }) => id);
}
