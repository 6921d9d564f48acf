import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContactRules } from '../conversations/index.js';
import { sql } from '../platform/database/index.js';

/** Tells segments who is a lead; what came in by a form that is only answered makes nobody one. */
@Injectable()
export class LeadSegments implements OnModuleInit {
  constructor(private readonly rules: ContactRules) {}

  onModuleInit(): void {
    this.rules.isLead(sql`exists (
      select from leads l where l.workspace_id = k.workspace_id and l.contact_id = k.id and not l.answer_only)`);
  }
}
