import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import type { DomainError } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import { accessToken } from '../connect/access-token.js';
import { refusal } from '../connect/refusal.js';
import { reached } from '../wire/answers.js';
import { maybeId, maybeText } from '../wire/reading.js';
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
    if (!/^[0-9a-f]{32}$/.test(secret)) throw refusal('LINE_SECRET_MALFORMED', { field: 'channelSecret' });
    const { body } = await this.ask({ path: 'v2/bot/info', token });
    const userId = body === null ? null : maybeId(body, 'userId');
    if (body === null || userId === null) throw refusalOf(200);
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
    const answer = await reached(() => this.line.call(request), 'LINE_UNREACHED');
    if (answer.status < 200 || answer.status > 299) throw refusalOf(answer.status);
    return answer;
  }
}

function refusalOf(status: number): DomainError {
  if (status === 401) return refusal('LINE_TOKEN_UNKNOWN', { field });
  if (status === 429 || status >= 500) return refusal('LINE_BUSY', { retryAfter: 60 });
  return refusal('LINE_REFUSED', { values: { status: String(status) } });
}
