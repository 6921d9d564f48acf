import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebChats, frameAncestors } from '../../channels/index.js';
import { Public } from '../../platform/access/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { ReadChatSettings } from './chat-settings.js';
import { FrameTickets } from './frame-tickets.js';
import { type ScriptFile, WidgetPages } from './widget-pages.js';

/** The chat itself, as a page of ours in a frame of the site's, and the loader that puts it there. */
@Controller()
export class WidgetFrameController {
  constructor(
    private readonly chats: WebChats,
    private readonly tickets: FrameTickets,
    private readonly pages: WidgetPages,
    private readonly settings: ReadChatSettings,
  ) {}

  @Get('widget/frame')
  @Public('a page that the chat allows may frame it')
  async frame(
    @Query('key') key: unknown,
    @Query('v') version: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // A loader may lie in a browser for as long as it likes: it says what it speaks, and the first did not say it.
    if (!spoken.test(typeof version === 'string' ? version : '1')) throw notFound('This version of the chat');
    const chat = await this.chats.byKey(typeof key === 'string' ? key : '');
    if (chat === null) throw notFound('This chat');
    const page = originOf(request.headers.referer);
    // Where the browser tells which page it is, the answer is plain already; where not, the policy below decides.
    if (page !== null && !this.chats.allows(chat, page))
      throw new DomainError(ErrorCode.FORBIDDEN, 'This page may not show this chat.');
    const html = await this.pages.frame();
    if (html === null) throw notFound('The chat of this server');
    const { publicKey, allowedDomains, allowApps } = chat.settings;
    const ticket = this.tickets.issue(publicKey, page);
    const told = [
      ['parley-key', publicKey],
      ['parley-ticket', ticket],
      ['parley-settings', JSON.stringify(await this.settings.of(chat))],
    ] as const;
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      // The chat makes no markup and no code of any text.
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      `frame-ancestors ${frameAncestors(allowedDomains, allowApps)}`,
    ].join('; ');
    // The policy says who may frame it; the older header knows only nobody and ourselves.
    await reply
      .removeHeader('x-frame-options')
      .header('content-security-policy', policy)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cross-origin-embedder-policy', 'require-corp')
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replace('</head>', () => `${told.map(([name, value]) => meta(name, value)).join('')}</head>`));
  }

  @Get('widget.js')
  @Public('any page may load it; what it opens is decided for each chat')
  async loader(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendScript(request, reply, await this.pages.loader(acceptEncodingOf(request)));
  }

  @Get('widget/preview')
  @Public('a page of this server may frame it; it shows what that page tells it, and knows of no chat')
  async preview(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // By itself it is nothing: browsers say who asks, and what for.
    const { 'sec-fetch-site': site, 'sec-fetch-dest': destination } = request.headers;
    if (site !== 'same-origin' || destination !== 'iframe') throw notFound('This page');
    // It has no origin and reaches nobody: what is not saved yet is shown by the real chat, and no session is begun.
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      'img-src data:',
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-scripts',
    ].join('; ');
    await reply
      // A page that has no origin cannot be asked to share one.
      .removeHeader('origin-agent-cluster')
      .header('x-frame-options', 'SAMEORIGIN')
      .header('content-security-policy', policy)
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(previewPage);
  }

  @Get('widget/preview.js')
  @Public('the code of the chat, as every site has it')
  async previewScript(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await sendScript(request, reply, await this.pages.preview(acceptEncodingOf(request)));
  }
}

const previewPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>Chat</title>
    <link rel="icon" href="data:,">
  </head>
  <body><script src="/widget/preview.js"></script></body>
</html>
`;

const acceptEncodingOf = (request: FastifyRequest): string => request.headers['accept-encoding'] ?? '';

/** Sends a script that pages of any origin may run, and pages of none. */
async function sendScript(request: FastifyRequest, reply: FastifyReply, script: ScriptFile | null): Promise<void> {
  if (script === null) throw notFound('The chat of this server');
  const { body, encoding, etag } = script;
  reply
    // It says what a page may use. Each site fetches this script, and no browser reads that of one.
    .removeHeader('permissions-policy')
    .header('vary', 'accept-encoding')
    .header('etag', etag)
    .header('cache-control', 'public, max-age=300')
    .header('cross-origin-resource-policy', 'cross-origin');
  if (request.headers['if-none-match']?.includes(etag) === true) {
    await reply.status(304).send();
    return;
  }
  if (encoding !== null) reply.header('content-encoding', encoding);
  await reply.header('content-type', 'text/javascript; charset=utf-8').send(body);
}

/** What this server speaks with loaders: `major.minor`. Two majors are kept, once there are two. */
const spoken = /^1(\.\d{1,3})?$/;

function meta(name: string, value: string): string {
  const escaped = value.replace(/[&<>"]/g, (one) => `&#${String(one.charCodeAt(0))};`);
  return `<meta name="${name}" content="${escaped}">`;
}

function originOf(referer: string | undefined): string | null {
  const url = referer === undefined ? null : URL.parse(referer);
  return url === null || url.origin === 'null' ? null : url.origin;
}
