import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../../platform/config/index.js';
import { type WorkspaceTransaction, sql } from '../../../platform/database/index.js';
import { Mails, mailLocale } from '../../../platform/mail/index.js';
import { controllerAsked } from '../mails/controller-asked.js';
import type { RequestRow } from '../request.row.js';

/** Writes to the business that answers for a workspace's data: to its own privacy address, or else to its owners. */
@Injectable()
export class ControllerNotices implements OnModuleInit {
  constructor(
    private readonly mails: Mails,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.mails.define(controllerAsked);
  }

  async tell(tx: WorkspaceTransaction, { workspaceId }: RequestRow, message: string): Promise<void> {
    const told = await tx.query<{ to: string; workspace: string; locale: string }>(sql`
      select coalesce(nullif(w.controller->>'privacyEmail', ''), u.email) as to, w.name as workspace, w.locale
        from workspaces w join members m on m.workspace_id = w.id and m.role = 'OWNER' join users u on u.id = m.user_id
       where w.id = ${workspaceId}`);
    for (const [to, { workspace, locale }] of new Map(told.map((one) => [one.to, one])))
      await this.mails.queue(tx, {
        to,
        template: controllerAsked,
        locale: mailLocale(locale),
        values: { workspace, message, operator: this.config.operator.name },
        workspaceId: tx.workspaceId,
      });
  }
}
