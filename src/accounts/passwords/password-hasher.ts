import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { badInput } from '../../platform/errors/index.js';
import { HashGate } from './hash-gate.js';
import { HashThreads } from './hash-threads.js';
import { RefusedPasswords } from './refused-passwords.js';

/** Provider token of bcrypt's cost. */
export const bcryptCost = Symbol('bcryptCost');

const shortest = 10;
const longest = 1024;

/**
 * bcrypt over base64(HMAC-SHA-384(pepper, password)). bcrypt reads 72 bytes and stops at a NUL; the 64 characters that
 * it gets here depend on every byte of the password, and without the pepper a stolen table cannot be guessed against.
 */
@Injectable()
export class PasswordHasher {
  private readonly pepper: string;
  private readonly refused: RefusedPasswords;
  /** Belongs to nobody: checking against it costs what checking against a person's hash costs. */
  private readonly nobody: string;

  constructor(
    config: Config,
    private readonly gate: HashGate,
    private readonly threads: HashThreads,
    @Inject(bcryptCost) private readonly cost: number,
  ) {
    this.pepper = config.passwordPepper;
    this.refused = RefusedPasswords.of(config);
    this.nobody = `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(21)}e${'.'.repeat(31)}`;
  }

  /**
   * Refuses a new password that is too short or too long, or that others would try. `about` is what is known of the person.
   * Nothing is trimmed or normalised.
   */
  check(password: string, field: string, about: readonly string[] = []): void {
    const length = [...password].length;
    if (length < shortest)
      throw badInput(
        field,
        `Use at least ${String(shortest)} characters. A few words are easy to remember.`,
        'PASSWORD_SHORT',
        { least: String(shortest) },
      );
    if (length > longest)
      throw badInput(field, `Use at most ${String(longest)} characters.`, 'TOO_LONG', { most: String(longest) });
    // Half a pair has no bytes of its own: every such character would count as the same one.
    if (!password.isWellFormed())
      throw badInput(field, 'The password holds half a character. Type it again.', 'PASSWORD_BROKEN');
    this.refused.check(password, field, about);
  }

  /** The hash to keep. */
  hash(password: string): Promise<string> {
    return this.gate.run(() => this.threads.hash(this.peppered(password), this.cost));
  }

  /**
   * Whether the password is the one. With a null hash (nobody has that address) it works as long and says no. `notTried`
   * is called before it throws because the gate is full, to take back what was counted.
   */
  async verify(password: string, hash: string | null, notTried: () => Promise<void>): Promise<boolean> {
    const known = hash !== null && password.isWellFormed();
    try {
      const matches = await this.gate.run(() =>
        this.threads.compare(this.peppered(password), known ? hash : this.nobody),
      );
      return known && matches;
    } catch (error) {
      await notTried();
      throw error;
    }
  }

  private peppered(password: string): string {
    return createHmac('sha384', this.pepper).update(password, 'utf8').digest('base64');
  }
}
