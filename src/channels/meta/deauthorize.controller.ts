import { type KeyObject, createSecretKey } from 'node:crypto';
import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { webhookCalls } from '../counters.js';
import { WithdrawConsent } from '../life/withdraw-consent.js';
import { accountNames } from './envelope.js';
import { maybeNumber, maybeId, type Json } from '../wire/reading.js';
import { formField, readSignedRequest } from './signed-request.js';

const words = 'The app was removed on facebook.com. Connect the account again in the channel settings.';

/** `POST /webhooks/meta/deauthorize`: a person, or a Page, has removed the app. Calling twice changes nothing. */
@Controller('webhooks/meta/deauthorize')
export class DeauthorizeController {
  private readonly secrets: readonly KeyObject[];

  constructor(
    config: Config,
    private readonly withdraw: WithdrawConsent,
  ) {
    // Instagram Login's app signs with its own secret.
    const { appSecret, instagramAppSecret } = config.meta;
    this.secrets = [appSecret, instagramAppSecret]
      .filter((secret) => secret !== null)
      .map((secret) => createSecretKey(secret, 'utf8'));
  }

  @Post()
  @HttpCode(200)
  @Public('signed by Meta')
  async receive(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.type('text/plain');
    const payload = readSignedRequest(formField(request.body, 'signed_request'), this.secrets);
    if (payload === null) {
      webhookCalls.inc({ provider: 'meta', outcome: 'refused' });
      reply.status(401);
      return 'The signature is missing or wrong.';
    }
    await this.withdraw.run({ provider: 'meta', ...withdrawnBy(payload), reason: words });
    webhookCalls.inc({ provider: 'meta', outcome: 'stored' });
    return 'OK';
  }
}

/** Who withdrew, and when. A Page that removes the app comes without a person. */
function withdrawnBy(payload: Json): { person: string | null; accounts: string[]; at: Date | null } {
  const person = idIn(payload, 'user_id');
  const profile = idIn(payload, 'profile_id');
  const seconds = timeIn(payload);
  return {
    person,
    accounts: profile === null ? [] : [accountNames.page(profile)],
    at: seconds === null ? null : new Date(seconds * 1_000),
  };
}

function idIn(payload: Json, name: string): string | null {
  try {
    const id = maybeId(payload, name);
    return id === '0' ? null : id;
  } catch {
    return null;
  }
}

function timeIn(payload: Json): number | null {
  try {
    const seconds = maybeNumber(payload, 'issued_at');
    return seconds === null || seconds <= 0 || seconds > 4e10 ? null : seconds;
  } catch {
    return null;
  }
}
