import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isAllowedOrigin } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';
import { formByKey } from './contact-forms.js';
import { workspaceOfKey } from './form-key.js';
import type { FormRow } from './form.row.js';

/** A form that was sent from a page on which it may stand. */
export interface AdmittedForm {
  readonly workspaceId: string;
  readonly form: FormRow;
  /** The site, as browsers write an Origin. */
  readonly origin: string;
}

/**
 * Whether a form may be sent from there. Browsers name the Origin of whatever is posted, and where one does not, the page that
 * it was on; who names neither is refused. A program can claim any: this keeps other sites out, programs meet the limits.
 */
@Injectable()
export class AdmitForm {
  constructor(private readonly workspaces: Workspaces) {}

  /** Throws NOT_FOUND for a key that is none, FORBIDDEN for another site. */
  async run(key: string, request: FastifyRequest): Promise<AdmittedForm> {
    const workspaceId = workspaceOfKey(key);
    const form = workspaceId === null ? null : await this.workspaces.read(workspaceId, (tx) => formByKey(tx, key));
    if (workspaceId === null || form === null) throw notFound('The form');
    const origin = siteOf(request);
    if (origin === null || !isAllowedOrigin(form.allowedDomains, origin))
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        'This page may not use this form: its domain is not among those that the form allows.',
      );
    return { workspaceId, form, origin };
  }
}

function siteOf({ headers: { origin, referer } }: FastifyRequest): string | null {
  if (origin !== undefined) return origin;
  return referer === undefined ? null : (URL.parse(referer)?.origin ?? null);
}
