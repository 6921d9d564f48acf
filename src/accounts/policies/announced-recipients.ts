import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { recipientNamed } from '../../platform/recipients/index.js';
import type { PageLanguage } from './policy-documents.js';
import { type Processor, processorOf } from './processors.js';

/** A recipient who was announced, in the words of the page. */
export interface AnnouncedProcessor extends Processor {
  readonly announcedAt: Date;
  readonly usedFrom: Date;
}

/** Whoever was announced lately, or is not used yet. */
@Injectable()
export class AnnouncedRecipients {
  constructor(
    private readonly system: SystemDatabase,
    private readonly config: Config,
  ) {}

  async list(language: PageLanguage): Promise<AnnouncedProcessor[]> {
    const rows = await this.system.query<{ recipient: string; announcedAt: Date; usedFrom: Date }>(sql`
      select recipient, announced_at as "announcedAt", used_from as "usedFrom" from recipients
       where announced_at is not null and used_from > now() - interval '14 days' order by used_from, recipient`);
    return rows.map(({ recipient, ...times }) => ({
      ...processorOf(recipientNamed(recipient), this.config, language),
      ...times,
    }));
  }
}
