import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GqlArgumentsHost } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../access/index.js';
import { RefusalLog } from '../audit/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';

const statusOf: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.UNAUTHENTICATED]: 401,
  [ErrorCode.FORBIDDEN]: 403,
  [ErrorCode.NOT_FOUND]: 404,
  [ErrorCode.BAD_USER_INPUT]: 422,
  [ErrorCode.CONFLICT]: 409,
  // What has no room: the one limit that is met over HTTP.
  [ErrorCode.PLAN_LIMIT]: 413,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.UNAVAILABLE]: 503,
  [ErrorCode.INTERNAL]: 500,
};

/**
 * The one place where an error becomes an HTTP answer; GraphQL has its own. What is refused to a member is brought to the
 * audit log from here: guards and resolvers of every operation end up here, over HTTP and over a socket.
 */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly refusals: RefusalLog) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() !== 'http') return this.passOn(error, host);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const context = (request as Partial<FastifyRequest>).context;
    context?.noted.errors.push(error instanceof DomainError ? error.code : ErrorCode.INTERNAL);
    if (error instanceof DomainError) {
      if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
      const body = { code: error.code, message: error.message, field: error.field, requestId: request.id };
      return reply.status(statusOf[error.code] ?? 400).send(body);
    }
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: number } | null)?.statusCode ?? 500);
    if (status >= 500) {
      this.logger.error({ err: error, requestId: request.id }, 'A request failed.');
      const message = `Something went wrong on our side. If it happens again, report this id: ${request.id}`;
      return reply.status(500).send({ code: ErrorCode.INTERNAL, message, requestId: request.id });
    }
    return reply.status(status).send({
      code: status === 404 ? ErrorCode.NOT_FOUND : ErrorCode.BAD_USER_INPUT,
      message: wordsFor(status),
      requestId: request.id,
    });
  }

  // GraphQL formats its errors itself.
  private async passOn(error: unknown, host: ArgumentsHost): Promise<never> {
    const graphql = GqlArgumentsHost.create(host);
    const context: unknown = graphql.getContext();
    if (error instanceof DomainError && context instanceof RequestContext && context.actor?.kind === 'member') {
      const { fieldName } = graphql.getInfo<GraphQLResolveInfo>();
      await this.refusals.note(context.actor, fieldName, error, context.origin);
    }
    throw error;
  }
}

function wordsFor(status: number): string {
  if (status === 404) return 'There is nothing at this address.';
  if (status === 413) return 'What was sent is too large.';
  if (status === 415) return 'This content type is not taken here.';
  return 'The request cannot be understood.';
}
