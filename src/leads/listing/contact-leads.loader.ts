import { Injectable } from '@nestjs/common';
import { timeText } from '../../conversations/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import { RowLoader, decodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { leadColumns } from '../lead.row.js';
import { type LeadPlace, type PlacedLead, afterPlace, isLeadPlace, leadCursor } from './list-leads.js';

type LeadPage = ReturnType<typeof pageOf<PlacedLead>>;
interface Part {
  readonly size: number;
  readonly after: LeadPlace | null;
}

/** The key under which the loader gives a page of a contact's leads. Throws for arguments that cannot be. */
export function contactLeadsKey(
  contactId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): string {
  return JSON.stringify([
    contactId,
    { size: pageSize(first, 20), after: decodeCursor(after, isLeadPlace) } satisfies Part,
  ]);
}

/** Pages of contacts' leads, the newest first. Contacts that ask for the same part share a statement. */
@Injectable()
export class ContactLeadsLoader extends RowLoader<LeadPage> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, LeadPage>> {
    const asked = keys.map((key) => {
      const [id, part] = JSON.parse(key) as [string, Part];
      return { key, id, part };
    });
    const pages = new Map<string, LeadPage>();
    for (const group of Map.groupBy(asked, ({ part }) => JSON.stringify(part)).values()) {
      const [{ part }] = group as [(typeof group)[number]];
      const contactIds = group.map(({ id }) => id);
      const found = Map.groupBy(await read(tx, contactIds, part), (row) => row.contactId);
      for (const { key, id } of group) pages.set(key, pageOf(found.get(id) ?? [], part.size, leadCursor));
    }
    return pages;
  }
}

function read(tx: WorkspaceTransaction, contactIds: readonly string[], { size, after }: Part): Promise<PlacedLead[]> {
  return tx.query<PlacedLead>(sql`
    select found.* from unnest(${contactIds.filter(isUuid)}::uuid[]) as person (id)
     cross join lateral (
       select ${leadColumns}, ${timeText(sql`l.created_at`)} as placed from leads l
        where l.workspace_id = ${tx.workspaceId} and l.contact_id = person.id and ${afterPlace(after)}
        order by l.created_at desc, l.id desc limit ${size + 1}
     ) found`);
}
