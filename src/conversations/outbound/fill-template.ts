import { Injectable } from '@nestjs/common';
import { ChannelTemplates, MessageKind } from '../../channels/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, newId, sql, uuidAt } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import type { OutgoingContent } from './outgoing-content.js';
import type { Outlet } from './outbound-message.js';
import type { TemplateInput } from './send-message.input.js';

/** Templates that one person, and one workspace, may send in a minute: what people do by hand, and no list. */
const mostOfOne = 10;
const mostOfAll = 40;
const minute = 60_000;

/** Templates go out by the hand of a person, one at a time, in threads that customers have opened. */
@Injectable()
export class FillTemplate {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly templates: ChannelTemplates,
  ) {}

  /** The template with its values in their places. Asks the platform, so it runs outside every transaction. */
  async run(actor: MemberActor, conversationId: string, wanted: TemplateInput): Promise<OutgoingContent> {
    if (actor.user === null)
      throw new DomainError(ErrorCode.FORBIDDEN, 'Templates are sent by people; an API token may not send one.', {
        reason: 'TEMPLATE_BY_PEOPLE',
      });
    const conversation = isUuid(conversationId)
      ? await this.workspaces.read(actor.workspaceId, (tx) =>
          tx.first<{ channelId: string }>(sql`
            select channel_id as "channelId" from conversations where workspace_id = ${tx.workspaceId} and id = ${conversationId}`),
        )
      : null;
    if (conversation === null) throw notFound('The conversation');
    const { body, shape } = await this.templates.usable(actor, conversation.channelId, wanted);
    const { name, language, variables } = wanted;
    const text = body.replace(/\{\{(\d{1,3})\}\}/g, (_, place: string) => variables[Number(place) - 1] ?? '');
    return { kind: MessageKind.TEMPLATE, text, content: { template: { name, language, variables, shape } } };
  }

  /** Refuses a template while another waits in the conversation, and more of them than people send by hand. */
  async checkPace(tx: WorkspaceTransaction, { memberId }: MemberActor, { conversation }: Outlet): Promise<void> {
    const waiting = await tx.first(sql`
      select 1 from messages where workspace_id = ${tx.workspaceId} and conversation_id = ${conversation.id}
         and status in ('QUEUED', 'SENDING', 'HELD') and kind = 'TEMPLATE' limit 1`);
    if (waiting !== null)
      throw new DomainError(
        ErrorCode.CONFLICT,
        'A template is on its way in this conversation. One goes out at a time.',
        { reason: 'TEMPLATE_ON_ITS_WAY' },
      );
    // Ids tell the time, so that the last minute is a short stretch of the key.
    const lately = await tx.first<{ own: number; all: number }>(sql`
      select count(*) filter (where member_id = ${memberId})::int as own, count(*)::int as all from messages
       where workspace_id = ${tx.workspaceId} and id > ${uuidAt(conversation.readAt.getTime() - minute)} and id <= ${newId()}
         and direction = 'OUTBOUND' and kind = 'TEMPLATE'`);
    if ((lately?.own ?? 0) >= mostOfOne || (lately?.all ?? 0) >= mostOfAll)
      throw new DomainError(
        ErrorCode.RATE_LIMITED,
        'Templates are for single customers, not for lists. Wait a minute.',
        { reason: 'TEMPLATE_SLOWER', retryAfter: 60 },
      );
  }
}
