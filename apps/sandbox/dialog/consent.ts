import { randomBytes } from 'node:crypto';
import { addToken, INSTAGRAM_LOGIN_SCOPES, OWNER_USER_ID, WHATSAPP_SCOPES } from '../world/accounts.ts';
import type { Account, Code, Token } from '../world/model.ts';
import type { World } from '../world/world.ts';

export type DialogKind = 'facebook' | 'instagram' | 'whatsapp';

/** A consent as the address of the dialog asks for it. */
export interface Asked {
  kind: DialogKind;
  redirectUri: string;
  state: string;
  scopes: string[];
  /** What can be chosen: Pages, Instagram accounts that sign in by themselves, WhatsApp Business accounts. */
  assets: { id: string; name: string }[];
  /** The first number of each WhatsApp Business account, as the window names it when it is done. */
  numbers: Record<string, string>;
}

/** What the person decides. */
export interface Decision {
  /** Closes the dialog by its way out. */
  refuse?: boolean | undefined;
  /** The permissions that stay switched on; all without it. */
  permissions?: string[] | undefined;
  /** The assets that are chosen; all without it, for Instagram the first. */
  assets?: string[] | undefined;
}

/** The dialog cannot be shown: the app asked for it wrongly. */
export class WrongDialog extends Error {}

const CODE_SECONDS = { facebook: 600, instagram: 3_600, whatsapp: 30 };

/** Reads the address of a dialog, as strictly as the platform does. */
export function readDialog(world: World, instagram: boolean, query: URLSearchParams): Asked {
  const given = (name: string) => {
    const [value, ...more] = query.getAll(name);
    if (value === undefined || value === '' || more.length > 0)
      throw new WrongDialog(`The parameter ${name} is required, once.`);
    return value;
  };
  if (!instagram && given('client_id') !== world.app.id) throw new WrongDialog('Invalid App ID.');
  if (instagram && !/^\d+$/.test(given('client_id'))) throw new WrongDialog('Invalid platform app.');
  if (given('response_type') !== 'code') throw new WrongDialog('Only response_type=code is played here.');
  const redirectUri = given('redirect_uri');
  if (!URL.canParse(redirectUri)) throw new WrongDialog('redirect_uri must be a full address.');
  const kind = instagram ? 'instagram' : query.has('config_id') ? 'whatsapp' : 'facebook';
  const scopes = kind === 'whatsapp' ? WHATSAPP_SCOPES : given('scope').split(',');
  const assets = assetsOf(world, kind);
  const numbers = kind === 'whatsapp' ? assets.map(({ id }) => [id, numbersOf(world, id)[0]?.id ?? ''] as const) : [];
  return { kind, redirectUri, state: given('state'), scopes, assets, numbers: Object.fromEntries(numbers) };
}

/** What the person decided, as the address that they are sent to. */
export function decide(world: World, asked: Asked, decision: Decision): string {
  const target = new URL(asked.redirectUri);
  if (decision.refuse === true) {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_reason', 'user_denied');
    target.searchParams.set('error_description', 'Permissions error');
  } else {
    target.searchParams.set('code', makeCode(world, asked, decision, asked.redirectUri));
  }
  target.searchParams.set('state', asked.state);
  // Instagram leaves this behind, and so did Facebook.
  return `${target.href}${asked.kind === 'instagram' ? '#_' : ''}`;
}

/** What the window of the embedded signup hands to the page that opened it. */
export function signUpInWindow(
  world: World,
  decision: Decision,
): { code: string; wabaId: string; phoneNumberId: string } {
  const assets = assetsOf(world, 'whatsapp');
  const wabaId = decision.assets?.[0] ?? assets[0]?.id ?? '';
  const asked: Asked = { kind: 'whatsapp', redirectUri: '', state: '', scopes: WHATSAPP_SCOPES, assets, numbers: {} };
  const code = makeCode(world, asked, { ...decision, assets: [wabaId] }, null);
  const number = numbersOf(world, wabaId)[0];
  return { code, wabaId, phoneNumberId: number?.id ?? '' };
}

