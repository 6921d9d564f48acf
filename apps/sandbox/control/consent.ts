import type { Platform } from '../graph/call.ts';
import { decide, readDialog, signUpInWindow, WrongDialog, type Decision } from '../dialog/consent.ts';
import { str, strs, type Obj } from '../json.ts';
import { signedRequest } from '../signatures.ts';
import { OWNER_USER_ID } from '../world/accounts.ts';
import { BadRequest } from './errors.ts';

/** The person's decision in a dialog, without a browser: gives where they are sent. */
export function consent(platform: Platform, input: Obj): Obj {
  const url = URL.parse(str(input['url']) ?? '');
  if (url === null) throw new BadRequest('"url" must be the address of a dialog.');
  try {
    const asked = readDialog(platform.world, url.pathname.startsWith('/instagram-dialog/'), url.searchParams);
    return { redirect: decide(platform.world, asked, decisionIn(input)), asked };
  } catch (error) {
    if (error instanceof WrongDialog) throw new BadRequest(error.message);
    throw error;
  }
}

/** WhatsApp's embedded signup, done to the end in its window. */
export function embeddedSignup(platform: Platform, input: Obj): Obj {
  const wabaId = str(input['wabaId']);
  return {
    ...signUpInWindow(platform.world, { ...decisionIn(input), ...(wabaId !== undefined && { assets: [wabaId] }) }),
  };
}

/** Somebody, or a Page, removes the app on facebook.com: their tokens die, and the app is told. */
export async function deauthorize(platform: Platform, input: Obj): Promise<Obj> {
  const { world, webhooks } = platform;
  const pageId = str(input['pageId']);
  const userId = str(input['userId']) ?? OWNER_USER_ID;
  for (const token of world.tokens.values()) {
    const meant =
      pageId === undefined ? token.userId === userId : token.targets.includes(pageId) && token.type === 'PAGE';
    if (meant)
      token.broken = {
        subcode: 458,
        message: 'Error validating access token: The user has not authorized application.',
      };
  }
  const instagram = world.account('instagram', userId)?.login === 'instagram';
  const payload = {
    algorithm: 'HMAC-SHA256',
    issued_at: Math.floor(Date.now() / 1000),
    ...(pageId === undefined ? { user_id: userId } : { user_id: '0', profile_id: pageId }),
  };
  const secret = instagram ? world.app.instagramSecret : world.app.secret;
  const answer = await webhooks.post({
    url: `${world.settings.webhookUrl}/deauthorize`,
    body: new URLSearchParams({ signed_request: signedRequest(payload, secret) }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    sign: false,
  });
  return { status: answer.status, body: answer.body };
}

/** The platform stops sending webhooks for an account, as it does after an hour of failures. */
export function dropSubscription(platform: Platform, id: string): Obj {
  return { dropped: platform.world.subscriptions.delete(id) };
}

function decisionIn(input: Obj): Decision {
  return {
    refuse: input['refuse'] === true,
    permissions: Array.isArray(input['permissions']) ? strs(input['permissions']) : undefined,
    assets: Array.isArray(input['assets']) ? strs(input['assets']) : undefined,
  };
}
