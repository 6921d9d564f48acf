import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient, type OutgoingResponse, formBody } from '../../platform/http/index.js';
import { graphErrorRule } from './graph-errors.js';
import { jsonOf, secondsOf } from '../wire/answers.js';
import { type Json, isJson } from '../wire/reading.js';
import { appSecretProof } from './signature.js';

/** `facebook` is graph.facebook.com, `instagram` graph.instagram.com (Instagram Login). */
export type GraphHost = 'facebook' | 'instagram';

export interface GraphRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Below the version: `660000000000001/messages`. Ids in it come from outside and are checked before. */
  readonly path: string;
  readonly token: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A form with a file, instead of JSON. */
  readonly form?: FormData;
  /** Milliseconds for the whole exchange; 20 s when not given. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/** The error envelope of Graph. */
export interface GraphError {
  readonly code: number | null;
  readonly subcode: number | null;
}

export interface GraphAnswer {
  readonly status: number;
  /** Null where the answer is not a JSON object. */
  readonly body: Json | null;
  readonly error: GraphError | null;
  /** Seconds to wait that the answer names. */
  readonly retryAfter: number | null;
}

const timeout = 20_000;
const maxBytes = 2_000_000;

/** Calls Graph: the right host and version, the token as a header, and the proof that it is this app that calls. */
@Injectable()
export class GraphClient {
  constructor(
    private readonly config: Config,
    private readonly http: OutgoingClient,
  ) {}

  /** Makes one call and gives any answer; throws OutgoingError where there is none. */
  async call(host: GraphHost, request: GraphRequest): Promise<GraphAnswer> {
    const secret = this.secretOf(host);
    const query = new URLSearchParams(request.query);
    if (secret !== null) query.set('appsecret_proof', appSecretProof(request.token, secret));
    const { contentType, body } = await bodyOf(request);
    const response = await this.http.request(`${this.urlOf(host)}/${request.path}?${query.toString()}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: `Bearer ${request.token}`,
        ...(contentType !== null && { 'content-type': contentType }),
      },
      ...(body !== null && { body }),
      timeout: request.timeout ?? timeout,
      maxBytes,
      ...(request.signal !== undefined && { signal: request.signal }),
    });
    return answerOf(response);
  }

  /** Turns something on at the platform; throws where it did not say yes. */
  async begin(host: GraphHost, request: GraphRequest): Promise<void> {
    const { status, error } = await this.call(host, request);
    if (status < 200 || status > 299 || error !== null)
      throw new Error(`The platform did not take it (HTTP ${String(status)}).`);
  }

  /** Ends something at the platform. Done too where the token or the object is gone; throws where trying again makes sense. */
  async end(host: GraphHost, request: GraphRequest): Promise<void> {
    const { status, error } = await this.call(host, request);
    const later =
      status === 429 ||
      status >= 500 ||
      (error !== null && graphErrorRule(error.code, error.subcode).outcome === 'later');
    if (later) throw new Error(`The platform did not end the access (HTTP ${String(status)}).`);
  }

  /** What Meta says of a token. Asked with the app's own token; null where no app secret is configured. */
  async debugToken(token: string): Promise<GraphAnswer | null> {
    const { appId, appSecret } = this.config.meta;
    if (appSecret === null) return null;
    const query = new URLSearchParams({ input_token: token, access_token: `${appId}|${appSecret}` });
    return answerOf(
      await this.http.request(`${this.urlOf('facebook')}/debug_token?${query.toString()}`, { timeout, maxBytes }),
    );
  }

  /** Whether an app id is this server's. */
  isOurs(appId: unknown): boolean {
    return (typeof appId === 'string' || typeof appId === 'number') && String(appId) === this.config.meta.appId;
  }

  /** The host's name, for the record of token uses. */
  hostOf(host: GraphHost): string {
    return new URL(this.urlOf(host)).host;
  }

  private urlOf(host: GraphHost): string {
    const { graphUrl, instagramGraphUrl, graphVersion } = this.config.meta;
    return `${host === 'facebook' ? graphUrl : instagramGraphUrl}/${graphVersion}`;
  }

  private secretOf(host: GraphHost): string | null {
    const { appSecret, instagramAppSecret } = this.config.meta;
    return host === 'instagram' ? (instagramAppSecret ?? appSecret) : appSecret;
  }
}

async function bodyOf({
  json,
  form,
}: GraphRequest): Promise<{ contentType: string | null; body: string | Buffer | null }> {
  if (form !== undefined) return formBody(form);
  return json === undefined
    ? { contentType: null, body: null }
    : { contentType: 'application/json', body: JSON.stringify(json) };
}

/** An answer of Graph as it came. */
export function answerOf(response: OutgoingResponse): GraphAnswer {
  const body = jsonOf(response.body);
  const error = isJson(body?.['error']) ? body['error'] : null;
  return {
    status: response.status,
    body,
    error: error === null ? null : { code: numberIn(error['code']), subcode: numberIn(error['error_subcode']) },
    retryAfter: retryAfterOf(response.headers),
  };
}

/** Seconds from Retry-After, or the minutes of the usage header. */
function retryAfterOf(headers: Readonly<Record<string, string>>): number | null {
  const seconds = secondsOf(headers['retry-after']);
  if (seconds !== null) return seconds;
  const usage = jsonOf(Buffer.from(headers['x-business-use-case-usage'] ?? ''));
  const minutes = Object.values(usage ?? {})
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .map((use) => (isJson(use) ? numberIn(use['estimated_time_to_regain_access']) : null));
  return secondsOf(Math.max(0, ...minutes.map((value) => value ?? 0)) * 60);
}

function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
