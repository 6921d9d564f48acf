import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient, type OutgoingResponse, formBody } from '../../platform/http/index.js';
import { jsonOf, secondsOf } from '../wire/answers.js';
import { type Json, isJson } from '../wire/reading.js';

export interface TelegramAnswer {
  readonly status: number;
  /** What the method gave; undefined where the answer is no yes. */
  readonly result: unknown;
  /** Telegram's own words for a no: to be recognised, never to be shown. */
  readonly description: string | null;
  /** Seconds to wait that the answer names. */
  readonly retryAfter: number | null;
  /** The chat goes by another id from now on. */
  readonly migratedTo: string | null;
}

const timeout = 20_000;
const uploadTimeout = 60_000;
const maxBytes = 2_000_000;

/** Calls the Bot API. The token is part of every address, so no address is stored, logged or shown. */
@Injectable()
export class TelegramClient {
  constructor(
    private readonly config: Config,
    private readonly http: OutgoingClient,
  ) {}

  /** Makes one call and gives any answer; throws OutgoingError where there is none. */
  async call(token: string, method: string, parameters: Json, signal?: AbortSignal): Promise<TelegramAnswer> {
    return this.post(
      token,
      method,
      { contentType: 'application/json', body: JSON.stringify(parameters) },
      timeout,
      signal,
    );
  }

  /** The same with a file, which goes as a form: members that are objects stand in it as JSON. */
  async upload(
    token: string,
    method: string,
    parameters: Json,
    file: { readonly field: string; readonly name: string; readonly contentType: string; readonly body: Buffer },
    signal: AbortSignal,
  ): Promise<TelegramAnswer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(parameters))
      form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    form.set(file.field, new Blob([new Uint8Array(file.body)], { type: file.contentType }), file.name);
    return this.post(token, method, await formBody(form), uploadTimeout, signal);
  }

  private async post(
    token: string,
    method: string,
    { contentType, body }: { readonly contentType: string; readonly body: string | Buffer },
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<TelegramAnswer> {
    const response = await this.http.request(`${this.apiUrl}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      timeout: milliseconds,
      maxBytes,
      ...(signal !== undefined && { signal }),
    });
    return answerOf(response);
  }

  /** Downloads a file that `getFile` named. */
  download(token: string, path: string, limit: number, signal: AbortSignal): Promise<OutgoingResponse> {
    const address = path.split('/').map(encodeURIComponent).join('/');
    return this.http.request(`${this.apiUrl}/file/bot${token}/${address}`, {
      timeout: 60_000,
      maxBytes: limit,
      signal,
    });
  }

  /** The host's name, for the record of token uses. */
  get host(): string {
    return new URL(this.apiUrl).host;
  }

  private get apiUrl(): string {
    return this.config.telegram.apiUrl;
  }
}

function answerOf({ status, body, headers }: OutgoingResponse): TelegramAnswer {
  const read = jsonOf(body);
  const more = isJson(read?.['parameters']) ? read['parameters'] : {};
  const moved = more['migrate_to_chat_id'];
  return {
    status,
    result: read?.['ok'] === true ? read['result'] : undefined,
    description: typeof read?.['description'] === 'string' ? read['description'] : null,
    retryAfter: secondsOf(more['retry_after'] ?? headers['retry-after']),
    migratedTo: typeof moved === 'string' || typeof moved === 'number' ? String(moved) : null,
  };
}
