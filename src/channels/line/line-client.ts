import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient, type OutgoingRequest, type OutgoingResponse } from '../../platform/http/index.js';
import { jsonOf, secondsOf } from '../wire/answers.js';
import type { Json } from '../wire/reading.js';

export interface LineRequest {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token: string;
  readonly json?: Json;
  /** Makes LINE take the same request once, however often it comes. */
  readonly retryKey?: string;
  readonly signal?: AbortSignal;
}

export interface LineAnswer {
  readonly status: number;
  /** Null where the answer is not a JSON object. */
  readonly body: Json | null;
  readonly retryAfter: number | null;
}

/** Calls the Messaging API; files come from a host of their own. */
@Injectable()
export class LineClient {
  constructor(
    private readonly config: Config,
    private readonly http: OutgoingClient,
  ) {}

  /** Makes one call and gives any answer; throws OutgoingError where there is none. */
  async call({ path, json, retryKey, ...request }: LineRequest): Promise<LineAnswer> {
    const headers = {
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(retryKey !== undefined && { 'x-line-retry-key': retryKey }),
    };
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    return answerOf(await this.request(`${this.config.line.apiUrl}/${path}`, { ...request, headers, ...body }));
  }

  /** Ends a token: the one call that takes it as a form. */
  async revoke(token: string, signal: AbortSignal): Promise<LineAnswer> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ access_token: token }).toString();
    const url = `${this.config.line.apiUrl}/v2/oauth/revoke`;
    return answerOf(await this.http.request(url, { method: 'POST', headers, body, timeout: 20_000, signal }));
  }

  /** Downloads what a customer sent. */
  download(token: string, messageId: string, maxBytes: number, signal: AbortSignal): Promise<OutgoingResponse> {
    const url = `${this.config.line.dataUrl}/v2/bot/message/${messageId}/content`;
    return this.request(url, { token, maxBytes, timeout: 60_000, signal });
  }

  /** The host's name, for the record of token uses. */
  get host(): string {
    return new URL(this.config.line.apiUrl).host;
  }

  private request(url: string, { token, headers, ...more }: OutgoingRequest & { readonly token: string }) {
    return this.http.request(url, {
      timeout: 20_000,
      maxBytes: 2_000_000,
      ...more,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  }
}

function answerOf({ status, body, headers }: OutgoingResponse): LineAnswer {
  return { status, body: jsonOf(body), retryAfter: secondsOf(headers['retry-after']) };
}
