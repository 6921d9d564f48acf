import type pg from 'pg';

/** The leads of a workspace with their contacts, those with an address first. */
export async function importedLeads(admin: pg.Client, workspaceId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await admin.query<Record<string, unknown>>(
    `select l.name, l.email, l.phone, l.company, l.status, l.tags, l.fields, l.source, l.created_at as "createdAt", k.emails, k.phones,
            k.name as "contactName", k.custom_fields as "customFields", k.id as "contactId"
       from leads l join contacts k on k.workspace_id = l.workspace_id and k.id = l.contact_id
      where l.workspace_id = $1 order by l.email nulls last, l.name`,
    [workspaceId],
  );
  return rows;
}
