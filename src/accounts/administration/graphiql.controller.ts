import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentRequest, Public, type RequestContext, type RoleName, userOf } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { notFound } from '../../platform/errors/index.js';
import { GraphiqlPage, usesTrustedPolicy } from '../../platform/http/index.js';
import { Role } from '../enums.js';
import { sendDoor } from './door-page.js';

const administrators: ReadonlySet<RoleName> = new Set([Role.OWNER, Role.ADMIN]);

/** `GET /graphiql`: the page on which people try the API, from this server alone. */
@Controller()
export class GraphiqlController {
  constructor(
    private readonly config: Config,
    private readonly page: GraphiqlPage,
  ) {}

  /** In production for who may ask for the schema; in development for everyone who is signed in. */
  @Get('graphiql')
  @Public('it tells who is not let in what to do')
  async show(
    @CurrentRequest() { actor }: RequestContext,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (this.page.html === null) throw notFound('The page');
    const user = userOf(actor);
    if (user === null) return sendDoor(request, reply, this.config, '/graphiql', 'signIn');
    const administers = user.memberships.some(({ role }) => administrators.has(role));
    if (this.config.production && !administers) return sendDoor(request, reply, this.config, '/graphiql', 'refused');
    // Its editors show the schema's descriptions as markup, which its own policy cuts down to that (apps/graphiql).
    usesTrustedPolicy(reply, 'default');
    await reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(this.page.html);
  }
}
