import { Injectable } from '@nestjs/common';
import { type PageLanguage, turnstileAction } from '../../accounts/index.js';
import { SystemDatabase } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Turnstile } from '../../platform/http/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { checkHints } from './check-hints.js';
import { PrivacyRequestOrigin } from './enums.js';
import { IntakeLimits } from './intake-limits.js';
import { checkNote } from './open-privacy-request.js';
import { PrivacyRequests } from './privacy-requests.js';
import { withProof } from './proof-tokens.js';
import type { PublicRequest } from './public-request.js';
import { RequestNotices } from './request-notices.js';
import type { RequestRow } from './request.row.js';
import { routeRequest } from './route-request.worker.js';

/**
 * Anybody asks, signed out. Whose it is is looked for afterwards, so that the answer says nothing of who is known here; an
 * address that was left gets a link which proves it.
 */
@Injectable()
export class OpenPublicRequest {
  constructor(
    private readonly limits: IntakeLimits,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
    private readonly outbox: Outbox,
    private readonly turnstile: Turnstile,
  ) {}

  async run(asked: PublicRequest, ip: string | null, language: PageLanguage): Promise<RequestRow> {
    const hints = checkHints(asked.hints);
    const note = checkNote(asked.text);
    await this.limits.countCaller(ip);
    if (asked.trapped) throw trapped();
    await this.turnstile.require(asked.turnstileToken, turnstileAction);
    await this.limits.count(hints.email ?? null);
    return this.system.run(async (tx) => {
      const opened = await this.requests.open(tx, {
        kind: asked.kind,
        origin: PrivacyRequestOrigin.PUBLIC_FORM,
        hints,
        replyTo: hints.email ?? null,
        note,
        // Without a word of another law, whoever reads Turkish is most likely in Türkiye; both give 30 days.
        law: asked.law ?? (language === 'tr' ? 'KVKK' : null),
        onBehalfOf: asked.onBehalfOf,
        minor: asked.minor,
        language,
      });
      await this.outbox.scheduleForInstance(tx, routeRequest, opened.id);
      if (opened.details.replyTo === null) return opened;
      const { row, token } = withProof(opened);
      await this.notices.tell(tx, row, 'received', { token });
      return this.requests.save(tx, row);
    });
  }
}

/** Nobody's request is dropped in silence: a browser may have filled in the field that people do not see. */
function trapped(): DomainError {
  return new DomainError(
    ErrorCode.FORBIDDEN,
    'The check against spam did not pass: a field that has to stay empty was filled in. Load the page again, or write to the address on the privacy page.',
  );
}
