import { compact, num, str, type Obj } from '../json.ts';
import { mediaUrl } from '../media/urls.ts';
import { pictureOf } from '../media/store.ts';
import type { Account, Customer, Token, Waba } from '../world/model.ts';
import { isAppToken, tokenFailure, type GraphAnswer, type GraphCall } from './call.ts';
import { GraphError, missing, unseen } from './errors.ts';

/** GET /debug_token: what a token is and what it opens. */
export function debugToken(call: GraphCall, asking: Token): GraphAnswer {
  const input = str(call.params['input_token']);
  if (!input) throw missing('input_token');
  if (asking.type !== 'APP' && asking.value !== input && asking.type !== 'USER') {
    throw new GraphError(
      100,
      '(#100) You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  const { app } = call.world;
  if (isAppToken(app, input))
    return { body: { data: { app_id: app.id, type: 'APP', application: app.name, is_valid: true, scopes: [] } } };
  const token = call.world.tokens.get(input);
  if (!token) {
    return {
      body: {
        data: {
          error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' },
          is_valid: false,
          scopes: [],
        },
      },
    };
  }
  const failure = tokenFailure(token);
  return {
    body: {
      data: compact({
        app_id: app.id,
        type: token.type === 'INSTAGRAM' ? 'USER' : token.type,
        application: app.name,
        data_access_expires_at: token.issuedAt + 90 * 86_400,
        expires_at: token.expiresAt,
        issued_at: token.issuedAt,
        is_valid: failure === undefined,
        error: failure && { code: 190, message: failure.message, subcode: failure.subcode },
        profile_id: token.profileId,
        scopes: token.scopes,
        granular_scopes: token.scopes.map((scope) => ({
          scope,
          // WhatsApp is granted by the business account; its numbers come with it.
          target_ids: scope.startsWith('whatsapp')
            ? token.targets.filter((id) => call.world.wabas.has(id))
            : token.targets,
        })),
        user_id: token.userId,
      }),
    },
  };
}

/** The fields of an account, under the names that Graph gives them. */
export function accountFields(call: GraphCall, account: Account): Obj {
  const { world } = call;
  if (account.channel === 'messenger') {
    const instagram = [...world.accounts.values()].find(
      (other) => other.channel === 'instagram' && other.parentId === account.id,
    );
    return {
      id: account.id,
      name: account.name,
      category: 'Shopping',
      tasks: ['MESSAGING', 'MODERATE', 'MANAGE'],
      link: `https://www.facebook.com/${account.id}`,
      picture: { data: { url: mediaUrl(world, pictureOf(world, account.name)) } },
      ...(instagram && {
        instagram_business_account: { id: instagram.id, username: instagram.username, name: instagram.name },
      }),
    };
  }
  if (account.channel === 'instagram') {
    return {
      id: account.id,
      user_id: account.id,
      name: account.name,
      username: account.username,
      account_type: 'BUSINESS',
      profile_picture_url: mediaUrl(world, pictureOf(world, account.name)),
      followers_count: 42,
    };
  }
  return {
    id: account.id,
    verified_name: account.name,
    display_phone_number: `+${account.displayPhoneNumber}`,
    code_verification_status: 'VERIFIED',
    quality_rating: 'GREEN',
    platform_type: account.registered === false ? 'NOT_APPLICABLE' : 'CLOUD_API',
    is_on_biz_app: false,
    throughput: { level: 'STANDARD' },
    name_status: 'APPROVED',
    status: 'CONNECTED',
  };
}

/** The fields of a WABA. */
export function wabaFields(waba: Waba): Obj {
  return {
    id: waba.id,
    name: waba.name,
    currency: 'TRY',
    timezone_id: '1',
    owner_business_info: { id: waba.businessId, name: waba.name },
  };
}

/** A person's profile as an account may see it. */
export function profileFields(call: GraphCall, customer: Customer): Obj {
  if (customer.profileHidden) throw unseen(customer.id);
  const [first = customer.name, ...rest] = customer.name.split(' ');
  const picture = mediaUrl(call.world, pictureOf(call.world, customer.name));
  if (customer.channel === 'messenger') {
    return {
      id: customer.id,
      first_name: first,
      last_name: rest.join(' '),
      name: customer.name,
      profile_pic: picture,
      locale: customer.language,
    };
  }
  return {
    id: customer.id,
    name: customer.name,
    username: customer.username ?? customer.id,
    profile_pic: picture,
    follower_count: 120,
    is_user_follow_business: true,
    is_business_follow_user: false,
    is_verified_user: false,
  };
}

/** Only the fields that were asked for, as `a,b{c,d}`; without the parameter the short form. */
export function project(fields: Obj, asked: string | undefined, short: string[]): Obj {
  const names = asked === undefined ? short : splitFields(asked);
  const picked: Obj = {};
  for (const wanted of names) {
    const [, name = '', inner] = /^([^{]+)(?:\{(.*)\})?$/.exec(wanted) ?? [];
    const value = fields[name];
    if (value === undefined) continue;
    picked[name] =
      inner !== undefined && typeof value === 'object' && value !== null ? project(value as Obj, inner, []) : value;
  }
  return { ...picked, id: fields['id'] };
}

function splitFields(text: string): string[] {
  return text
    .split(/,(?![^{]*\})/)
    .map((field) => field.trim())
    .filter((field) => field !== '');
}

/** A list in one page, as every edge answers. */
export function listOf(rows: Obj[], params: Obj): Obj {
  const limit = Math.min(num(params['limit']) ?? 100, 1000);
  const start = num(Buffer.from(str(params['after']) ?? '', 'base64').toString()) ?? 0;
  const shown = rows.slice(start, start + limit);
  const cursor = (position: number) => Buffer.from(String(position)).toString('base64');
  if (shown.length === 0) return { data: [] };
  const more = start + limit < rows.length;
  return {
    data: shown,
    paging: {
      cursors: { before: cursor(start), after: cursor(start + limit) },
      ...(more && { next: `after=${cursor(start + limit)}` }),
    },
  };
}
