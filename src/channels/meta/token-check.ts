import { Injectable } from '@nestjs/common';
import type { DomainError } from '../../platform/errors/index.js';
import type { RefusalReason } from '../connect/refusal-words.js';
import { refusal } from '../connect/refusal.js';
import { type GraphAnswer, GraphClient, type GraphHost, type GraphRequest } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';
import { reached } from '../wire/answers.js';
import { type Json, isJson } from '../wire/reading.js';

const unreached = 'META_UNREACHED';

/** What the platform says of a token that it holds for good. */
export interface CheckedToken {
  readonly expiresAt: Date | null;
  /** Whose consent it is, as the platform calls them for this app; null where it does not say. */
  readonly userId: string | null;
  /** The permissions that it carries. */
  readonly scopes: readonly string[];
  /** The assets that a permission was given for; null where it was given for all, or not at all. */
  targetsOf(scope: string): readonly string[] | null;
  /** Whether it was granted for one of these assets; true where the platform does not say. */
  covers(...assets: readonly string[]): boolean;
}

/** How refusals name the two things that a person gave. */
export interface InputNames {
  readonly tokenField: string;
  readonly assetField: string;
  /** `Page`, `WhatsApp Business account`. */
  readonly asset: string;
  /** False where the platform has said that the token was granted for other assets. */
  readonly covered?: boolean;
}

/** Asks the platform about tokens and assets before anything is stored, and says what is wrong with which input. */
@Injectable()
export class TokenCheck {
  constructor(private readonly graph: GraphClient) {}

  /** Checks that a token is alive and was made for this server's app. */
  async inspect(token: string, names: InputNames): Promise<CheckedToken> {
    const answer = await reached(() => this.graph.debugToken(token), unreached);
    if (answer === null) throw refusal('META_NO_APP');
    const data = isJson(answer.body?.['data']) ? answer.body['data'] : null;
    if (answer.error !== null || data === null) {
      if (answer.error !== null && [100, 190].includes(answer.error.code ?? 0))
        throw refusal('META_TOKEN_UNKNOWN', { field: names.tokenField });
      throw refusalOf(answer, names);
    }
    const said = isJson(data['error']) ? data['error'] : null;
    if (data['is_valid'] !== true && data['is_valid'] !== 'true') throw deadToken(names, said);
    const appId = data['app_id'];
    if ((typeof appId === 'string' || typeof appId === 'number') && !this.graph.isOurs(appId))
      throw refusal('META_TOKEN_OTHER_APP', { field: names.tokenField });
    const expires = Number(data['expires_at'] ?? 0);
    if (expires > 0 && expires * 1_000 <= Date.now()) throw deadToken(names, { subcode: 463 });
    return {
      expiresAt: expires > 0 ? new Date(expires * 1_000) : null,
      userId: grantorOf(data),
      scopes: Array.isArray(data['scopes']) ? (data['scopes'] as unknown[]).map(textOf) : [],
      targetsOf: (scope) => targetsOf(data, scope),
      covers: (...assets) => covers(data, assets),
    };
  }

  /** Reads something at the platform with the token; gives the answer's body. */
  async read(host: GraphHost, request: GraphRequest, names: InputNames): Promise<Json> {
    const answer = await reached(() => this.graph.call(host, request), unreached);
    if (answer.status >= 200 && answer.status <= 299 && answer.error === null && answer.body !== null)
      return answer.body;
    // Reading by id has no other parameter that could be wrong; the subcode is sometimes left out.
    if (answer.error?.code === 100 && answer.error.subcode === null && answer.status < 500) throw missing(names);
    throw refusalOf(answer, names);
  }

  /** Does something at the platform that answers `success`. */
  async perform(host: GraphHost, request: GraphRequest, names: InputNames): Promise<void> {
    const answer = await reached(() => this.graph.call(host, { ...request, method: 'POST' }), unreached);
    const success = answer.body?.['success'];
    if (answer.status < 200 || answer.status > 299 || answer.error !== null || success === false || success === 'false')
      throw refusalOf(answer, names);
  }
}

/** A no of the platform in words, at the input that it is about. */
function refusalOf(answer: GraphAnswer, names: InputNames): DomainError {
  const { status, error } = answer;
  if (error === null && status === 401) return deadToken(names, null);
  if (error === null && status === 404) return missing(names);
  if (
    status >= 500 ||
    status === 429 ||
    (error !== null && graphErrorRule(error.code, error.subcode).outcome === 'later')
  )
    return refusal('META_BUSY', { retryAfter: answer.retryAfter ?? 60 });
  if (error === null) return refusal('META_ODD_ANSWER');
  const { code, subcode } = error;
  if (code === 190 || code === 102 || code === 104) return deadToken(names, { subcode });
  if (code === 33 || code === 803 || (code === 100 && (subcode === 33 || status === 404))) return missing(names);
  const permission = code === 10 || code === 3 || (code !== null && code >= 200 && code <= 299);
  if (permission && names.covered === false) return missing(names);
  if (permission) return refusal('META_PERMISSION', { field: names.tokenField, values: { asset: names.asset } });
  return refusal('META_REFUSED', { values: { error: String(code ?? status) } });
}

function missing({ assetField, asset }: InputNames): DomainError {
  return refusal('META_ASSET_UNKNOWN', { field: assetField, values: { asset } });
}

const deadTokens: Readonly<Record<number, RefusalReason>> = {
  458: 'META_TOKEN_APP_REMOVED',
  459: 'META_TOKEN_UNCONFIRMED',
  460: 'META_TOKEN_PASSWORD',
  463: 'META_TOKEN_EXPIRED',
  467: 'META_TOKEN_WITHDRAWN',
  492: 'META_TOKEN_NO_ROLE',
};

/** Why a token is no good, and what to do. */
function deadToken({ tokenField }: InputNames, error: Json | null): DomainError {
  const subcode = Number(error?.['subcode'] ?? error?.['error_subcode'] ?? 0);
  return refusal(deadTokens[subcode] ?? 'META_TOKEN_INVALID', { field: tokenField });
}

/** The person behind a token, by the id that a withdrawn consent comes with; null where the platform does not say. */
export function grantorOf(data: Json): string | null {
  const id = textOf(data['user_id']);
  return id === '' || id === '0' ? null : id;
}

function targetsOf(data: Json, scope: string): readonly string[] | null {
  const scopes = Array.isArray(data['granular_scopes']) ? (data['granular_scopes'] as unknown[]).filter(isJson) : [];
  const ids = scopes.find((one) => one['scope'] === scope)?.['target_ids'];
  return Array.isArray(ids) ? (ids as unknown[]).map(textOf).filter((id) => id !== '') : null;
}

/** A scope without a list of targets was granted for all that the person has. */
function covers(data: Json, assets: readonly string[]): boolean {
  const profile = data['profile_id'];
  const profileId = typeof profile === 'string' || typeof profile === 'number' ? String(profile) : null;
  if (profileId !== null && assets.includes(profileId)) return true;
  const scopes = Array.isArray(data['granular_scopes']) ? (data['granular_scopes'] as unknown[]).filter(isJson) : [];
  const lists = scopes.map((scope) =>
    Array.isArray(scope['target_ids']) ? (scope['target_ids'] as unknown[]).map(textOf) : null,
  );
  if (lists.length > 0 && lists.every((list) => list !== null))
    return lists.some((list) => list.some((id) => assets.includes(id)));
  return !(data['type'] === 'PAGE' && profileId !== null);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
