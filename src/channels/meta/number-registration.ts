import { Injectable } from '@nestjs/common';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import { isLater } from './consent/issued-token.js';
import { GraphClient } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';

/** What the channel says until its number is registered. */
export const unregisteredWords =
  'This number is not registered for sending yet. Register it with its six-digit PIN in the channel settings.';

const refusals: Readonly<Record<number, string>> = {
  133005:
    'This number has a PIN for two-step verification already, and it is another one. Enter that one, or reset it in the WhatsApp Manager.',
  133006: 'This number has to be verified first, in the WhatsApp Manager.',
  133008: 'Too many wrong PINs were given for this number. Wait until WhatsApp takes another, or reset it there.',
  133009: 'The last PIN was given a moment ago. Wait a minute, then try again.',
  133015: 'This number was deleted a short time ago. Wait five minutes, then try again.',
  133016: 'WhatsApp lets a number be registered ten times in three days. Try again after that.',
};

/** A number sends and receives over the Cloud API once it is registered there, with six digits that protect it from then on. */
@Injectable()
export class NumberRegistration {
  constructor(private readonly graph: GraphClient) {}

  /** False where the platform says that it is not; one that the WhatsApp Business app serves needs none. */
  async isRegistered(phoneNumberId: string, token: string): Promise<boolean> {
    try {
      const query = { fields: 'platform_type,is_on_biz_app' };
      const { body } = await this.graph.call('facebook', { path: phoneNumberId, token, query });
      return body?.['platform_type'] !== 'NOT_APPLICABLE' || body['is_on_biz_app'] === true;
    } catch (error) {
      // Not to know is no reason to refuse a connection: the first reply would tell.
      if (error instanceof OutgoingError) return true;
      throw error;
    }
  }

  /** Registers it. The PIN goes to the platform and is kept nowhere. Refuses in words, at the field `pin`. */
  async register(phoneNumberId: string, token: string, pin: string): Promise<void> {
    const json = { messaging_product: 'whatsapp', pin };
    const request = { method: 'POST', path: `${phoneNumberId}/register`, token, json } as const;
    const answer = await this.graph.call('facebook', request).catch((error: unknown) => {
      if (!(error instanceof OutgoingError)) throw error;
      return null;
    });
    if (answer === null || isLater(answer))
      throw new DomainError(ErrorCode.UNAVAILABLE, 'WhatsApp cannot answer right now. Try again in a minute.', {
        retryAfter: answer?.retryAfter ?? 60,
      });
    const { status, error, body } = answer;
    const success = body?.['success'];
    if (status <= 299 && error === null && (success === true || success === 'true')) return;
    const known = refusals[error?.code ?? 0];
    if (known !== undefined) throw badInput('pin', known);
    const { words } = graphErrorRule(error?.code ?? null, error?.subcode ?? null);
    throw new DomainError(ErrorCode.PLATFORM_REFUSED, words);
  }
}