/** Takes a code for its token, once and in time; undefined says why not by its subcode. */
export function takeCode(world: World, value: string, redirectUri: string | undefined): Token | { subcode: number } {
  const code = world.codes.get(value);
  if (code === undefined) return { subcode: 36009 };
  if (code.expiresAt < Date.now()) return { subcode: 36007 };
  if ((code.redirectUri ?? undefined) !== redirectUri) return { subcode: 36008 };
  world.codes.delete(value);
  return tokenOf(world, code);
}

function makeCode(world: World, asked: Asked, decision: Decision, redirectUri: string | null): string {
  const scopes = asked.scopes.filter((scope) => decision.permissions?.includes(scope) ?? true);
  const all = asked.assets.map(({ id }) => id);
  const chosen = asked.kind === 'instagram' ? all.slice(0, 1) : all;
  const value = `AQ${randomBytes(48).toString('base64url')}`;
  world.codes.set(value, {
    kind: asked.kind,
    redirectUri,
    scopes,
    declined: asked.scopes.filter((scope) => !scopes.includes(scope)),
    assets: (decision.assets ?? chosen).filter((id) => all.includes(id)),
    expiresAt: Date.now() + CODE_SECONDS[asked.kind] * 1_000,
  });
  return value;
}

function tokenOf(world: World, { kind, scopes, declined, assets }: Code): Token {
  const soon = Math.floor(Date.now() / 1000) + 3_600;
  if (kind === 'whatsapp') {
    const targets = assets.flatMap((id) => [id, ...numbersOf(world, id).map((number) => number.id)]);
    return addToken(world, { type: 'SYSTEM_USER', targets, scopes, declined });
  }
  if (kind === 'instagram') {
    const [id = ''] = assets;
    const granted = scopes.filter((scope) => INSTAGRAM_LOGIN_SCOPES.includes(scope));
    return addToken(world, {
      type: 'INSTAGRAM',
      targets: [id],
      scopes: granted,
      declined,
      profileId: id,
      userId: id,
      expiresAt: soon,
    });
  }
  const linked = [...world.accounts.values()].filter(
    ({ parentId }) => parentId !== undefined && assets.includes(parentId),
  );
  for (const id of assets) givePageToken(world, id, linked);
  const targets = [...assets, ...linked.filter(({ channel }) => channel === 'instagram').map(({ id }) => id)];
  return addToken(world, { type: 'USER', targets, scopes, declined, userId: OWNER_USER_ID, expiresAt: soon });
}

/** A Page whose tokens have all died gets a new one with a new consent. */
function givePageToken(world: World, pageId: string, linked: Account[]): void {
  const tokens = [...world.tokens.values()].filter(({ type, profileId }) => type === 'PAGE' && profileId === pageId);
  const last = tokens.at(-1);
  if (last === undefined || tokens.some(({ broken }) => broken === undefined)) return;
  const accounts = linked.filter(({ parentId, channel }) => parentId === pageId && channel === 'instagram');
  addToken(world, {
    type: 'PAGE',
    targets: [pageId, ...accounts.map(({ id }) => id)],
    scopes: [...last.scopes],
    profileId: pageId,
  });
}

function assetsOf(world: World, kind: DialogKind): { id: string; name: string }[] {
  if (kind === 'whatsapp') return [...world.wabas.values()].map(({ id, name }) => ({ id, name }));
  return [...world.accounts.values()]
    .filter((one) =>
      kind === 'facebook' ? one.channel === 'messenger' : one.channel === 'instagram' && one.login === 'instagram',
    )
    .map(({ id, name }) => ({ id, name }));
}

function numbersOf(world: World, wabaId: string): Account[] {
  return [...world.accounts.values()].filter(({ channel, parentId }) => channel === 'whatsapp' && parentId === wabaId);
}
