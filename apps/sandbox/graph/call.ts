import type { AppIdentity } from '../options.ts';
import { appSecretProof, sameText } from '../signatures.ts';
import type { Token } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { Ledger } from '../ledger.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import type { Obj } from '../json.ts';
import { str } from '../json.ts';
import { GraphError, unseen } from './errors.ts';

/** The parts of the sandbox that a Graph call may touch. */
export interface Platform {
  world: World;
  ledger: Ledger;
  webhooks: WebhookSender;
}

/** An uploaded file in a multipart call. */
export interface Upload {
  bytes: Buffer;
  filename: string;
  mimeType: string;
}

/** One call of Graph with everything that was sent, wherever it was sent. */
export interface GraphCall extends Platform {
  method: string;
  /** graph.instagram.com rather than graph.facebook.com. */
  instagramHost: boolean;
  segments: string[];
  /** Query, form and JSON fields together: Meta takes them from any place. */
  params: Obj;
  files: Map<string, Upload>;
  bearer: string | undefined;
}

/** What Graph answers when it says yes. */
export interface GraphAnswer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
  /** The account that was called, for the usage headers. */
  account?: string;
}

/** The token of this call, checked: known, alive, with the right proof. */
export function authorise(call: GraphCall): Token {
  const value = str(call.params['access_token']) ?? call.bearer;
  if (!value) {
    throw new GraphError(104, 'An access token is required to request this resource.', { status: 401 });
  }
  const token = tokenOf(call.world, value);
  if (!token) throw new GraphError(190, 'Invalid OAuth access token - Cannot parse access token');
  checkProof(call, value);
  return token;
}

/** Throws unless the token may see the object. */
export function mustSee(token: Token, id: string): void {
  if (token.type !== 'APP' && !token.targets.includes(id)) throw unseen(id);
}

/** Throws 200 unless the token was granted the permission. */
export function mustHave(token: Token, ...anyOf: string[]): void {
  if (token.type === 'APP' || anyOf.some((scope) => token.scopes.includes(scope))) return;
  throw new GraphError(200, `(#200) Requires ${anyOf.join(' or ')} permission to manage the object`, { status: 403 });
}

/** The live token behind a value, or 190 with the reason; undefined when it was never issued. */
function tokenOf(world: World, value: string): Token | undefined {
  if (isAppToken(world.app, value)) {
    return { value, type: 'APP', targets: [], scopes: [], userId: '', issuedAt: 0, expiresAt: 0 };
  }
  const token = world.tokens.get(value);
  const failure = token && tokenFailure(token);
  if (failure) throw new GraphError(190, failure.message, { subcode: failure.subcode });
  return token;
}

/** Why a token no longer works, if so. */
export function tokenFailure(token: Token): { subcode: number; message: string } | undefined {
  if (token.broken) return token.broken;
  if (token.expiresAt > 0 && token.expiresAt * 1000 <= Date.now()) {
    return { subcode: 463, message: 'Error validating access token: Session has expired.' };
  }
  return undefined;
}

/** `APP_ID|APP_SECRET`, the app's own token. */
export function isAppToken(app: AppIdentity, value: string): boolean {
  return sameText(value, `${app.id}|${app.secret}`);
}

function checkProof(call: GraphCall, token: string): void {
  const proof = str(call.params['appsecret_proof']);
  if (proof === undefined) return;
  const secrets = call.instagramHost
    ? [call.world.app.instagramSecret, call.world.app.secret]
    : [call.world.app.secret];
  if (!secrets.some((secret) => sameText(proof, appSecretProof(token, secret)))) {
    throw new GraphError(100, 'Invalid appsecret_proof provided in the API argument');
  }
}
