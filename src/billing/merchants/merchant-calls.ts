import { type OutgoingClient, OutgoingError, type OutgoingResponse } from '../../platform/http/index.js';
import { MerchantError } from './merchant.js';
import { readAs } from './wire.js';
import type { z } from 'zod';

const milliseconds = 10_000;
const mostBytes = 1_000_000;
/** Longer than this nobody is kept waiting, whatever a server asks for. */
const longestWait = 3_600;

/** The merchant knows nothing of that id. */
export class NotThere extends MerchantError {
  constructor(merchant: string) {
    super('refused', `${merchant} knows nothing of that id.`);
  }
}

/** One call of a merchant's API. */
export interface MerchantCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * The calls of one merchant, by the one way out: bounded in time and size, ended with their signal, never repeated by
 * themselves, and to the merchant's own host alone. Its own words are not repeated in errors: nobody knows what stands there.
 */
export class MerchantCalls {
  constructor(
    /** How people call the merchant. */
    readonly merchant: string,
    private readonly outgoing: OutgoingClient,
  ) {}

  /** Makes a call and gives what was answered with a yes; throws MerchantError for everything else. */
  async make({ url, ...call }: MerchantCall, signal: AbortSignal): Promise<OutgoingResponse> {
    const answer = await this.reach(url, { ...call, timeout: milliseconds, maxBytes: mostBytes, signal });
    if (answer.status >= 200 && answer.status <= 299) return answer;
    throw this.errorOf(answer);
  }

  /** As `make`, for what is answered in JSON of that shape. */
  async ask<Shape extends z.ZodType>(call: MerchantCall, shape: Shape, signal: AbortSignal): Promise<z.output<Shape>> {
    const { body } = await this.make(call, signal);
    return this.understood(shape, parsed(body));
  }

  /** What a yes says; where it is not as documented, it may be another time. */
  understood<Shape extends z.ZodType>(shape: Shape, said: unknown): z.output<Shape> {
    try {
      return readAs(shape, said, `What ${this.merchant} answered`);
    } catch (error) {
      throw new MerchantError('unreachable', (error as Error).message);
    }
  }

  private async reach(url: string, request: Parameters<OutgoingClient['request']>[1]): Promise<OutgoingResponse> {
    try {
      return await this.outgoing.request(url, request);
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error;
      throw new MerchantError('unreachable', `${this.merchant} could not be reached. ${error.message}`);
    }
  }

  private errorOf({ status, headers, body }: OutgoingResponse): MerchantError {
    const code = codeIn(parsed(body));
    const words = `${this.merchant} answered ${status}${code === null ? '' : ` (${code})`}.`;
    if (status === 404) return new NotThere(this.merchant);
    if (status === 401 || status === 403) return new MerchantError('credentials', words);
    const wait = waitAsked(headers['retry-after']);
    return isNo(status) && !/^subscription_locked_(?:renewal|processing)$/.test(code ?? '')
      ? new MerchantError('refused', words)
      : new MerchantError('unreachable', words, wait);
  }
}

/** A no that stays one. What is locked or in conflict now is free another time; a redirect leads where no key is sent. */
function isNo(status: number): boolean {
  return status >= 400 && status <= 499 && ![408, 409, 423, 425, 429].includes(status);
}

/** Merchants name their reasons by one word, which the operator can look up. */
function codeIn(said: unknown): string | null {
  const { error } = (said ?? {}) as { error?: unknown };
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : error;
  return typeof code === 'string' && /^[A-Za-z_]{1,80}$/.test(code) ? code : null;
}

/** Seconds, or a day and time; null for anything else. */
function waitAsked(header = ''): number | null {
  const isTime = header.endsWith(' GMT') && !Number.isNaN(Date.parse(header));
  if (!isTime && !/^\d{1,9}$/.test(header)) return null;
  const seconds = isTime ? Math.ceil((Date.parse(header) - Date.now()) / 1_000) : Number(header);
  return Math.min(longestWait, Math.max(1, seconds));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return null;
  }
}
