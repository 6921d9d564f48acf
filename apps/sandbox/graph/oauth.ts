import { takeCode } from '../dialog/consent.ts';
import { compact, str } from '../json.ts';
import { addToken } from '../world/accounts.ts';
import type { Token } from '../world/model.ts';
import { tokenFailure, type GraphAnswer, type GraphCall } from './call.ts';
import { GraphError, missing } from './errors.ts';

const LONG_LIFE = 5_183_000;

/** Exchanging and renewing tokens: /oauth/access_token, /oauth/revoke, and Instagram's /access_token and /refresh_access_token. */
export function oauthToken(call: GraphCall): GraphAnswer {
  const { params, world } = call;
  if (call.segments[1] === 'revoke') return revoke(call);
  const grant = str(params['grant_type']);
  if (grant === 'ig_refresh_token') return renewed(call, existing(call, 'access_token'));
  const secret = str(params['client_secret']);
  if (secret !== world.app.secret && secret !== world.app.instagramSecret) {
    throw new GraphError(1, 'Error validating client secret.', { status: 400 });
  }
  if (grant === 'ig_exchange_token') return renewed(call, existing(call, 'access_token'));
  if (grant === 'fb_exchange_token') return renewed(call, existing(call, 'fb_exchange_token'));
  const token = takeCode(call.world, str(params['code']) ?? '', str(params['redirect_uri']));
  if ('subcode' in token) {
    throw new GraphError(100, 'This authorization code has been used, has expired, or was made for another address.', {
      subcode: token.subcode,
    });
  }
  const seconds = token.expiresAt === 0 ? undefined : token.expiresAt - Math.floor(Date.now() / 1000);
  return { body: compact({ access_token: token.value, token_type: 'bearer', expires_in: seconds }) };
}

function existing(call: GraphCall, name: string): Token {
  const value = str(call.params[name]);
  if (!value) throw missing(name);
  const token = call.world.tokens.get(value);
  const failure = token && tokenFailure(token);
  if (!token || failure) {
    throw new GraphError(190, failure?.message ?? 'Invalid OAuth access token - Cannot parse access token', {
      ...(failure && { subcode: failure.subcode }),
    });
  }
  return token;
}

/** A new token with a new life; the old one lives until its own end. */
function renewed(call: GraphCall, old: Token): GraphAnswer {
  const { value: _old, ...rest } = old;
  const now = Math.floor(Date.now() / 1000);
  const token = addToken(call.world, {
    ...rest,
    targets: [...old.targets],
    issuedAt: now,
    expiresAt: old.expiresAt === 0 ? 0 : now + LONG_LIFE,
  });
  return { body: { access_token: token.value, token_type: 'bearer', expires_in: LONG_LIFE } };
}

function revoke(call: GraphCall): GraphAnswer {
  const token = call.world.tokens.get(str(call.params['revoke_token']) ?? '');
  if (token)
    token.broken = { subcode: 467, message: 'Error validating access token: The access token has been revoked.' };
  return { body: { success: 'true' } };
}
