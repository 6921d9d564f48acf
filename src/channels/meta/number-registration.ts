import { Injectable } from '@nestjs/common';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import type { RefusalReason } from '../connect/refusal-words.js';
import { refusal } from '../connect/refusal.js';
import { isLater } from './consent/issued-token.js';
import { GraphClient } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';

/** What the channel says until its number is registered. */
export const unregisteredWords =
  'This number is not registered for sending yet. Register it with its six-digit PIN in the channel settings.';

const refusals: Readonly<Record<number, RefusalReason>> = {
  133005: 'PIN_OTHER',
  133006: 'NUMBER_UNVERIFIED',
  133008: 'PIN_TOO_OFTEN',
  133009: 'PIN_JUST_GIVEN',
  133015: 'NUMBER_DELETED',
  133016: 'NUMBER_TOO_OFTEN',
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
    if (answer === null || isLater(answer)) throw refusal('WHATSAPP_BUSY', { retryAfter: answer?.retryAfter ?? 60 });
    const { status, error, body } = answer;
    const success = body?.['success'];
    if (status <= 299 && error === null && (success === true || success === 'true')) return;
    const known = refusals[error?.code ?? 0];
    if (known !== undefined) throw refusal(known, { field: 'pin' });
    const { words } = graphErrorRule(error?.code ?? null, error?.subcode ?? null);
    throw new DomainError(ErrorCode.PLATFORM_REFUSED, words);
  }
}
