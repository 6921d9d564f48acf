import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentRequest, Public, type RequestContext, userOf } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { usesTrustedPolicy } from '../../platform/http/index.js';
import { type BoardAnswer, QueueBoard } from '../../platform/queue/index.js';
import { InstanceOperators } from '../users/instance-operators.js';
import { Users } from '../users/users.js';
import { sendDoor } from './door-page.js';

const forOperators = 'it is there for operators of this deployment alone, and tells nobody else that it is';

/** `/admin/queues`: the queues as they stand, for those who run this deployment. It changes nothing. */
@Controller('admin/queues')
export class QueueBoardController {
  constructor(
    private readonly config: Config,
    private readonly board: QueueBoard,
    private readonly operators: InstanceOperators,
    private readonly users: Users,
  ) {}

  @Get()
  @Public(forOperators)
  async page(
    @CurrentRequest() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (userOf(context.actor) === null) return sendDoor(request, reply, this.config, '/admin/queues', 'signIn');
    await this.answer(context, reply, () => this.board.page());
  }

  /** The page's own addresses. */
  @Get('queue/*')
  @Public(forOperators)
  view(
    @CurrentRequest() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page(context, request, reply);
  }

  @Get('api/*')
  @Public(forOperators)
  api(
    @CurrentRequest() context: RequestContext,
    @Param('*') path: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(context, reply, () => this.board.ask(`/api/${path}`, request.query as Record<string, unknown>));
  }

  @Get('static/*')
  @Public(forOperators)
  file(@CurrentRequest() context: RequestContext, @Param('*') path: string, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(context, reply, () => this.board.file(path));
  }

  /** To everyone but an operator it is a page that there is not. */
  private async answer(
    { actor }: RequestContext,
    reply: FastifyReply,
    make: () => Promise<BoardAnswer | null>,
  ): Promise<void> {
    const person = userOf(actor);
    if (person === null) throw new DomainError(ErrorCode.UNAUTHENTICATED, 'Sign in first.');
    const user = await this.users.byId(person.userId);
    const operates =
      user !== null &&
      (await this.operators.includes({ id: user.id, email: user.email, emailVerified: user.emailVerifiedAt !== null }));
    const answer = operates ? await make() : null;
    if (answer === null) throw notFound('The page');
    const { status, type, style, body } = answer;
    if (style !== undefined) {
      usesTrustedPolicy(reply, 'default');
      const policy = String(reply.getHeader('content-security-policy'));
      void reply.header('content-security-policy', policy.replace("style-src 'self'", `style-src 'self' ${style}`));
    }
    await reply
      .status(status)
      .type(type)
      .header('cache-control', type.startsWith('text/html') ? 'no-cache' : 'no-store')
      .send(body);
  }
}
