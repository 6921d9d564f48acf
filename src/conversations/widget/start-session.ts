import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { WebChats } from '../../channels/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { AdmitPage } from './admit-page.js';
import { type ChatSettings, ReadChatSettings } from './chat-settings.js';
import { OpenSession } from './open-session.js';
import type { VisitorMessage } from './visitor-thread.js';
import { Visitors } from './visitors.js';
import { type SessionInput, emailText } from './widget-input.js';
import { WidgetLimits } from './widget-limits.js';

/** What a chat is opened with. */
export interface SessionAnswer {
  readonly visitorToken: string;
  /** Null until the first message. */
  readonly conversationId: string | null;
  /** Whether the site has proved who the visitor is. */
  readonly verified: boolean;
  readonly settings: ChatSettings;
  readonly messages: readonly VisitorMessage[];
  readonly cursor: string;
}

/** Opens a chat for a visitor: a new one, or the one whose token the browser has kept. */
@Injectable()
export class StartSession {
  constructor(
    private readonly chats: WebChats,
    private readonly visitors: Visitors,
    private readonly pages: AdmitPage,
    private readonly limits: WidgetLimits,
    private readonly opening: OpenSession,
    private readonly settings: ReadChatSettings,
  ) {}

  async run(request: FastifyRequest, input: SessionInput): Promise<SessionAnswer> {
    const chat = await this.chats.byKey(input.key);
    if (chat === null) throw notFound('This chat');
    const known = await this.visitors.inChat(chat, input.visitorToken);
    const page = this.pages.session(chat, request, input.ticket, known);
    const claimed = input.identity ?? null;
    if (claimed?.email !== undefined && claimed.email !== '' && !emailText.test(claimed.email))
      throw badInput('identity.email', 'This is no e-mail address. It looks like name@example.com.');
    // Coming back costs nothing; a new visitor and a proof to look at do.
    if (known === null || claimed !== null)
      await this.limits.count('start', { channelId: chat.channelId, ip: request.ip });
    const before =
      known === null ? null : { visitor: { ...known, origin: page ?? known.origin }, token: input.visitorToken ?? '' };
    const opened = await this.opening.run(chat, before, page, claimed);
    if (opened === 'not proved')
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        'The proof of this identity is not right: sign the id with the secret of this chat, or leave the proof out.',
        { field: 'identity.hash' },
      );
    const { visitor, token, conversationId, messages, cursor } = opened;
    const settings = await this.settings.of(chat);
    return { visitorToken: token, conversationId, verified: visitor.proven, settings, messages, cursor };
  }
}
