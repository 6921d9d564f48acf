import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import { accessToken } from '../meta/connection-input.js';
import { maybeId, maybeText } from '../meta/reading.js';
import { addressName } from '../webhooks/delivery-envelope.js';
import type { ConnectLineInput } from './connect-line.input.js';
import { type LineAnswer, LineClient, type LineRequest } from './line-client.js';

const field = 'channelAccessToken';

/** Connects a LINE Official Account: asks whose token it is, then tells LINE where its events go. */
@Injectable()
export class ConnectLine {
  constructor(
    private readonly config: Config,
    private readonly line: LineClient,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectLineInput): Promise<ChannelEntity> {
    const token = accessToken(field, input.channelAccessToken);
    const secret = input.channelSecret.trim();
    if (!/^[0-9a-f]{32}$/.test(secret))
      throw badInput(
        'channelSecret',
        'This is not a channel secret: it is 32 digits and letters, under Basic settings of the channel.',
      );
    const { body } = await this.ask({ path: 'v2/bot/info', token });
    const userId = body === null ? null : maybeId(body, 'userId');
    if (body === null || userId === null) throw refusal(200);
    const account = `bot:${userId}`;
    await this.directory.refuseTaken(actor.workspaceId, 'line', [account], field);
    const plan = await this.accounts.plan(actor.workspaceId, 'line', userId);
    const endpoint = `${this.config.publicUrl}/webhooks/line/${plan.channelId}`;
    await this.ask({ method: 'PUT', path: 'v2/bot/channel/webhook/endpoint', token, json: { endpoint } });
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.LINE,
      provider: 'line',
      externalId: userId,
      name: maybeText(body, 'displayName', 200) || `LINE ${userId}`,
      token,
      tokenExpiresAt: null,
      settings: { basicId: maybeText(body, 'basicId', 100) },
      accounts: [account, addressName(plan.channelId)],
      leadAds: null,
      host: this.line.host,
      field,
      webhook: { secret, plan },
    });
  }

  private async ask(request: LineRequest): Promise<LineAnswer> {
    try {
      const answer = await this.line.call(request);
      if (answer.status < 200 || answer.status > 299) throw refusal(answer.status);
      return answer;
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error;
      const words = 'LINE could not be reached. Nothing was changed; try again in a minute.';
      throw new DomainError(ErrorCode.UNAVAILABLE, words, { retryAfter: 60, cause: error });
    }
  }
}

function refusal(status: number): DomainError {
  if (status === 401)
    return badInput(
      field,
      'LINE does not know this channel access token. Issue a long-lived one under Messaging API in the LINE console.',
    );
  if (status === 429 || status >= 500)
    return new DomainError(
      ErrorCode.UNAVAILABLE,
      'LINE cannot answer right now. Nothing was changed; try again in a minute.',
      { retryAfter: 60 },
    );
  const words = `LINE refused it (HTTP ${String(status)}). Nothing was changed. The public address of this server has to be https.`;
  return new DomainError(ErrorCode.PLATFORM_REFUSED, words);
}
