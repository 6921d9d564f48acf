import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import type { DomainError } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { refusal } from '../connect/refusal.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectEmailInput } from './connect-email.input.js';
import { ImapClient } from './imap-client.js';
import { mailAddress } from './mail-address.js';
import { MailHosts } from './mail-hosts.js';
import { MailServerError, mailRefusals } from './mail-refusal.js';
import { type MailAccess, type MailProtocol, fieldOf, mailServer, nameOf } from './mail-server.js';
import { type MailboxMarks, marksOf } from './mailbox-marks.js';
import { emailProvider } from './email-provider.js';
import { SmtpClient } from './smtp-client.js';

const tryMilliseconds = 25_000;

/** Connects a mailbox: signs in at both servers, and notes where the mailbox stands, so that what comes from now on is read. */
@Injectable()
export class ConnectEmail {
  constructor(
    private readonly hosts: MailHosts,
    private readonly imap: ImapClient,
    private readonly smtp: SmtpClient,
    private readonly directory: Directory,
    private readonly accounts: ConnectAccount,
  ) {}

  async run(actor: MemberActor, origin: RequestOrigin, input: ConnectEmailInput): Promise<ChannelEntity> {
    const address = mailAddress(input.address);
    if (address === null) throw refusal('MAIL_ADDRESS_MALFORMED', { field: 'address' });
    const access: MailAccess = {
      imap: mailServer('imap', input.imapUrl, address, this.hosts.allowed),
      smtp: mailServer('smtp', input.smtpUrl, address, this.hosts.allowed),
    };
    // The mailbox is what can be owned, not the address: anyone could claim that with a server of their own.
    const account = `mailbox:${access.imap.user.toLowerCase()}@${nameOf(access.imap)}`;
    await this.directory.refuseTaken(actor.workspaceId, emailProvider, [account], 'address');
    const [marks] = await Promise.all([this.look(access), this.trySending(access)]);
    return this.accounts.run(actor, origin, {
      kind: ChannelKind.EMAIL,
      provider: emailProvider,
      externalId: address,
      name: address,
      token: JSON.stringify(access),
      tokenExpiresAt: null,
      settings: { imapHost: nameOf(access.imap), smtpHost: nameOf(access.smtp), marksAtConnect: marks },
      accounts: [account],
      fetched: true,
      leadAds: null,
      host: `${nameOf(access.imap)}, ${nameOf(access.smtp)}`,
      field: 'address',
    });
  }

  /** Signs in, and reads nothing but where the mailbox stands. */
  private async look({ imap }: MailAccess): Promise<MailboxMarks> {
    const signal = AbortSignal.timeout(tryMilliseconds);
    try {
      const client = await this.imap.open(imap, signal);
      try {
        return await marksOf(client);
      } finally {
        client.close();
      }
    } catch (error) {
      throw refusalBy('imap', error);
    }
  }

  private async trySending({ smtp }: MailAccess): Promise<void> {
    try {
      await this.smtp.verify(smtp, AbortSignal.timeout(tryMilliseconds));
    } catch (error) {
      throw refusalBy('smtp', error);
    }
  }
}

function refusalBy(protocol: MailProtocol, error: unknown): DomainError {
  const field = fieldOf(protocol);
  const trouble = error instanceof MailServerError ? error.trouble : 'unavailable';
  if (trouble !== 'unavailable') return refusal(mailRefusals[trouble], { field });
  return refusal(mailRefusals[trouble], { field, retryAfter: 60, cause: error });
}
