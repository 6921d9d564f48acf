import { appSecret } from './app.js';
import type { GraphToken } from './graph-server.js';
import { GraphError } from './graph-rules.js';

/** A code that somebody's consent ended in, for the token that it is good for once. */
export type Codes = Map<string, string>;

/** `/oauth/access_token`: a code for its token, a token for a longer one (the same here). */
export function issueToken(codes: Codes, appId: string, url: URL): unknown {
  const given = (name: string) => url.searchParams.get(name);
  if (given('client_id') !== appId || given('client_secret') !== appSecret) throw new GraphError(1);
  if (given('grant_type') === 'fb_exchange_token')
    return { access_token: given('fb_exchange_token'), token_type: 'bearer', expires_in: 5_183_000 };
  const code = given('code') ?? '';
  const token = codes.get(code);
  codes.delete(code);
  if (token === undefined) throw new GraphError(100, 36009);
  return { access_token: token, token_type: 'bearer', expires_in: 5_123 };
}

/** What a person's own token shows of what they granted: their permissions, and their Pages with tokens. */
export function granted(edge: string, token: GraphToken, tokens: ReadonlyMap<string, GraphToken>): unknown {
  if (edge === 'permissions')
    return { data: (token.scopes ?? []).map((permission) => ({ permission, status: 'granted' })) };
  const pages = [...token.assets].flatMap((id) => {
    const ofPage = [...tokens].find(([, { type, assets }]) => type === 'PAGE' && assets.has(id));
    return ofPage === undefined ? [] : [{ id, name: `Page ${id.slice(-4)}`, access_token: ofPage[0] }];
  });
  return { data: pages };
}
