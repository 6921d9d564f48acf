import { compact, str, strs, type Obj } from '../json.ts';
import type { Account, Token } from '../world/model.ts';
import { authorise, mustHave, mustSee, tokenFailure, type GraphAnswer, type GraphCall } from './call.ts';
import { GraphError, invalid, unseen } from './errors.ts';
import { conversations } from './conversations.ts';
import { sendPageMessage } from './messenger.ts';
import { accountFields, debugToken, listOf, profileFields, project, wabaFields } from './objects.ts';
import { oauthToken } from './oauth.ts';
import { registerNumber, sendWhatsApp } from './whatsapp.ts';
import { describeTemplate } from './whatsapp-templates.ts';
import { deleteMedia, describeMedia, uploadMedia } from './whatsapp-media.ts';

/** Finds what a call means, from its path alone, and does it. */
export function dispatch(call: GraphCall): GraphAnswer | Promise<GraphAnswer> {
  const [head = '', edge, item] = call.segments;
  if (head === 'oauth' || head === 'access_token' || head === 'refresh_access_token') return oauthToken(call);
  const token = authorise(call);
  if (head === 'debug_token') return debugToken(call, token);
  if (head === '') throw new GraphError(100, 'Unsupported get request. Please read the Graph API documentation.');
  const id = head === 'me' ? (token.profileId ?? token.userId) : head;

  if (edge === 'permissions') return permissions(call, token, id, item);
  if (head === 'me' && (token.type === 'USER' || token.type === 'SYSTEM_USER')) return owner(call, token, edge);
  const account = call.world.accounts.get(id);
  if (account) {
    mustSee(token, id);
    return atAccount(call, token, account, edge);
  }
  if (call.world.wabas.has(id)) {
    mustSee(token, id);
    return atWaba(call, id, edge);
  }
  const media = edge === undefined ? call.world.media.get(id) : undefined;
  if (media && token.targets.includes(media.ownerId)) {
    return call.method === 'DELETE' ? deleteMedia(call, media) : describeMedia(call, media);
  }
  if (call.method === 'GET' && edge === 'leads' && leadForms.some((form) => form.id === id))
    return leadsOf(call, token, id);
  const lead = edge === undefined ? call.world.leads.get(id) : undefined;
  if (lead && token.targets.includes(lead.pageId)) {
    mustHave(token, 'leads_retrieval');
    return {
      body: project({ ...lead.fields }, str(call.params['fields']), Object.keys(lead.fields)),
      account: lead.pageId,
    };
  }
  if (call.method === 'GET' && edge === undefined) return profile(call, token, id);
  throw unseen(id);
}

/** The forms of every Page's adverts; the customer of the page fills in the first. */
const leadForms: readonly Obj[] = [
  { id: '340000000000001', name: 'Ask for a price' },
  { id: '340000000000002', name: 'Newsletter' },
];

/** What was sent in by a form of the Pages that the token is for, the newest first. */
function leadsOf(call: GraphCall, token: Token, formId: string): GraphAnswer {
  mustHave(token, 'leads_retrieval');
  const [filter] = JSON.parse(str(call.params['filtering']) ?? '[]') as { field: string; value: number }[];
  const rows = [...call.world.leads.values()]
    .filter(({ pageId, fields }) => token.targets.includes(pageId) && fields['form_id'] === formId)
    .filter(({ fields }) => Date.parse(str(fields['created_time']) ?? '') / 1000 > (filter?.value ?? 0))
    .map(({ fields }) => project({ ...fields }, str(call.params['fields']), Object.keys(fields)));
  return { body: listOf(rows.reverse(), call.params) };
}

function atAccount(
  call: GraphCall,
  token: Token,
  account: Account,
  edge: string | undefined,
): GraphAnswer | Promise<GraphAnswer> {
  const route = `${call.method} ${edge ?? ''}`;
  if (route === 'GET ') {
    const short =
      account.channel === 'whatsapp' ? ['verified_name', 'display_phone_number', 'quality_rating'] : ['name'];
    return {
      body: project({ ...accountFields(call, account), access_token: token.value }, str(call.params['fields']), short),
      account: account.id,
    };
  }
  if (route === 'GET conversations' && account.channel !== 'whatsapp') return conversations(call, token, account);
  if (edge === 'subscribed_apps' && account.channel !== 'whatsapp') return subscribe(call, account.id);
  if (route === 'GET leadgen_forms' && account.channel === 'messenger') {
    mustHave(token, 'leads_retrieval');
    return { body: listOf([...leadForms], call.params), account: account.id };
  }
  if (route === 'POST messages') {
    if (account.channel === 'whatsapp') {
      mustHave(token, 'whatsapp_business_messaging');
      return sendWhatsApp(call, account);
    }
    return sendPageMessage(call, token, account);
  }
  if (account.channel === 'whatsapp') {
    if (route === 'POST media') return uploadMedia(call, account);
    if (route === 'POST register') return registerNumber(call, account);
    if (route === 'POST deregister') {
      account.registered = false;
      return { body: { success: true }, account: account.id };
    }
    if (route === 'DELETE contact_book') return { body: { success: true, deleted: 1 }, account: account.id };
  }
  throw unseen(account.id);
}

