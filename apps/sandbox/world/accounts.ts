import { accessToken, numericId } from '../ids.ts';
import type { Account, Customer, Token } from './model.ts';
import type { World } from './world.ts';

export const PAGE_SCOPES = [
  'pages_show_list',
  'pages_messaging',
  'pages_manage_metadata',
  'pages_read_engagement',
  'leads_retrieval',
];
export const INSTAGRAM_SCOPES = ['instagram_basic', 'instagram_manage_messages'];
export const INSTAGRAM_LOGIN_SCOPES = ['instagram_business_basic', 'instagram_business_manage_messages'];
export const WHATSAPP_SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging', 'business_management'];

/** The person at the business who connected everything. */
export const OWNER_USER_ID = '730055501';
const SYSTEM_USER_ID = '730055599';

/** Adds a token that works. */
export function addToken(world: World, token: Partial<Token> & Pick<Token, 'type' | 'targets' | 'scopes'>): Token {
  const full: Token = {
    value: accessToken(token.type === 'INSTAGRAM' ? 'IGAA' : 'EAA'),
    userId: token.type === 'SYSTEM_USER' ? SYSTEM_USER_ID : OWNER_USER_ID,
    issuedAt: Math.floor(Date.now() / 1000),
    expiresAt: 0,
    ...token,
  };
  world.tokens.set(full.value, full);
  return full;
}

/** Adds a Page with its token. */
export function addPage(
  world: World,
  input: { id?: string; name?: string; token?: string },
): { account: Account; token: Token } {
  const account: Account = { channel: 'messenger', id: input.id ?? numericId('90'), name: input.name ?? 'Demo Shop' };
  world.accounts.set(account.id, account);
  const token = addToken(world, {
    ...(input.token !== undefined && { value: input.token }),
    type: 'PAGE',
    targets: [account.id],
    scopes: [...PAGE_SCOPES, ...INSTAGRAM_SCOPES],
    profileId: account.id,
  });
  grantOwner(world, account.id);
  return { account, token };
}

/** Adds an Instagram account: linked to a Page (whose token then opens it) or with a sign-in of its own. */
export function addInstagram(
  world: World,
  input: { id?: string; name?: string; username?: string; pageId?: string; token?: string },
): { account: Account; token: Token } {
  const account: Account = {
    channel: 'instagram',
    id: input.id ?? numericId('1784'),
    name: input.name ?? 'Demo Shop',
    username: input.username ?? 'demo.shop',
    login: input.pageId === undefined ? 'instagram' : 'facebook',
    ...(input.pageId !== undefined && { parentId: input.pageId }),
  };
  world.accounts.set(account.id, account);
  const ofPage = [...world.tokens.values()].find((token) => token.type === 'PAGE' && token.profileId === input.pageId);
  if (input.pageId !== undefined && ofPage) {
    ofPage.targets.push(account.id);
    grantOwner(world, account.id);
    return { account, token: ofPage };
  }
  const token = addToken(world, {
    ...(input.token !== undefined && { value: input.token }),
    type: 'INSTAGRAM',
    targets: [account.id],
    scopes: INSTAGRAM_LOGIN_SCOPES,
    profileId: account.id,
    userId: account.id,
    expiresAt: Math.floor(Date.now() / 1000) + 60 * 86_400,
  });
  return { account, token };
}

/** Adds a WhatsApp number, with its WABA when that is new. */
export function addWhatsApp(
  world: World,
  input: {
    id?: string;
    wabaId?: string;
    displayPhoneNumber?: string;
    name?: string;
    token?: string;
    registered?: boolean;
    pin?: string;
  },
): { account: Account; token: Token } {
  const wabaId = input.wabaId ?? numericId('77');
  const name = input.name ?? 'Demo Shop';
  if (!world.wabas.has(wabaId)) world.wabas.set(wabaId, { id: wabaId, name, businessId: '880000000000001' });
  const account: Account = {
    channel: 'whatsapp',
    id: input.id ?? numericId('66'),
    name,
    parentId: wabaId,
    displayPhoneNumber: input.displayPhoneNumber ?? `90555${numericId('1').slice(-7)}`,
    ...(input.registered === false && { registered: false }),
    ...(input.pin !== undefined && { pin: input.pin }),
  };
  world.accounts.set(account.id, account);
  const existing = [...world.tokens.values()].find(
    (token) => token.type === 'SYSTEM_USER' && token.targets.includes(wabaId),
  );
  if (existing && input.token === undefined) {
    existing.targets.push(account.id);
    return { account, token: existing };
  }
  const token = addToken(world, {
    ...(input.token !== undefined && { value: input.token }),
    type: 'SYSTEM_USER',
    targets: [wabaId, account.id],
    scopes: WHATSAPP_SCOPES,
  });
  return { account, token };
}

/** Adds a Telegram bot with its token. */
export function addBot(
  world: World,
  input: { id?: string; name?: string; username?: string; token?: string },
): { account: Account; token: Token } {
  const id = input.id ?? numericId('70').slice(0, 10);
  const account: Account = {
    channel: 'telegram',
    id,
    name: input.name ?? 'Demo Shop',
    username: input.username ?? `demo_shop_${id}_bot`,
  };
  world.accounts.set(id, account);
  const value = input.token ?? `${id}:AA${accessToken('EAA').slice(3, 36)}`;
  return { account, token: addToken(world, { value, type: 'BOT', targets: [id], scopes: [], profileId: id }) };
}

/** Adds a person; phone numbers are their ids on WhatsApp unless they hide theirs. */
export function addCustomer(world: World, input: Partial<Customer> & Pick<Customer, 'channel'>): Customer {
  const id =
    input.id ??
    input.phone ??
    input.userId ??
    (input.channel === 'whatsapp'
      ? `90555${numericId('2').slice(-7)}`
      : input.channel === 'telegram'
        ? numericId('55').slice(0, 9)
        : numericId(input.channel === 'messenger' ? '71' : '72'));
  const hiddenPhone = input.channel !== 'whatsapp' || (input.phone === undefined && id === input.userId);
  return world.putCustomer({
    name: 'New customer',
    window: 'open',
    blocked: false,
    profileHidden: false,
    ...(hiddenPhone ? {} : { phone: id }),
    ...(input.channel === 'whatsapp' && { userId: `TR.${id.replace(/\D/g, '')}sandbox` }),
    ...input,
    id,
  });
}

/** The owner's own token sees what the owner's business has. */
function grantOwner(world: World, id: string): void {
  for (const token of world.tokens.values()) {
    if (token.type === 'USER' && token.userId === OWNER_USER_ID && !token.targets.includes(id)) token.targets.push(id);
  }
}
