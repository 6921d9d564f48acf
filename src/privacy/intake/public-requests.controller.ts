import { Controller, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { PublicLinks } from '../../platform/mail/index.js';
import { formRefusal } from './form-refusals.js';
import { OpenPublicRequest } from './open-public-request.js';
import { readPublicRequest } from './public-request.js';
import { stateWords } from './state-words.js';

const longestBody = 60_000;

/** `POST /privacy/requests`: anybody asks. Programs send JSON and get the code; a page's form leads to the request's state. */
@Controller('privacy/requests')
export class PublicRequestsController {
  constructor(
    private readonly opening: OpenPublicRequest,
    private readonly links: PublicLinks,
    private readonly config: Config,
  ) {}

  @Post()
  @Public('anyone may ask under the law; rate limited, and checked against spam where that is set up')
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
    const wantsPage = isForm && !/\bapplication\/json\b/.test(request.headers.accept ?? '');
    try {
      const code = await this.codeOf(request, isForm);
      if (wantsPage) await reply.status(303).header('location', `/privacy/requests/${code}`).send();
      else
        await reply
          .status(202)
          .send({ confirmation_code: code, statusUrl: this.links.publicLink(`/privacy/requests/${code}`) });
    } catch (error) {
      if (!wantsPage || !(error instanceof DomainError)) throw error;
      await this.sayRefused(request, reply, error);
    }
  }

  private async codeOf(request: FastifyRequest, isForm: boolean): Promise<string> {
    const asked = readPublicRequest(fieldsOf(request.body, isForm));
    return (await this.opening.run(asked, request.ip, languageOf(request))).code;
  }

  /** Whoever filled in a page reads one. */
  private sayRefused(request: FastifyRequest, reply: FastifyReply, error: DomainError): Promise<void> {
    const language = languageOf(request);
    const { title, why } = stateWords[language].notPassed;
    const { privacyEmail } = this.config.operator;
    if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
    const { status, body } =
      error.code === ErrorCode.FORBIDDEN
        ? { status: 403, body: `<p>${why(privacyEmail)}</p>` }
        : formRefusal(error, language, privacyEmail);
    return sendPage(reply, this.config, { language, title, body, status });
  }
}

function fieldsOf(body: unknown, isForm: boolean): Readonly<Record<string, unknown>> {
  if (!Buffer.isBuffer(body) || body.length === 0) throw badInput('text', 'Say in a few words what you want.');
  if (body.length > longestBody) throw badInput('text', 'This is too long. Write what you want in fewer words.');
  if (isForm) return Object.fromEntries(new URLSearchParams(body.toString()));
  try {
    const fields: unknown = JSON.parse(body.toString());
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Readonly<Record<string, unknown>>;
  } catch {
    // Said below in one way for everything that is no object.
  }
  throw badInput('text', 'Send a form, or a JSON object.');
}