function atWaba(call: GraphCall, id: string, edge: string | undefined): GraphAnswer {
  const waba = call.world.wabas.get(id);
  if (edge === 'subscribed_apps') return subscribe(call, id);
  if (call.method !== 'GET' || !waba) throw unseen(id);
  const numbers = [...call.world.accounts.values()].filter(
    (account) => account.channel === 'whatsapp' && account.parentId === id,
  );
  switch (edge) {
    case undefined:
      return { body: project(wabaFields(waba), str(call.params['fields']), ['name']), account: id };
    case 'phone_numbers': {
      const short = ['verified_name', 'display_phone_number', 'quality_rating', 'code_verification_status'];
      const rows = numbers.map((number) => project(accountFields(call, number), str(call.params['fields']), short));
      return { body: listOf(rows, call.params), account: id };
    }
    case 'message_templates': {
      return { body: listOf(call.world.templates.map(describeTemplate), call.params), account: id };
    }
    default:
      throw unseen(id);
  }
}

/** What the business's person sees: themselves and the Pages they run. */
function owner(call: GraphCall, token: Token, edge: string | undefined): GraphAnswer {
  if (call.method === 'GET' && edge === undefined) {
    return {
      body: project(
        { id: token.userId, name: token.type === 'USER' ? 'Demo Owner' : 'Demo System User' },
        str(call.params['fields']),
        ['name'],
      ),
    };
  }
  if (call.method !== 'GET' || edge !== 'accounts') throw unseen('me');
  const rows = token.targets.flatMap((id) => {
    const page = call.world.account('messenger', id);
    const pageToken = [...call.world.tokens.values()].find(
      (other) => other.type === 'PAGE' && other.profileId === id && !tokenFailure(other),
    );
    if (!page || !pageToken) return [];
    const fields = { ...accountFields(call, page), access_token: pageToken.value };
    return [project(fields, str(call.params['fields']), ['name', 'access_token', 'category', 'tasks'])];
  });
  return { body: listOf(rows, call.params) };
}

function subscribe(call: GraphCall, id: string): GraphAnswer {
  const { subscriptions, app } = call.world;
  const done = { body: { success: true }, account: id };
  if (call.method === 'DELETE') {
    subscriptions.delete(id);
    return done;
  }
  if (call.method === 'POST') {
    const asked = call.params['subscribed_fields'];
    const fields = Array.isArray(asked) ? strs(asked) : (str(asked) ?? '').split(',').filter((field) => field !== '');
    if (fields.length === 0 && !call.world.wabas.has(id)) throw invalid('The parameter subscribed_fields is required.');
    subscriptions.set(id, fields);
    return done;
  }
  const fields = subscriptions.get(id);
  const described: Obj = call.world.wabas.has(id)
    ? { whatsapp_business_api_data: { id: app.id, name: app.name, link: 'https://www.facebook.com/' } }
    : { id: app.id, name: app.name, link: 'https://www.facebook.com/', subscribed_fields: fields };
  return { body: { data: fields === undefined ? [] : [described] }, account: id };
}

function permissions(call: GraphCall, token: Token, id: string, permission: string | undefined): GraphAnswer {
  const person = token.type === 'APP' ? id : token.userId;
  if (id !== person && id !== token.profileId) throw unseen(id);
  if (call.method === 'GET') {
    const said = (status: string, names: string[] = []) => names.map((name) => ({ permission: name, status }));
    return { body: { data: [...said('granted', token.scopes), ...said('declined', token.declined)] } };
  }
  if (call.method !== 'DELETE') throw unseen(id);
  for (const other of call.world.tokens.values()) {
    if (other.userId !== person) continue;
    if (permission !== undefined) other.scopes = other.scopes.filter((scope) => scope !== permission);
    else
      other.broken = {
        subcode: 458,
        message: 'Error validating access token: The user has not authorized application ' + call.world.app.id + '.',
      };
  }
  return { body: { success: true } };
}

function profile(call: GraphCall, token: Token, id: string): GraphAnswer {
  const channels = (['messenger', 'instagram'] as const).filter((channel) =>
    token.targets.some((target) => call.world.account(channel, target)),
  );
  const customer = channels.map((channel) => call.world.customer(channel, id)).find((found) => found !== undefined);
  if (!customer) throw unseen(id);
  return { body: project(compact(profileFields(call, customer)), str(call.params['fields']), ['name']) };
}
