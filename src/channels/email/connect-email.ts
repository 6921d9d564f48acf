import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { DomainError, ErrorCode, badInput } from '../../platform/errors/index.js';
import type { ChannelEntity } from '../channel.entity.js';
import { ConnectAccount } from '../connect/connect-account.js';
import { Directory } from '../directory.js';
import { ChannelKind } from '../enums.js';
import type { ConnectEmailInput } from './connect-email.input.js';
import { ImapClient } from './imap-client.js';
import { mailAddress } from './mail-address.js';
import { MailHosts } from './mail-hosts.js';
import { MailServerError } from './mail-refusal.js';
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
    if (address === null) throw badInput('address', 'This is not a mail address. It looks like support@example.com.');
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
      throw refusal('imap', error);
    }
  }

  private async trySending({ smtp }: MailAccess): Promise<void> {
    try {
      await this.smtp.verify(smtp, AbortSignal.timeout(tryMilliseconds));
    } catch (error) {
      throw refusal('smtp', error);
    }
  }
}

function refusal(protocol: MailProtocol, error: unknown): DomainError {
  const field = fieldOf(protocol);
  if (error instanceof MailServerError && error.trouble !== 'unavailable') return badInput(field, error.message);
  const message = 'The mail server could not be reached. Nothing was changed; try again in a minute.';
  return new DomainError(ErrorCode.UNAVAILABLE, message, { field, retryAfter: 60, cause: error });
}
