import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { AdmitPage } from './admit-page.js';
import { type PresentVisitor, Visitors } from './visitors.js';
import { WidgetLimits, type widgetCaps } from './widget-limits.js';

/** Lets visitors in by their token, from pages that the chat allows, as often as the caps let them. */
@Injectable()
export class VisitorDoor {
  constructor(
    private readonly visitors: Visitors,
    private readonly pages: AdmitPage,
    private readonly limits: WidgetLimits,
  ) {}

  /** Who calls. Throws for a token that is wrong, a page that may not, and one call too many. */
  async admit(
    request: FastifyRequest,
    counts?: keyof typeof widgetCaps,
  ): Promise<{ readonly present: PresentVisitor; readonly token: string }> {
    const token = request.context.credentials.token ?? '';
    const present = await this.visitors.byToken(token);
    if (present === null)
      throw new DomainError(ErrorCode.UNAUTHENTICATED, 'The chat was not opened, or is over. Open it again.');
    this.pages.call(present, request);
    const { visitor, chat } = present;
    if (counts !== undefined)
      await this.limits.count(counts, { channelId: chat.channelId, ip: request.ip, visitorId: visitor.id });
    return { present, token };
  }
}
