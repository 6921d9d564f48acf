import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Controller, Get, Injectable, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WebChats, frameAncestors } from '../../channels/index.js';
import { Public } from '../../platform/access/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { FrameTickets } from './frame-tickets.js';

const compress = promisify(gzip);

/** The pages of the chat, where the build puts them. */
@Injectable()
export class WidgetPages {
  readonly folder = builtFolder();

  /** A built file; null where the chat was not built. */
  async read(name: 'frame.html' | 'widget.js'): Promise<string | null> {
    try {
      return await readFile(path.join(this.folder, name), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }
}

/** The chat itself, as a page of ours in a frame of the site's, and the loader that puts it there. */
@Controller()
export class WidgetFrameController {
  constructor(
    private readonly chats: WebChats,
    private readonly tickets: FrameTickets,
    private readonly pages: WidgetPages,
  ) {}

  @Get('widget/frame')
  @Public('a page that the chat allows may frame it')
  async frame(@Query('key') key: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const chat = await this.chats.byKey(typeof key === 'string' ? key : '');
    if (chat === null) throw notFound('This chat');
    const page = originOf(request.headers.referer);
    // Where the browser tells which page it is, the answer is plain already; where not, the policy below decides.
    if (page !== null && !this.chats.allows(chat, page))
      throw new DomainError(ErrorCode.FORBIDDEN, 'This page may not show this chat.');
    const html = await this.pages.read('frame.html');
    if (html === null) throw notFound('The chat of this server');
    const { publicKey, allowedDomains } = chat.settings;
    const ticket = this.tickets.issue(publicKey, page);
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "media-src 'self'",
      "connect-src 'self'",
      "form-action 'none'",
      "base-uri 'none'",
      `frame-ancestors ${frameAncestors(allowedDomains)}`,
    ].join('; ');
    // The policy says who may frame it; the older header knows only nobody and ourselves.
    await reply
      .removeHeader('x-frame-options')
      .header('content-security-policy', policy)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('cross-origin-embedder-policy', 'require-corp')
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replace('</head>', `${meta('parley-key', publicKey)}${meta('parley-ticket', ticket)}</head>`));
  }

  @Get('widget.js')
  @Public('any page may load it; what it opens is decided for each chat')
  async loader(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const script = await this.pages.read('widget.js');
    if (script === null) throw notFound('The chat of this server');
    // Every page of a site pays for this one file, also where nothing before this server compresses.
    const compressed = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (compressed) reply.header('content-encoding', 'gzip');
    await reply
      .header('vary', 'accept-encoding')
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=300')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(compressed ? await compress(script) : script);
  }
}

/** Both values are of letters, digits, dots, dashes and underscores. */
function meta(name: string, value: string): string {
  return `<meta name="${name}" content="${value}">`;
}

function originOf(referer: string | undefined): string | null {
  const url = referer === undefined ? null : URL.parse(referer);
  return url === null || url.origin === 'null' ? null : url.origin;
}

/** Beside the server in a build; below `dist` where the sources run. */
function builtFolder(): string {
  const base = path.join(import.meta.dirname, '..', '..', '..');
  return path.basename(base) === 'dist' ? path.join(base, 'widget') : path.join(base, 'dist', 'widget');
}
