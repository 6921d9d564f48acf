import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { DomainError } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount, ConnectedMeanwhile } from '../connect/connect-account.js';
import { refusal } from '../connect/refusal.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import { reached } from '../wire/answers.js';
import { type Json, isJson, maybeId, maybeText } from '../wire/reading.js';
import { addressName } from '../webhooks/delivery-envelope.js';
import type { ConnectTelegramInput } from './connect-telegram.input.js';
import { type TelegramAnswer, TelegramClient } from './telegram-client.js';
import { TelegramChannel } from './telegram.channel.js';

const field = 'botToken';
const maxRounds = 3;
const unreached = 'TELEGRAM_UNREACHED';

/** Connects a Telegram bot: asks whose token it is, then tells Telegram where the updates of the bot go. */
@Injectable()
export class ConnectTelegram {
  constructor(
    private readonly telegram: TelegramClient,
    private readonly channel: TelegramChannel,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectTelegramInput): Promise<ChannelEntity> {
    const token = input.botToken.trim();
    if (!/^\d{1,20}:[A-Za-z0-9_-]{20,100}$/.test(token)) throw refusal('TELEGRAM_TOKEN_MALFORMED', { field });
    const bot = this.botIn(await reached(() => this.telegram.call(token, 'getMe', {}), unreached));
    const externalId = maybeId(bot, 'id') ?? '';
    await this.directory.refuseTaken(actor.workspaceId, 'telegram', [botName(externalId)], field);
    for (let round = 1; ; round += 1) {
      try {
        return await this.connect(actor, origin, token, bot);
      } catch (error) {
        // Whoever was quicker told Telegram another secret; the one that is told last has to be the one that is stored.
        if (!(error instanceof ConnectedMeanwhile) || round >= maxRounds) throw error;
      }
    }
  }

  /** Telegram keeps the address and the secret that it was told last, so these are told before they are stored as its. */
  private async connect(actor: MemberActor, origin: RequestOrigin, token: string, bot: Json): Promise<ChannelEntity> {
    const externalId = maybeId(bot, 'id') ?? '';
    const username = maybeText(bot, 'username', 100);
    const plan = await this.accounts.plan(actor.workspaceId, 'telegram', externalId);
    const secret = randomBytes(32).toString('base64url');
    const told = await reached(() => this.channel.setWebhook(token, plan.channelId, secret), unreached);
    if (told.result !== true) throw refusalOfWebhook(told);
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.TELEGRAM,
      provider: 'telegram',
      externalId,
      name: maybeText(bot, 'first_name', 200) || (username === null ? `Bot ${externalId}` : `@${username}`),
      token,
      tokenExpiresAt: null,
      settings: { username },
      accounts: [botName(externalId), addressName(plan.channelId)],
      leadAds: null,
      host: this.telegram.host,
      field,
      webhook: { secret, plan },
    });
  }

  private botIn(answer: TelegramAnswer): Json {
    const { status, result } = answer;
    if (status === 401 || status === 404) throw refusal('TELEGRAM_TOKEN_UNKNOWN', { field });
    if (isJson(result) && result['is_bot'] !== false && maybeId(result, 'id') !== null) return result;
    throw later(answer) ?? odd(status);
  }
}

/** The name that keeps one bot in one workspace. */
function botName(id: string): string {
  return `bot:${id}`;
}

function refusalOfWebhook(answer: TelegramAnswer): DomainError {
  if (answer.status === 401 || answer.status === 404) return refusal('TELEGRAM_TOKEN_UNKNOWN', { field });
  if (answer.status === 400 && /webhook/i.test(answer.description ?? '')) return refusal('TELEGRAM_ADDRESS');
  return later(answer) ?? odd(answer.status);
}

function later({ status, retryAfter }: TelegramAnswer): DomainError | null {
  if (status !== 429 && status < 500) return null;
  return refusal('TELEGRAM_BUSY', { retryAfter: retryAfter ?? 60 });
}

function odd(status: number): DomainError {
  return refusal('TELEGRAM_ODD_ANSWER', { values: { status: String(status) } });
}
