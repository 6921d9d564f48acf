import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import type { ReceiptHead } from './page/check-receipts.mjs';
import { readPageScript } from './read-page-script.js';
import { Receipts } from './receipts.js';
import { type PublishedKey, SigningKeys } from './signing-keys.js';
import { verifyPage } from './verify-page.js';

const checkable = 'anyone may check a receipt';
const script = 'text/javascript; charset=utf-8';

/** What it takes to check a receipt without trusting this server: the public keys, and a page that sends nothing. */
@Controller()
export class ProofController {
  private readonly check = readPageScript('check-receipts.mjs');
  private readonly page = readPageScript('verify-page.mjs');

  constructor(
    private readonly config: Config,
    private readonly receipts: Receipts,
    private readonly keys: SigningKeys,
  ) {}

  /** The public keys (RFC 7517), those that sign no more among them, and the signed end of the chain. */
  @Get('.well-known/receipt-keys.json')
  @Public(checkable)
  async published(): Promise<{ keys: readonly PublishedKey[]; head: ReceiptHead }> {
    return { keys: await this.keys.published(), head: await this.receipts.head() };
  }

  @Get('privacy/verify')
  @Public(checkable)
  async verify(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const page = verifyPage(await this.published(), language);
    await sendPage(reply, this.config, { ...page, language, path: '/privacy/verify' });
  }

  @Get('privacy/check-receipts.mjs')
  @Header('content-type', script)
  @Public(checkable)
  checkScript(): string {
    return this.check;
  }

  @Get('privacy/verify-page.mjs')
  @Header('content-type', script)
  @Public(checkable)
  pageScript(): string {
    return this.page;
  }
}
