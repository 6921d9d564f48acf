import { Injectable, Logger } from '@nestjs/common';
import type { MemberActor, RequestContext, RequestOrigin } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { describeError } from '../../platform/logging/index.js';
import { type AuthorizationRow, Authorizations } from './authorizations.js';
import type { ReturnedCode } from './consent-flow.js';
import { ConsentFlows } from './consent-flows.js';
import { refusalSentence } from './refusal.js';
import { WhoBegan } from './who-began.js';

const exchangeMilliseconds = 45_000;

/** A person comes back from a consent: with a code, or without. The state counts once, in the session that began it. */
@Injectable()
export class ReturnFromConsent {
  private readonly logger = new Logger('Consent');

  constructor(
    private readonly whoBegan: WhoBegan,
    private readonly workspaces: Workspaces,
    private readonly authorizations: Authorizations,
    private readonly flows: ConsentFlows,
  ) {}

  /** By the platform's redirect. Gives whether the state was good; what came of the consent stands in its row. */
  async byRedirect(
    { credentials, origin }: RequestContext,
    flowNames: readonly string[],
    query: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const { state, code, error } = query;
    if (typeof state !== 'string') return false;
    const actor = await this.whoBegan.run(credentials, state);
    if (actor === null) return false;
    const row = await this.take(actor, origin, state, (flow) => flowNames.includes(flow));
    if (row === null) return false;
    if (typeof code === 'string' && /^[\x21-\x7e]{1,4096}$/.test(code))
      await this.redeem(actor.workspaceId, row, { code, by: 'redirect', said: {} });
    else
      await this.fail(
        actor.workspaceId,
        row,
        refusalSentence(error === 'access_denied' ? 'CONSENT_REFUSED' : 'CONSENT_FAULT'),
      );
    return true;
  }

  /** From the platform's window on our own page; refuses a state that is not this member's, or was used. */
  async byWindow(actor: MemberActor, origin: RequestOrigin, state: string, returned: ReturnedCode): Promise<void> {
    const row = await this.take(actor, origin, state, (flow) => this.flows.named(flow).byWindow);
    if (row === null) throw new DomainError(ErrorCode.NOT_FOUND, 'Authorization was not found.');
    await this.redeem(actor.workspaceId, row, returned);
  }

  private take(
    actor: MemberActor,
    origin: RequestOrigin,
    state: string,
    takes: (flow: string) => boolean,
  ): Promise<AuthorizationRow | null> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const found = await this.authorizations.find(tx, actor, state);
      if (found === null || !takes(found.flow)) return null;
      return this.authorizations.take(tx, actor, origin, state);
    });
  }

  /** Outside any transaction: the platform is asked, then what came of it is written down. */
  private async redeem(workspaceId: string, row: AuthorizationRow, returned: ReturnedCode): Promise<void> {
    try {
      const grant = await this.flows.named(row.flow).redeem(returned, AbortSignal.timeout(exchangeMilliseconds));
      await this.workspaces.run(workspaceId, (tx) => this.authorizations.grant(tx, row.id, grant));
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.warn(`A consent was lost: ${describeError(error)}`);
      await this.fail(
        workspaceId,
        row,
        error instanceof DomainError ? error.message : refusalSentence('CONSENT_UNASKED'),
      );
    }
  }

  private fail(workspaceId: string, row: AuthorizationRow, reason: string): Promise<void> {
    return this.workspaces.run(workspaceId, (tx) => this.authorizations.fail(tx, row.id, reason));
  }
}
