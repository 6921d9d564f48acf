import { Controller, Get, HttpCode, Options, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { escapeHtml, languageOf, sendPage } from '../../accounts/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { AdmitForm } from './admit-form.js';
import { formWords } from './form-pages.js';
import type { Problem } from './read-submission.js';
import { SubmitForm } from './submit-form.js';

const longestBody = 100_000;
const preflightSeconds = 600;
const anyone =
  'anyone may write to a business from a page that its form allows; rate limited, and checked against spam';
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  [ErrorCode.FORBIDDEN]: 403,
  [ErrorCode.NOT_FOUND]: 404,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.UNAVAILABLE]: 503,
};

/** `POST /forms/v1/:publicKey`: a contact form is sent in. Programs and scripts send JSON; a page's form ends on a page. */
@Controller('forms/v1')
export class FormsController {
  constructor(
    private readonly submit: SubmitForm,
    private readonly admit: AdmitForm,
    private readonly config: Config,
  ) {}

  /** A browser asks whether a script of that page may send JSON. */
  @Options(':publicKey')
  @HttpCode(204)
  @Public(anyone)
  async ask(
    @Param('publicKey') key: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { origin } = await this.admit.run(key, request);
    allow(reply, origin);
    void reply
      .header('access-control-allow-methods', 'POST')
      .header('access-control-allow-headers', 'content-type')
      .header('access-control-max-age', String(preflightSeconds));
  }

  @Post(':publicKey')
  @Public(anyone)
  async take(
    @Param('publicKey') key: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
    const wantsPage = isForm && !/\bapplication\/json\b/.test(request.headers.accept ?? '');
    try {
      const { origin } = await this.admit.run(key, request);
      allow(reply, origin);
      const submitted = await this.submit.run(key, request, fieldsOf(request.body, isForm));
      if (!submitted.taken) await this.refuse(request, reply, submitted.problems, wantsPage);
      else if (wantsPage)
        await reply
          .status(303)
          .header('location', `/forms/v1/thanks?lang=${languageOf(request)}`)
          .send();
      else await reply.status(202).send({ received: true });
    } catch (error) {
      if (!wantsPage || !(error instanceof DomainError)) throw error;
      await this.sayRefused(request, reply, error);
    }
  }

  /** Where somebody without a script comes to. It says nothing of what they sent. */
  @Get('thanks')
  @Public('says thank you, to whoever comes')
  thanks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const language = languageOf(request);
    const { title, text } = formWords[language].thanks;
    return sendPage(reply, this.config, { language, title, body: `<p>${text}</p>`, path: '/forms/v1/thanks' });
  }

  private async refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    problems: readonly Problem[],
    wantsPage: boolean,
  ): Promise<void> {
    if (!wantsPage) {
      const message = 'Something has to be put right before this can be sent.';
      const fields = problems.map(({ field, message: why }) => ({ field, message: why }));
      await reply.status(422).send({ code: ErrorCode.BAD_USER_INPUT, message, fields, requestId: request.id });
      return;
    }
    const language = languageOf(request);
    const words = formWords[language];
    const items = problems.map(
      ({ field, code }) => `<li>${escapeHtml(words.fields[field] ?? field)}: ${words.problems[code]}</li>`,
    );
    const body = `<ul>${items.join('')}</ul>\n<p>${words.back}</p>`;
    await sendPage(reply, this.config, { language, title: words.refused, body, status: 422 });
  }

  /** Whoever filled in a page reads one. */
  private async sayRefused(request: FastifyRequest, reply: FastifyReply, error: DomainError): Promise<void> {
    const language = languageOf(request);
    const words = formWords[language];
    if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
    const body = `<p>${words.why[error.code] ?? words.other}</p>\n<p>${words.back}</p>`;
    const status = statuses[error.code] ?? 422;
    await sendPage(reply, this.config, { language, title: words.refused, body, status });
  }
}

/** Lets a script of that site, and of no other, read the answer. */
function allow(reply: FastifyReply, origin: string): void {
  void reply.header('access-control-allow-origin', origin).header('vary', 'origin');
}

function fieldsOf(body: unknown, isForm: boolean): Readonly<Record<string, unknown>> {
  if (!Buffer.isBuffer(body) || body.length === 0) throw badInput('message', 'Send a form, or a JSON object.');
  if (body.length > longestBody) throw badInput('message', 'This is too long. Write it in fewer words.');
  if (isForm) return Object.fromEntries(new URLSearchParams(body.toString()));
  try {
    const fields: unknown = JSON.parse(body.toString());
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return fields as Readonly<Record<string, unknown>>;
  } catch {
    // Said below in one way for everything that is no object.
  }
  throw badInput('message', 'Send a form, or a JSON object.');
}
