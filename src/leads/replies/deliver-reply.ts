import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SendMessage, WriteFirst } from '../../conversations/index.js';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { LeadReplyWay } from '../enums.js';
import type { LeadRow } from '../lead.row.js';
import { leadReply } from './mails/lead-reply.mail.js';
import { threadSubject } from './thread-subject.js';
import type { ReplyRoad } from './reply-roads.js';

/** A road that goes somewhere. */
export type OpenRoad = Exclude<ReplyRoad, { readonly way: LeadReplyWay.NONE }>;

interface Business {
  readonly name: string;
  readonly locale: string;
}

/** Puts a reply on its road. Participants; whoever calls them holds the lead, alone among what arrives. */
@Injectable()
export class DeliverReply implements OnModuleInit {
  constructor(
    private readonly messages: SendMessage,
    private readonly first: WriteFirst,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.mails.define(leadReply);
  }

  /** The conversation that the road leads to, begun where there is none yet; null for one that leads to none. */
  async conversationOf(tx: WorkspaceTransaction, lead: LeadRow, road: OpenRoad): Promise<string | null> {
    if (road.way === LeadReplyWay.MAIL) return null;
    if (road.conversationId !== null) return road.conversationId;
    const { name, locale } = await this.business(tx);
    return this.first.begin(tx, {
      to: road.first,
      contactId: lead.contactId,
      subject: threadSubject(name, locale),
      // What is used to answer and for nothing else is kept from machines in its thread as well.
      aiPaused: lead.answerOnly,
    });
  }

  /** What a member says, in the conversation; gives the message's id. */
  async say(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    conversationId: string,
    text: string,
    key: string,
  ): Promise<string> {
    const digest = createHash('sha256').update(key).digest('base64url');
    const message = await this.messages.within(tx, actor, { conversationId, text, idempotencyKey: `lead ${digest}` });
    return message.id;
  }

  /** The same by a mail of the server. */
  async mail(tx: WorkspaceTransaction, to: string, reply: string): Promise<void> {
    const { name, locale } = await this.business(tx);
    const values = { workspace: name, reply };
    await this.mails.queue(tx, {
      to,
      template: leadReply,
      locale: mailLocale(locale),
      values,
      workspaceId: tx.workspaceId,
    });
  }

  private async business(tx: WorkspaceTransaction): Promise<Business> {
    const row = await tx.first<Business>(sql`select name, locale from workspaces where id = ${tx.workspaceId}`);
    if (row === null) throw new Error('A transaction has a workspace.');
    return row;
  }
}
