import { Injectable } from '@nestjs/common';
import { Entitlements } from '../../billing/index.js';
import { MessageKind } from '../../channels/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { MessageStatus } from '../enums.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import { OutboundRules } from './outbound-message.js';

/** A person's decision on a message that did not simply go out. */
@Injectable()
export class ChangeMessage {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly rules: OutboundRules,
    private readonly feed: LiveFeed,
    private readonly outbox: Outbox,
    private readonly entitlements: Entitlements,
  ) {}

  /** "Send again", for a message that failed or is unconfirmed. */
  retry(actor: MemberActor, id: string): Promise<MessageRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const message = await this.locked(tx, id);
      if (message.status !== MessageStatus.FAILED && message.status !== MessageStatus.UNCONFIRMED) {
        throw new DomainError(ErrorCode.CONFLICT, 'Only a message that failed or is unconfirmed can be sent again.', {
          reason: 'NOT_SENT_AGAIN',
        });
      }
      if (message.kind === MessageKind.TEMPLATE && actor.user === null)
        throw new DomainError(ErrorCode.FORBIDDEN, 'Templates are sent by people; an API token may not send one.', {
          reason: 'TEMPLATE_BY_PEOPLE',
        });
      const outlet = await this.rules.outlet(tx, message.conversationId);
      if (outlet === null) throw notFound('The conversation');
      await this.entitlements.requireLive(tx);
      const { held } = this.rules.admit(outlet, message.kind === MessageKind.TEMPLATE ? 'template' : 'reply');
      if (!held) this.outbox.schedule(tx, 'deliver-messages', message.conversationId);
      return this.changed(tx, id, held ? 'HELD' : 'QUEUED');
    });
  }

  /** Takes back a message that has not left. */
  cancel(actor: MemberActor, id: string): Promise<MessageRow> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const message = await this.locked(tx, id);
      if (message.status === MessageStatus.CANCELED) return message;
      if (message.status !== MessageStatus.QUEUED && message.status !== MessageStatus.HELD) {
        throw new DomainError(ErrorCode.CONFLICT, 'It is on its way already and cannot be taken back here.', {
          reason: 'ON_ITS_WAY',
        });
      }
      return this.changed(tx, id, 'CANCELED');
    });
  }

  private async locked(tx: WorkspaceTransaction, id: string): Promise<MessageRow> {
    const message = isUuid(id)
      ? await tx.first<MessageRow>(sql`
          select ${messageColumns} from messages m where m.workspace_id = ${tx.workspaceId} and m.id = ${id} and m.direction = 'OUTBOUND' for update`)
      : null;
    if (message === null) throw notFound('The message');
    return message;
  }

  private async changed(
    tx: WorkspaceTransaction,
    id: string,
    status: 'QUEUED' | 'HELD' | 'CANCELED',
  ): Promise<MessageRow> {
    const message = await tx.first<MessageRow>(sql`
      update messages m set status = ${status}, error = null where m.workspace_id = ${tx.workspaceId} and m.id = ${id} returning ${messageColumns}`);
    if (message === null) throw notFound('The message');
    this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId: message.conversationId });
    return message;
  }
}
