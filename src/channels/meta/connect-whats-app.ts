import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectWhatsAppInput } from './connect-whats-app.input.js';
import { accessToken, metaId } from './connection-input.js';
import { accountNames } from './envelope.js';
import { GraphClient } from './graph-client.js';
import { type Json, isJson } from './reading.js';
import { TokenCheck } from './token-check.js';

const names = { tokenField: 'accessToken', assetField: 'wabaId', asset: 'WhatsApp Business account' } as const;
const maxPages = 20;

interface PhoneNumber {
  readonly displayPhone: string;
  readonly verifiedName: string | null;
}

/** Connects one phone number of a WhatsApp Business account. */
@Injectable()
export class ConnectWhatsApp {
  constructor(
    private readonly check: TokenCheck,
    private readonly graph: GraphClient,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectWhatsAppInput): Promise<ChannelEntity> {
    const wabaId = metaId('wabaId', input.wabaId);
    const phoneNumberId = metaId('phoneNumberId', input.phoneNumberId);
    const token = accessToken('accessToken', input.accessToken);
    const checked = await this.check.inspect(token, names);
    const number = await this.findNumber(wabaId, phoneNumberId, token, checked.covers(wabaId, phoneNumberId));
    if (!checked.covers(wabaId, phoneNumberId))
      throw badInput('wabaId', 'This access token was granted for other WhatsApp Business accounts.');
    const accounts = [accountNames.whatsapp(phoneNumberId)];
    await this.directory.refuseTaken(actor.workspaceId, 'meta', accounts, 'phoneNumberId');
    await this.check.perform('facebook', { path: `${wabaId}/subscribed_apps`, token }, names);
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.WHATSAPP,
      provider: 'meta',
      externalId: phoneNumberId,
      name: number.verifiedName ?? number.displayPhone,
      token,
      tokenExpiresAt: checked.expiresAt,
      settings: { wabaId, ...number },
      accounts,
      leadAds: null,
      host: this.graph.hostOf('facebook'),
      field: 'phoneNumberId',
    });
  }

  /** Looks the number up in the account's own list: an id from a browser proves nothing. */
  private async findNumber(
    wabaId: string,
    phoneNumberId: string,
    token: string,
    covered: boolean,
  ): Promise<PhoneNumber> {
    let after: string | null = null;
    for (let page = 0; page < maxPages; page += 1) {
      const query = { fields: 'id,display_phone_number,verified_name', limit: '100', ...(after !== null && { after }) };
      const body: Json = await this.check.read(
        'facebook',
        { path: `${wabaId}/phone_numbers`, token, query },
        { ...names, covered },
      );
      const rows = Array.isArray(body['data']) ? (body['data'] as unknown[]).filter(isJson) : [];
      const row = rows.find((candidate) => String(candidate['id'] as string | number) === phoneNumberId);
      if (row !== undefined) return phoneNumberOf(row, phoneNumberId);
      after = nextPage(body);
      if (after === null) break;
    }
    throw badInput(
      'phoneNumberId',
      'This is not a phone number of that WhatsApp Business account. Its numbers and their ids are listed in the WhatsApp Manager.',
    );
  }
}

function phoneNumberOf(row: Json, phoneNumberId: string): PhoneNumber {
  const text = (name: string) => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null);
  return { displayPhone: text('display_phone_number') ?? phoneNumberId, verifiedName: text('verified_name') };
}

function nextPage(body: Json): string | null {
  const paging = isJson(body['paging']) ? body['paging'] : {};
  const cursors = isJson(paging['cursors']) ? paging['cursors'] : {};
  return typeof paging['next'] === 'string' && typeof cursors['after'] === 'string' ? cursors['after'] : null;
}
