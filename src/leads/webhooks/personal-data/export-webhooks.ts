import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../../../platform/database/index.js';
import { PersonalData, exportedRows, goingOn } from '../../../platform/personal-data/index.js';

/** Which systems of the business were told that they wrote, and when. */
const told = exportedRows('leads', 'told-systems', (asked) =>
  asked.subject.contactIds.length === 0 && asked.subject.conversationIds.length === 0
    ? null
    : sql`select d.at, d.event, substring(e.url from '^https?://([^/?#]+)') as host, d.status, d.id, d.conversation_id as "conversationId", d.lead_id as "leadId"
            from webhook_deliveries d
            join webhook_endpoints e on e.workspace_id = d.workspace_id and e.id = d.endpoint_id
           where d.workspace_id = ${asked.workspaceId} 
             and (d.conversation_id = any (${asked.subject.conversationIds}::uuid[]) or d.lead_id in (
                    select l.id from leads l
                     where l.workspace_id = ${asked.workspaceId} and l.contact_id = any (${asked.subject.contactIds}::uuid[]))) ${goingOn(sql`d.id`, asked)}`,
);

/** What systems of the business were told about a person. */
@Injectable()
export class ExportWebhooks implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.exports(told);
  }
}
