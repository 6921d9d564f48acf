import { Controller, Get, Header, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/access/index.js';
import { Config } from '../../../platform/config/index.js';
import { isUuid } from '../../../platform/database/index.js';
import { letsOthersIn } from '../../../platform/http/index.js';

/** Hosts that Paddle's script and its checkout are on, and what they load. */
const paddles = 'https://cdn.paddle.com https://*.paddle.com';

const words = {
  en: {
    title: 'Payment',
    wait: 'The checkout of Paddle, our merchant of record, opens here.',
    failed: 'It did not open? A blocker may hold Paddle’s script back: allow cdn.paddle.com and load the page again.',
    back: 'Back to Parley',
    refund: 'Refunds and cancelling',
  },
  tr: {
    title: 'Ödeme',
    wait: 'Kayıtlı satıcımız Paddle’ın ödeme sayfası burada açılır.',
    failed:
      'Açılmadı mı? Bir engelleyici Paddle’ın betiğini tutuyor olabilir: cdn.paddle.com’a izin verip sayfayı yeniden yükleyin.',
    back: 'Parley’e dön',
    refund: 'İadeler ve iptal',
  },
} as const;

/** Begins the checkout that the address names (`_ptxn`): Paddle's script finds it there by itself. */
const script = `const { token, done, back } = document.currentScript.dataset;
if (globalThis.Paddle) {
  if (token.startsWith('test_')) Paddle.Environment.set('sandbox');
  Paddle.Initialize({
    token,
    checkout: { settings: { successUrl: done } },
    eventCallback: ({ name }) => { if (name === 'checkout.closed') location.assign(back); },
  });
}
`;

/**
 * The page on which Paddle's checkout opens: Paddle wants one of the seller's own, named to it as default payment link. Paddle
 * alone sees the card; the page holds nothing of a workspace but where the buyer goes back to.
 */
@Controller('billing')
export class PayPageController {
  constructor(private readonly config: Config) {}

  @Get('pay')
  @Header('cache-control', 'no-store')
  @Public('a page of payment; it names nobody')
  page(
    @Query('workspace') workspace: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    const token = this.config.merchant?.clientToken ?? null;
    if (token === null) {
      reply.status(404).type('text/plain; charset=utf-8');
      return 'There is no page of payment here.';
    }
    const sources = {
      'script-src': paddles,
      'frame-src': paddles,
      'connect-src': paddles,
      'style-src': paddles,
      'img-src': paddles,
    };
    letsOthersIn(reply, sources);
    reply.type('text/html; charset=utf-8');
    const language = /^\s*tr\b/i.test(request.headers['accept-language'] ?? '') ? 'tr' : 'en';
    const say = words[language];
    const home = this.config.publicUrl;
    const back = typeof workspace === 'string' && isUuid(workspace) ? `${home}/w/${workspace}/settings/billing` : home;
    const opening = `<script src="/billing/pay/script" data-token="${token}" data-done="${back}?billing=done" data-back="${back}"></script>`;
    return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${say.title}</title>
<script src="https://cdn.paddle.com/paddle/v2/paddle.js"></script>
${opening}
</head>
<body>
<main>
<h1>${say.title}</h1>
<p>${say.wait}</p>
<p>${say.failed}</p>
<p><a href="${back}">${say.back}</a></p>
<p><a href="/policies/refund">${say.refund}</a></p>
</main>
</body>
</html>
`;
  }

  @Get('pay/script')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Public('a page of payment; it names nobody')
  script(): string {
    return script;
  }
}
