import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { type SessionAnswer, StartSession } from './start-session.js';
import { ReadThread } from './read-thread.js';
import { VisitorDoor } from './visitor-door.js';
import { VisitorStreams } from './visitor-streams.js';
import type { VisitorMessage } from './visitor-thread.js';
import { readMessage, readRead, readSession, readTyping } from './widget-input.js';
import { WriteMessage } from './write-message.js';

const byToken = "the visitor's token is the permission";

/** What the chat on a site calls: a visitor's own thread, and nothing else. */
@Controller('widget/v1')
export class WidgetController {
  constructor(
    private readonly sessions: StartSession,
    private readonly door: VisitorDoor,
    private readonly thread: ReadThread,
    private readonly write: WriteMessage,
    private readonly streams: VisitorStreams,
  ) {}

  @Post('sessions')
  @Public('anyone may open a chat from a page that the chat allows')
  start(@Req() request: FastifyRequest, @Body() body: unknown): Promise<SessionAnswer> {
    return this.sessions.run(request, readSession(body));
  }

  @Get('messages')
  @Public(byToken)
  async messages(@Req() request: FastifyRequest, @Query('after') after: unknown) {
    const { present } = await this.door.admit(request, 'look');
    return this.thread.page(present, typeof after === 'string' && after !== '' ? after.slice(0, 100) : null);
  }

  @Post('messages')
  @Public(byToken)
  async send(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<{ readonly conversationId: string; readonly message: VisitorMessage }> {
    const { present } = await this.door.admit(request);
    const written = await this.write.run(present, request.ip, readMessage(body));
    this.streams.begun(present);
    return written;
  }

  @Get('events')
  @Public(byToken)
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { present, token } = await this.door.admit(request, 'look');
    const last = request.headers['last-event-id'];
    await this.streams.open(present, token, typeof last === 'string' ? last.slice(0, 100) : null, reply);
  }

  @Post('typing')
  @HttpCode(204)
  @Public(byToken)
  async typing(@Req() request: FastifyRequest, @Body() body: unknown): Promise<void> {
    const { present } = await this.door.admit(request, 'signal');
    await this.thread.typing(present, readTyping(body).typing);
  }

  @Post('read')
  @HttpCode(204)
  @Public(byToken)
  async read(@Req() request: FastifyRequest, @Body() body: unknown): Promise<void> {
    const { present } = await this.door.admit(request, 'signal');
    await this.thread.read(present, readRead(body).messageId ?? null);
  }
}
