import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectWhatsAppInput } from './connect-whats-app.input.js';
import { accessToken } from '../connect/access-token.js';
import { refusal } from '../connect/refusal.js';
import { metaId } from './connection-input.js';
import { accountNames } from './envelope.js';
import { GraphClient } from './graph-client.js';
import { NumberRegistration, unregisteredWords } from './number-registration.js';
import { type PhoneNumber, PhoneNumbers } from './phone-numbers.js';
import { RoomForChannels } from '../plan/room-for-channels.js';
import { TokenCheck } from './token-check.js';

const names = { tokenField: 'accessToken', assetField: 'wabaId', asset: 'WhatsApp Business account' } as const;

/** Connects one phone number of a WhatsApp Business account. */
@Injectable()
export class ConnectWhatsApp {
  constructor(
    private readonly check: TokenCheck,
    private readonly graph: GraphClient,
    private readonly numbers: PhoneNumbers,
    private readonly registration: NumberRegistration,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
    private readonly room: RoomForChannels,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectWhatsAppInput): Promise<ChannelEntity> {
    const wabaId = metaId('wabaId', input.wabaId);
    const phoneNumberId = metaId('phoneNumberId', input.phoneNumberId);
    const token = accessToken('accessToken', input.accessToken);
    await this.room.ask(actor.workspaceId, ChannelKind.WHATSAPP);
    const checked = await this.check.inspect(token, names);
    const number = await this.findNumber(wabaId, phoneNumberId, token, checked.covers(wabaId, phoneNumberId));
    if (!checked.covers(wabaId, phoneNumberId)) throw refusal('WHATSAPP_OTHER', { field: 'wabaId' });
    const accounts = [accountNames.whatsapp(phoneNumberId)];
    await this.directory.refuseTaken(actor.workspaceId, 'meta', accounts, 'phoneNumberId');
    const registered = await this.registration.isRegistered(phoneNumberId, token);
    await this.check.perform('facebook', { path: `${wabaId}/subscribed_apps`, token }, names);
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.WHATSAPP,
      provider: 'meta',
      externalId: phoneNumberId,
      name: number.verifiedName ?? number.displayPhone,
      token,
      tokenExpiresAt: checked.expiresAt,
      settings: { wabaId, displayPhone: number.displayPhone, verifiedName: number.verifiedName, registered },
      trouble: registered ? null : unregisteredWords,
      grantedBy: checked.userId === null ? [] : [checked.userId],
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
    for await (const number of this.numbers.of(wabaId, token, { ...names, covered }))
      if (number.id === phoneNumberId) return number;
    throw refusal('WHATSAPP_NUMBER_UNKNOWN', { field: 'phoneNumberId' });
  }
}
