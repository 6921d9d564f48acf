import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LeadCaptured } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { AiMode } from '../enums.js';
import { isForMachines } from './lead-standing.js';

/** The job that drafts a reply to a new lead, or answers it; its row is the lead. */
export const answerLeadJob = 'answer-lead';

/** Somebody sent something in, and a bot works on leads: a reply is due. */
@Injectable()
export class LeadsOnArrival implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.facts.on(LeadCaptured, async (tx, { lead }) => {
      if (isForMachines(lead) && (await this.hasBot(tx))) this.outbox.schedule(tx, answerLeadJob, lead.id);
    });
  }

  private async hasBot(tx: WorkspaceTransaction): Promise<boolean> {
    const bot = await tx.first(sql`
      select 1 from bots where workspace_id = ${tx.workspaceId} and lead_mode <> ${AiMode.OFF} and not frozen limit 1`);
    return bot !== null;
  }
}
