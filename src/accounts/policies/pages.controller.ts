import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { notFound } from '../../platform/errors/index.js';
import { Turnstile, letsTurnstileIn } from '../../platform/http/index.js';
import { AnnouncedRecipients } from './announced-recipients.js';
import { helpPage, processorsTable } from './help-page.js';
import { markdownToHtml } from './markdown.js';
import { languageOf, pageStyle, sendPage } from './page.js';
import { PolicyDocuments, type PolicyText } from './policy-documents.js';
import { PolicyKind } from './policy-kind.js';
import { processorsOf } from './processors.js';

const securityDays = 180;
const readable = 'anyone may read it';

/** The public pages: HTML that works without a script, in English and Turkish. */
@Controller()
export class PagesController {
  constructor(
    private readonly documents: PolicyDocuments,
    private readonly config: Config,
    private readonly announced: AnnouncedRecipients,
    private readonly turnstile: Turnstile,
  ) {}

  @Get('privacy')
  @Public(readable)
  async help(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const { version } = this.documents.inForce(PolicyKind.PRIVACY, language);
    const turnstile = this.turnstile.inForce;
    const page = helpPage(this.config, language, turnstile);
    if (turnstile !== null) letsTurnstileIn(reply, turnstile.origin);
    await sendPage(reply, this.config, { ...page, language, updated: version, path: '/privacy' });
  }

  @Get('privacy/processors')
  @Public(readable)
  async processors(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const { version } = this.documents.inForce(PolicyKind.PRIVACY, language);
    const title = language === 'tr' ? 'Veri alıcıları' : 'Recipients of data';
    const body = processorsTable(processorsOf(this.config, language), await this.announced.list(language), language);
    await sendPage(reply, this.config, { title, body, language, updated: version, path: '/privacy/processors' });
  }

  @Get('policies/:kind')
  @Public(readable)
  async policy(@Param('kind') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const kind = kindOf(name);
    const language = languageOf(request);
    await this.send(reply, this.documents.inForce(kind, language), language, `/policies/${name}`);
  }

  @Get('policies/:kind/:version')
  @Public(readable)
  async version(
    @Param('kind') name: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const language = languageOf(request);
    const text = this.documents.version(kindOf(name), version, language);
    if (text === null) throw notFound('This version');
    await this.send(reply, text, language, `/policies/${name}/${text.version}`);
  }

  /** RFC 9116. */
  @Get('.well-known/security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Public(readable)
  security(): string {
    const { operator, publicUrl } = this.config;
    const expires = new Date(Date.now() + securityDays * 86_400_000);
    expires.setUTCHours(0, 0, 0, 0);
    return [
      `Contact: mailto:${operator.securityEmail}`,
      `Expires: ${expires.toISOString().replace('.000', '')}`,
      'Preferred-Languages: en, tr',
      `Canonical: ${publicUrl}/.well-known/security.txt`,
      '',
    ].join('\n');
  }

  @Get('page-style')
  @Header('content-type', 'text/css; charset=utf-8')
  @Public(readable)
  style(): string {
    return pageStyle;
  }

  private async send(reply: FastifyReply, text: PolicyText, language: 'en' | 'tr', path: string): Promise<void> {
    const { title, body, version } = text;
    await sendPage(reply, this.config, { title, body: markdownToHtml(body), language, updated: version, path });
  }
}

function kindOf(name: string): PolicyKind {
  const kind = Object.values(PolicyKind).find((one) => one.toLowerCase() === name);
  if (kind === undefined) throw notFound('This policy');
  return kind;
}
