import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import { thisWorkspace } from '../this-workspace.js';
import type { ImportedRow } from './interpret-row.js';
import type { PlannedRows } from './plan-rows.js';

const mostPhones = 20;
const mostTags = 20;

/** Participant. Makes leads and contacts of what was planned, in a few statements however many rows there are. */
export async function storeRows(
  tx: WorkspaceTransaction,
  people: readonly PlannedRows[],
  memberId: string | null,
): Promise<void> {
  const whole = people.map((person) => {
    const said = together(person.rows);
    return { ...person, ...said, leadId: person.leadId, contactId: person.known?.contactId ?? newId() };
  });
  const isNewPerson = ({ known }: PlannedRows) => known === null;
  await addContacts(tx, whole.filter(isNewPerson));
  await touchContacts(
    tx,
    whole.filter((one) => !isNewPerson(one)),
  );
  await addLeads(
    tx,
    whole.filter(({ leadId }) => leadId === null),
    memberId,
  );
  await changeLeads(
    tx,
    whole.filter(({ leadId }) => leadId !== null),
  );
}

type Whole = PlannedRows & Omit<ImportedRow, 'line'> & { readonly contactId: string };

/** What several rows of one person say together: the last word counts, an empty cell says nothing. */
function together([first, ...more]: PlannedRows['rows']): Omit<ImportedRow, 'line'> {
  return more.reduce<Omit<ImportedRow, 'line'>>(
    (said, row) => ({
      externalId: said.externalId,
      name: row.name ?? said.name,
      email: row.email ?? said.email,
      phone: row.phone ?? said.phone,
      company: row.company ?? said.company,
      message: row.message ?? said.message,
      status: row.status ?? said.status,
      createdAt: said.createdAt ?? row.createdAt,
      tags: [...new Set([...said.tags, ...row.tags])].slice(0, mostTags),
      fields: { ...said.fields, ...row.fields },
      contactFields: { ...said.contactFields, ...row.contactFields },
    }),
    first,
  );
}

/** Rows as one parameter: the statement is the same however many there are. */
function asJson(whole: readonly Whole[]): string {
  return JSON.stringify(
    whole.map(({ rows: _rows, known, leadId, ...row }) => ({
      ...row,
      leadId: leadId ?? newId(),
      activityId: newId(),
      phones: row.phone === null ? [] : [row.phone],
      emails: row.email === null ? [] : [row.email],
      met: known?.met ?? false,
      answerOnly: known?.answerOnly ?? false,
    })),
  );
}

const columns = sql`(
  "leadId" uuid, "contactId" uuid, "externalId" text, name text, email text, phone text, company text, message text, status text,
  "createdAt" timestamptz, tags jsonb, fields jsonb, "contactFields" jsonb, phones jsonb, emails jsonb, met boolean, "answerOnly" boolean)`;

async function addContacts(tx: WorkspaceTransaction, whole: readonly Whole[]): Promise<void> {
  if (whole.length === 0) return;
  await tx.execute(sql`
    insert into contacts (workspace_id, id, name, emails, phones, custom_fields, first_seen_at, last_seen_at)
    select ${tx.workspaceId}, r."contactId", r.name, array(select jsonb_array_elements_text(r.emails)),
           array(select jsonb_array_elements_text(r.phones)), r."contactFields", coalesce(r."createdAt", now()), coalesce(r."createdAt", now())
      from jsonb_to_recordset(${asJson(whole)}::jsonb) as r ${columns}`);
}

/**
 * A file is no proof of whose an address is, and no word of theirs: what is known stays, what is missing is added where they are
 * known by forms and files alone, and whoever may only be answered stays so. What a member keeps of them is the member's to say.
 */
async function touchContacts(tx: WorkspaceTransaction, whole: readonly Whole[]): Promise<void> {
  if (whole.length === 0) return;
  await tx.execute(sql`
    update contacts k
       set name = case when r.met then k.name else coalesce(k.name, r.name) end,
           phones = case when r.met or r.phone is null or k.phones @> array[r.phone] or cardinality(k.phones) >= ${mostPhones} then k.phones
                         else k.phones || r.phone end,
           custom_fields = k.custom_fields || r."contactFields"
      from (select distinct on ("contactId") * from jsonb_to_recordset(${asJson(whole)}::jsonb) as every ${columns}) r
     where k.workspace_id = ${thisWorkspace(tx)} and k.id = r."contactId"
       and (r."contactFields" <> '{}' or (not r.met and ((k.name is null and r.name is not null) or (r.phone is not null and not k.phones @> array[r.phone]))))`);
}

async function addLeads(tx: WorkspaceTransaction, whole: readonly Whole[], memberId: string | null): Promise<void> {
  if (whole.length === 0) return;
  const rows = asJson(whole);
  await tx.execute(sql`
    insert into leads (workspace_id, id, contact_id, original_contact_id, source, external_id, status, name, email, phone, company, message,
                       fields, tags, answer_only, created_at)
    select ${tx.workspaceId}, r."leadId", r."contactId", r."contactId", ${LeadSource.IMPORT}, r."externalId", coalesce(r.status, 'NEW'), r.name,
           r.email, r.phone, r.company, r.message, r.fields, array(select jsonb_array_elements_text(r.tags)), r."answerOnly",
           coalesce(r."createdAt", now())
      from jsonb_to_recordset(${rows}::jsonb) as r ${columns}`);
  await tx.execute(sql`
    insert into lead_activities (workspace_id, id, lead_id, kind, member_id, value)
    select ${tx.workspaceId}, r."activityId", r."leadId", 'CAPTURED', ${memberId}, ${LeadSource.IMPORT}
      from jsonb_to_recordset(${rows}::jsonb) as r ("activityId" uuid, "leadId" uuid)`);
}

async function changeLeads(tx: WorkspaceTransaction, whole: readonly Whole[]): Promise<void> {
  if (whole.length === 0) return;
  await tx.execute(sql`
    update leads l
       set name = coalesce(r.name, l.name), phone = coalesce(r.phone, l.phone), company = coalesce(r.company, l.company),
           message = coalesce(r.message, l.message), status = coalesce(r.status, l.status), fields = l.fields || r.fields,
           tags = (select coalesce(array_agg(tag order by place), '{}') from (
                     select tag, min(place) as place
                       from unnest(l.tags || array(select jsonb_array_elements_text(r.tags))) with ordinality as every (tag, place)
                      group by tag order by 2 limit ${mostTags}) as kept)
      from jsonb_to_recordset(${asJson(whole)}::jsonb) as r ${columns}
     where l.workspace_id = ${thisWorkspace(tx)} and l.id = r."leadId"`);
}
