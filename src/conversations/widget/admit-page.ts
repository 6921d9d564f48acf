import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type OpenWebChat, WebChats } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { isOwnOrigin } from '../../platform/http/index.js';
import { FrameTickets } from './frame-tickets.js';
import type { PresentVisitor, Visitor } from './visitors.js';

/**
 * Whether the page around a chat may show it, asked with every call and by the list as it is at that moment. A program
 * can claim any Origin, so this keeps other sites out and not programs: those meet the caps.
 */
@Injectable()
export class AdmitPage {
  constructor(
    private readonly chats: WebChats,
    private readonly tickets: FrameTickets,
    private readonly config: Config,
  ) {}

  /**
   * Before a session: the page's Origin, or null where our own frame was not told it. Our own Origin counts with a
   * ticket of this chat, or with a visitor who was let in before.
   */
  session(
    chat: OpenWebChat,
    request: FastifyRequest,
    ticket: string | null | undefined,
    known: Visitor | null,
  ): string | null {
    const { origin } = request.headers;
    if (this.chats.allows(chat, origin)) return origin ?? null;
    if (!this.isOwn(request)) throw refused();
    const opened = ticket == null ? null : this.tickets.open(chat.settings.publicKey, ticket);
    if (opened === null && known === null) throw refused();
    const page = opened === null ? (known?.origin ?? null) : opened.page;
    if (page !== null && !this.chats.allows(chat, page)) throw refused();
    return page;
  }

  /** Before anything else that a visitor does. Browsers name the Origin with every write, and not with what only reads. */
  call({ chat, visitor }: PresentVisitor, request: FastifyRequest): void {
    const { origin } = request.headers;
    if (this.chats.allows(chat, origin)) return;
    const writes = request.method !== 'GET';
    if ((origin === undefined && writes) || (origin !== undefined && !this.isOwn(request))) throw refused();
    if (visitor.origin !== null && !this.chats.allows(chat, visitor.origin)) throw refused();
  }

  private isOwn({ headers: { origin, host } }: FastifyRequest): boolean {
    return origin !== undefined && isOwnOrigin(origin, host, this.config);
  }
}

function refused(): DomainError {
  return new DomainError(
    ErrorCode.FORBIDDEN,
    'This page may not show this chat: its domain is not among those that the chat allows.',
  );
}
