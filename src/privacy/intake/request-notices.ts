import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { type SystemTransaction, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type MailTemplate, Mails } from '../../platform/mail/index.js';
import {
  type RequestMailValues,
  proofAsked,
  requestAnswered,
  requestDone,
  requestExported,
  requestExtended,
  requestHeld,
  requestReceived,
  requestRectified,
  requestRejected,
} from './mails/request-mails.js';
import { PrivacyRequestOrigin } from './enums.js';
import type { RequestRow } from './request.row.js';

const templates = {
  received: requestReceived,
  proof: proofAsked,
  extended: requestExtended,
  held: requestHeld,
  rejected: requestRejected,
  done: requestDone,
  rectified: requestRectified,
  answered: requestAnswered,
  exported: requestExported,
} as const satisfies Readonly<Record<string, MailTemplate<RequestMailValues>>>;

/** Tells whoever asked by mail, in their language, how their request goes; whoever left no address follows the code. */
@Injectable()
export class RequestNotices implements OnModuleInit {
  constructor(
    private readonly mails: Mails,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    for (const template of Object.values(templates)) this.mails.define(template);
  }

  /** Queues the notice with this transaction; false where there is no address. */
  async tell(
    tx: WorkspaceTransaction | SystemTransaction,
    row: RequestRow,
    kind: keyof typeof templates,
    more: {
      readonly words?: string;
      readonly until?: Date | null;
      readonly token?: string;
      readonly link?: string;
    } = {},
  ): Promise<boolean> {
    const { replyTo } = row.details;
    if (replyTo === null) return false;
    await this.mails.queue(tx, {
      to: replyTo,
      template: templates[kind],
      locale: row.language,
      values: {
        business: await this.businessOf(tx),
        code: row.code,
        words: more.words ?? '',
        until: more.until?.toISOString().slice(0, 10) ?? '',
        token: more.token ?? '',
        link: more.link ?? '',
        asks: asksOf(row),
      },
      ...(row.workspaceId !== null && { workspaceId: row.workspaceId }),
    });
    return true;
  }

  private async businessOf(tx: WorkspaceTransaction | SystemTransaction): Promise<string> {
    if (!('workspaceId' in tx)) return this.config.operator.name;
    const named = await tx.first<{ name: string }>(sql`
      select coalesce(nullif(controller->>'legalName', ''), name) as name from workspaces where id = ${tx.workspaceId}`);
    return named?.name ?? this.config.operator.name;
  }
}

/** Whoever filled a form was asked there what helps; whoever wrote a mail is asked in the answer. */
function asksOf({ origin, details }: RequestRow): string {
  if (origin !== PrivacyRequestOrigin.EMAIL) return '';
  return details.unclear === true ? 'what' : 'whom';
}
