import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formField, readSignedRequest } from '../../channels/index.js';
import { Public } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { PublicLinks } from '../../platform/mail/index.js';
import { PrivacyRequestKind, PrivacyRequestOrigin } from './enums.js';
import { OpenPlatformRequest } from './open-platform-request.js';

/** `POST /webhooks/meta/data-deletion`: a person asks Meta to have what this app knows of them deleted. */
@Controller('webhooks/meta/data-deletion')
export class MetaDeletionController {
  private readonly secrets: readonly string[];

  constructor(
    config: Config,
    private readonly requests: OpenPlatformRequest,
    private readonly links: PublicLinks,
  ) {
    // Instagram Login's app signs with its own secret.
    const { appSecret, instagramAppSecret } = config.meta;
    this.secrets = [appSecret, instagramAppSecret].filter((secret) => secret !== null);
  }

  @Post()
  @HttpCode(200)
  @Public('signed by Meta')
  async receive(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly url: string; readonly confirmation_code: string } | string> {
    const payload = readSignedRequest(formField(request.body, 'signed_request'), this.secrets);
    const person = idOf(payload?.['user_id']);
    if (payload === null || person === null) {
      reply.status(401).type('text/plain');
      return 'The signature is missing or wrong.';
    }
    const code = await this.requests.run(['meta', person, idOf(payload['issued_at']) ?? ''], {
      kind: PrivacyRequestKind.ERASE,
      origin: PrivacyRequestOrigin.META,
      hints: { externalId: person },
    });
    return { url: this.links.publicLink(`/privacy/requests/${code}`), confirmation_code: code };
  }
}

function idOf(given: unknown): string | null {
  const text = typeof given === 'number' ? String(given) : given;
  return typeof text === 'string' && /^[\w.-]{1,64}$/.test(text) && text !== '0' ? text : null;
}
