import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../../platform/database/index.js';
import { PersonalData, exportedRows, goingOn } from '../../platform/personal-data/index.js';

const leads = exportedRows('leads', 'leads', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select l.created_at as "createdAt", l.source, l.status, l.name, l.email, l.phone, l.company, l.message, l.fields, l.consents,
                 l.tags, l.answer_only as "answerOnly", l.form_id as "formId", l.ad_id as "adId", l.campaign_id as "campaignId",
                 l.id, l.contact_id as "contactId"
            from leads l
           where l.workspace_id = ${asked.workspaceId} and l.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`l.id`, asked)}`,
);

/** Which member did it is left out: that is a member's, not the subject's. */
const activities = exportedRows('leads', 'lead-activities', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select a.at, a.kind, a.value, a.text, a.id, a.lead_id as "leadId"
            from lead_activities a join leads l on l.workspace_id = a.workspace_id and l.id = a.lead_id
           where a.workspace_id = ${asked.workspaceId} and l.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`a.id`, asked)}`,
);

/** Whose reminder it is is left out as well. */
const reminders = exportedRows('leads', 'lead-reminders', (asked) =>
  asked.subject.contactIds.length === 0
    ? null
    : sql`select r.due_at as at, r.text, r.id, r.lead_id as "leadId"
            from lead_reminders r join leads l on l.workspace_id = r.workspace_id and l.id = r.lead_id
           where r.workspace_id = ${asked.workspaceId} and l.contact_id = any (${asked.subject.contactIds}::uuid[]) ${goingOn(sql`r.id`, asked)}`,
);

/** What leads tell a person about themselves. */
@Injectable()
export class ExportLeads implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    for (const kind of [leads, activities, reminders]) this.personalData.exports(kind);
  }
}
