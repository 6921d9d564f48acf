import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Config } from '../config/index.js';
import { SystemDatabase, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import { Recipients } from '../recipients/index.js';
import { Secrets } from '../secrets/index.js';
import { OutgoingClient } from './outgoing-client.js';

const patience = 5_000;
const longestToken = 2_048;
/** A token is good for 300 seconds; what was used is remembered a little longer. */
const rememberSeconds = 600;
const tries = 2;

interface Verdict {
  readonly success?: unknown;
  readonly hostname?: unknown;
  readonly action?: unknown;
  readonly 'error-codes'?: unknown;
}

/**
 * Whether a person filled in a public form, as Cloudflare's Turnstile says; every form passes where it is not in force. Where
 * it cannot be asked nobody passes: whoever is refused is told another way.
 */
@Injectable()
export class Turnstile {
  private readonly logger = new Logger(Turnstile.name);

  constructor(
    private readonly config: Config,
    private readonly outgoing: OutgoingClient,
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly recipients: Recipients,
  ) {}

  /**
   * What is configured, from the day on from which Cloudflare may be called: neither a browser nor this server does before, and
   * a form that waited for an answer would be shut until then.
   */
  get inForce(): Config['turnstile'] {
    const { turnstile } = this.config;
    if (turnstile === null) return null;
    return this.recipients.refusalOf(new URL(turnstile.verifyUrl).hostname) === null ? turnstile : null;
  }

  /**
   * Throws FORBIDDEN for a form without a token of that page and `action`, or with one that was used. The page is on our own
   * host where none is given.
   */
  async require(token: string | null, action: string, host = new URL(this.config.publicUrl).hostname): Promise<void> {
    if (this.inForce === null) return;
    if (token === null || token === '' || token.length > longestToken) throw this.refusal();
    // Cloudflare takes a token once as well; asked by two of our processes at the same moment it might say yes to both.
    if (!(await this.isFirst(token))) throw this.refusal();
    if (!this.isGood(await this.ask(token), action, host)) throw this.refusal();
  }

  private async isFirst(token: string): Promise<boolean> {
    const noted = await this.system.first(sql`
      insert into guesses (key, points, expires_at)
      values (${this.secrets.digest('turnstile', token)}, 1, now() + make_interval(secs => ${rememberSeconds}))
      on conflict (key) do nothing returning points`);
    return noted !== null;
  }

  private isGood({ success, hostname, action }: Verdict, wanted: string, host: string): boolean {
    const { turnstile } = this.config;
    if (success !== true) return false;
    // Cloudflare's own keys for trying out name a page and an action of theirs.
    if (turnstile?.forTrying === true) return true;
    return hostname === host && action === wanted;
  }

  /** What Cloudflare says; nothing where it does not say anything in time. */
  private async ask(token: string): Promise<Verdict> {
    const { secretKey = '', verifyUrl = '' } = this.config.turnstile ?? {};
    // The address of whoever asks is not sent along: the check works without it.
    const form = { secret: secretKey, response: token, idempotency_key: randomUUID() };
    for (let tried = 1; tried <= tries; tried += 1) {
      try {
        const { body } = await this.outgoing.request(verifyUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
          timeout: patience,
          maxBytes: 20_000,
        });
        const verdict = JSON.parse(body.toString()) as Verdict | null;
        // The same check may be asked again under the same name.
        if (codesOf(verdict).includes('internal-error') && tried < tries) continue;
        this.complain(verdict);
        return verdict ?? {};
      } catch (error) {
        if (tried === tries) this.logger.warn(`Turnstile gave no answer, and the form was refused: ${String(error)}`);
      }
    }
    return {};
  }

  /** Keys that are wrong shut the form for everybody: whoever runs this has to know. */
  private complain(verdict: Verdict | null): void {
    const ours = codesOf(verdict).filter((code) => code.endsWith('-input-secret') || code === 'bad-request');
    if (ours.length > 0) this.logger.error(`TURNSTILE_SECRET_KEY is not taken (${ours.join(', ')}): no form passes.`);
  }

  private refusal(): DomainError {
    const { privacyEmail } = this.config.operator;
    return new DomainError(
      ErrorCode.FORBIDDEN,
      `The check against spam did not pass. Load the page again and try once more, or write to ${privacyEmail}: a plain mail is enough.`,
    );
  }
}

function codesOf(verdict: Verdict | null): string[] {
  const codes = verdict?.['error-codes'];
  return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : [];
}
