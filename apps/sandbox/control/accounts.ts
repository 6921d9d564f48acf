import { compact, num, obj, str, type Obj } from '../json.ts';
import type { Settings } from '../options.ts';
import { addBot, addCustomer, addInstagram, addPage, addWhatsApp } from '../world/accounts.ts';
import type { Channel, Customer, Window } from '../world/model.ts';
import { BadRequest, NotFound } from './errors.ts';
import type { Platform } from '../graph/call.ts';

/** Adds an account with the ids and token that the caller wants, or with new ones. */
export function addAccount(platform: Platform, channel: Channel, input: Obj): Obj {
  const { world } = platform;
  const text = (name: string) => str(input[name]);
  const id = text('id');
  if (id !== undefined && (world.accounts.has(id) || world.wabas.has(id)))
    throw new BadRequest(`There is an account with the id ${id} already.`);
  const given = compact({
    id,
    name: text('name'),
    username: text('username'),
    pageId: text('pageId'),
    wabaId: text('wabaId'),
    displayPhoneNumber: text('displayPhoneNumber'),
    token: text('token'),
    pin: text('pin'),
    registered: input['registered'] === false ? false : undefined,
  });
  const add = { messenger: addPage, instagram: addInstagram, whatsapp: addWhatsApp, telegram: addBot }[channel];
  const { account, token } = add(world, given);
  world.notify({ type: 'state' });
  return { ...account, token: token.value };
}

/** Ends a token: `expire` as time does, `invalidate` with the subcode of a reason. */
export function breakToken(platform: Platform, params: Record<string, string>, input: Obj): Obj {
  const token = platform.world.tokens.get(params['token'] ?? '');
  if (!token) throw new NotFound('There is no such token.');
  switch (params['how']) {
    case 'expire':
      token.expiresAt = 1;
      token.broken = {
        subcode: num(input['subcode']) ?? 463,
        message: 'Error validating access token: Session has expired.',
      };
      break;
    case 'invalidate':
      token.broken = {
        subcode: num(input['subcode']) ?? 460,
        message:
          'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
      };
      break;
    case 'restore':
      delete token.broken;
      token.expiresAt = 0;
      break;
    default:
      throw new BadRequest(
        'A token can be expired, invalidated or restored: POST /_sandbox/tokens/{token}/expire|invalidate|restore.',
      );
  }
  platform.world.notify({ type: 'state' });
  return { ...token };
}

/** Adds a person who can write. */
export function addNewCustomer(platform: Platform, input: Obj): Customer {
  const channel = str(input['channel']) as Channel;
  if (!['messenger', 'instagram', 'whatsapp', 'telegram'].includes(channel))
    throw new BadRequest('"channel" must be messenger, instagram, whatsapp or telegram.');
  const customer = addCustomer(platform.world, {
    ...changesOf(input),
    ...compact({ id: str(input['id']), phone: str(input['phone']), userId: str(input['userId']) }),
    channel,
  });
  platform.world.notify({ type: 'state' });
  return customer;
}

/** Changes what a person is like: the name, the window, whether they block the business. */
export function changeCustomer(platform: Platform, params: Record<string, string>, input: Obj): Customer {
  const customer = platform.world.customer(params['channel'] as Channel, params['id'] ?? '');
  if (!customer) throw new NotFound('There is no such customer.');
  Object.assign(customer, changesOf(input));
  platform.world.notify({ type: 'state' });
  return customer;
}

function changesOf(input: Obj): Partial<Customer> {
  const window = str(input['window']);
  if (window !== undefined && !['open', 'closed', 'closed-late'].includes(window))
    throw new BadRequest('"window" must be open, closed or closed-late.');
  const flag = (name: string) => (typeof input[name] === 'boolean' ? input[name] : undefined);
  return compact({
    name: str(input['name']),
    username: str(input['username']),
    language: str(input['language']),
    window: window as Window | undefined,
    blocked: flag('blocked'),
    profileHidden: flag('profileHidden'),
  });
}

/** Changes the settings that may change while it runs. */
export function changeSettings(platform: Platform, input: Obj): Settings {
  const { settings } = platform.world;
  const receipts = str(input['receipts']);
  if (receipts !== undefined && !['all', 'delivered', 'none'].includes(receipts))
    throw new BadRequest('"receipts" must be all, delivered or none.');
  const url = str(input['webhookUrl']);
  if (url !== undefined && !URL.canParse(url))
    throw new BadRequest('"webhookUrl" must be a full address, such as http://127.0.0.1:3000/webhooks/meta.');
  const gaps = Array.isArray(input['retryGapsMs']) ? input['retryGapsMs'].map((gap) => num(gap) ?? 0) : undefined;
  if (gaps && (gaps.length > 20 || gaps.some((gap) => gap < 0)))
    throw new BadRequest('"retryGapsMs" must be at most 20 pauses in milliseconds.');
  Object.assign(
    settings,
    compact({
      receipts,
      webhookUrl: url,
      retryGapsMs: gaps,
      receiptDelayMs: num(input['receiptDelayMs']),
      mediaUrlMs: num(input['mediaUrlMs']),
      whatsappMediaUrlMs: num(input['whatsappMediaUrlMs']),
      fetchAttachments: typeof input['fetchAttachments'] === 'boolean' ? input['fetchAttachments'] : undefined,
      requireSubscription: typeof input['requireSubscription'] === 'boolean' ? input['requireSubscription'] : undefined,
    }),
  );
  const secrets = obj(input['app']);
  if (secrets)
    Object.assign(
      platform.world.app,
      compact({ secret: str(secrets['secret']), instagramSecret: str(secrets['instagramSecret']) }),
    );
  platform.world.notify({ type: 'state' });
  return settings;
}
