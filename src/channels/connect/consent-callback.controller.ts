import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { workspaceOf } from './consent-state.js';
import { ReturnFromConsent } from './return-from-consent.js';

const reason = 'the state is the permission, in the session that it was made in';

const words = {
  en: {
    title: 'Nothing was connected',
    text: 'This address belongs to no connection that was begun in this browser just now. Go back to the channel settings and start again.',
  },
  tr: {
    title: 'Hiçbir şey bağlanmadı',
    text: 'Bu adres, bu tarayıcıda az önce başlatılmış bir bağlantıya ait değil. Kanal ayarlarına dönüp yeniden başlayın.',
  },
} as const;

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
    if (!(await this.back.byRedirect(request.context, flows, query))) {
      const language = languageOf(request);
      const { title, text } = words[language];
      await sendPage(reply, this.config, { language, title, body: `<p>${text}</p>`, status: 400 });
      return;
    }
    const state = String(query['state']);
    const target = new URL(`${this.config.publicUrl}/w/${workspaceOf(state) ?? ''}/settings/channels`);
    target.searchParams.set('authorization', state);
    await reply.status(302).header('location', target.href).send();
  }
}
