import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { languageOf } from '../../accounts/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Turnstile } from '../../platform/http/index.js';
import { AdmitForm } from './admit-form.js';
import { formAction } from './embed-snippet.js';
import { FormLimits } from './form-limits.js';
import { type Problem, readSubmission } from './read-submission.js';
import { TakeSubmission } from './take-submission.js';

/** What came of a form that was sent in. */
export type Submitted = { readonly taken: true } | { readonly taken: false; readonly problems: readonly Problem[] };

/** Somebody sends a contact form in, signed out, from a page of the business. */
@Injectable()
export class SubmitForm {
  constructor(
    private readonly admit: AdmitForm,
    private readonly limits: FormLimits,
    private readonly turnstile: Turnstile,
    private readonly take: TakeSubmission,
  ) {}

  async run(key: string, request: FastifyRequest, given: Readonly<Record<string, unknown>>): Promise<Submitted> {
    const { workspaceId, form, origin } = await this.admit.run(key, request);
    await this.limits.countCaller(request.ip);
    const read = readSubmission(given);
    // Before the check against spam, whose token is good for once.
    if ('problems' in read) return { taken: false, problems: read.problems };
    const { submission } = read;
    if (submission.trapped) throw trapped();
    await this.turnstile.require(submission.turnstileToken, formAction, new URL(origin).hostname);
    await this.limits.countForm(form.id);
    await this.take.run(workspaceId, key, submission, languageOf(request));
    return { taken: true };
  }
}

/** Nobody's message is dropped in silence: a browser may have filled in the field that people do not see. */
function trapped(): DomainError {
  return new DomainError(
    ErrorCode.FORBIDDEN,
    'The check against spam did not pass. Load the page again and try once more, or write to the business in another way.',
  );
}
