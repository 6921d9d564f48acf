import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { mailAddress } from './mail-address.js';
import { senderIn } from './read-mail.js';

const mostMilliseconds = 4_000;
const leastKeyBits = 1_024;

/**
 * Whether the domain that a mail says it is from signed it (DKIM, aligned as DMARC asks). A mailbox does not tell who handed
 * a mail in, so SPF cannot be looked at again; and what headers say of earlier checks may have been written by anyone.
 */
@Injectable()
export class SenderCheck {
  /**
   * False also where it cannot be told: names that do not answer, a mail that cannot be read. `covering`: headers of which the
   * signature has to cover every line that there is, because something follows from what they say.
   */
  async isAuthentic(raw: Buffer, covering: readonly string[] = []): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((fulfil) => {
      timer = setTimeout(() => fulfil(false), mostMilliseconds);
    });
    try {
      return await Promise.race([this.isSigned(raw, covering), late]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Keys stand in the name service. */
  lookUp(name: string, type: string): Promise<string[] | string[][]> {
    return new Resolver({ timeout: 1_500, tries: 2 }).resolve(name, type) as Promise<string[] | string[][]>;
  }

  private async isSigned(raw: Buffer, covering: readonly string[]): Promise<boolean> {
    const { dkimVerify } = await import('mailauth/lib/dkim/verify.js');
    const { results, fromFields, headerFrom } = (await dkimVerify(raw, {
      minBitLength: leastKeyBits,
      resolver: (name: string, type: string) => this.lookUp(name, type),
    })) as unknown as Verified;
    // A mail with two senders is shown with one of them, and signed by the other.
    if (fromFields !== 1 || headerFrom.length !== 1) return false;
    const signed = results.some(
      ({ status, canonBodyLengthLimited, signingHeaders }) =>
        status.result === 'pass' &&
        typeof status.aligned === 'string' &&
        canonBodyLengthLimited !== true &&
        covering.every((name) => linesOf(name, signingHeaders?.headers ?? []) === linesOf(name, headOf(raw))),
    );
    // Two programs may read one line differently: what was checked has to be what is shown.
    return signed && mailAddress(headerFrom[0] ?? '') === (await senderIn(raw));
  }
}

interface Verified {
  readonly fromFields: number;
  readonly headerFrom: readonly string[];
  readonly results: readonly {
    readonly status: { readonly result: string; readonly aligned?: string | false };
    /** Only the beginning of the mail was signed. */
    readonly canonBodyLengthLimited?: boolean;
    /** The lines that were signed. */
    readonly signingHeaders?: { readonly headers: readonly string[] };
  }[];
}

/** The lines of a mail before its words. */
function headOf(raw: Buffer): string[] {
  const text = raw.toString('latin1');
  return (/^[\s\S]*?(?=\r?\n\r?\n|$(?![\s\S]))/.exec(text)?.[0] ?? text).split(/\r?\n/);
}

/** How many of the lines begin a header of this name. */
function linesOf(name: string, lines: readonly string[]): number {
  return lines.filter((line) => line.slice(0, line.indexOf(':')).trim().toLowerCase() === name).length;
}
