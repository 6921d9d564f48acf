import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { CompleteInstall } from './complete-install.js';

const words = {
  en: {
    title: 'No store was connected',
    text: 'This address belongs to no connection that was begun in this browser just now. Go back to the Shopify settings and start again.',
  },
  tr: {
    title: 'Hiçbir mağaza bağlanmadı',
    text: 'Bu adres, bu tarayıcıda az önce başlatılmış bir bağlantıya ait değil. Shopify ayarlarına dönüp yeniden başlayın.',
  },
} as const;

/** Where Shopify sends people back to. What is forged, foreign, used or run out is answered 400, all alike. */
@Controller('oauth/shopify')
export class ShopifyCallbackController {
  constructor(
    private readonly complete: CompleteInstall,
    private readonly config: Config,
  ) {}

  @Get('callback')
  @Public('the state is the permission, in the session that it was made in, and Shopify signs the whole of it')
  async back(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // As it came: what was parsed may have lost what was signed.
    const [, query = ''] = request.url.split('?', 2);
    const end = await this.complete.run(request.context, new URLSearchParams(query));
    if (end === null) {
      const language = languageOf(request);
      const { title, text } = words[language];
      await sendPage(reply, this.config, { language, title, body: `<p>${text}</p>`, status: 400 });
      return;
    }
    const target = new URL(`${this.config.publicUrl}/w/${end.workspaceId}/settings/shopify`);
    if (end.refused !== null) target.searchParams.set('refused', end.refused);
    await reply.status(302).header('location', target.href).send();
  }
}
