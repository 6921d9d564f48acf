import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { workspaceOf } from './authorizations.js';
import { ReturnFromConsent } from './return-from-consent.js';

const reason = 'the state is the permission, in the session that it was made in';

/** Where platforms send people back to. A state that is foreign, used or run out is answered 400, all alike. */
@Controller('oauth')
export class ConsentCallbackController {
  constructor(
    private readonly back: ReturnFromConsent,
    private readonly config: Config,
  ) {}

  @Get('meta/callback')
  @Public(reason)
  meta(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.return(['facebook-login', 'embedded-signup'], query, request, reply);
  }

  @Get('instagram/callback')
  @Public(reason)
  instagram(@Query() query: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.return(['instagram-login'], query, request, reply);
  }

  private async return(
    flows: readonly string[],
    given: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const query = given as Readonly<Record<string, unknown>>;
    if (!(await this.back.byRedirect(request.context.credentials, flows, query))) {
      throw new DomainError(
        ErrorCode.BAD_USER_INPUT,
        'This address belongs to no connection that you began here just now. Go back to the channel settings and start again.',
        { field: 'state' },
      );
    }
    const state = String(query['state']);
    const target = new URL(`${this.config.publicUrl}/w/${workspaceOf(state) ?? ''}/settings/channels`);
    target.searchParams.set('authorization', state);
    await reply.status(302).header('location', target.href).send();
  }
}
