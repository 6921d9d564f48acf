import { Injectable } from '@nestjs/common';
import { type ReadMail, SenderCheck, readMail } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, type SystemTransaction, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { checkMail } from '../intake/check-hints.js';
import { PrivacyRequestKind, PrivacyRequestOrigin } from '../intake/enums.js';
import { IntakeLimits } from '../intake/intake-limits.js';
import { PrivacyRequests } from '../intake/privacy-requests.js';
import { withProof } from '../intake/proof-tokens.js';
import { ProveAddress } from '../intake/prove-address.js';
import { RequestCodes } from '../intake/request-codes.js';
import { RequestNotices } from '../intake/request-notices.js';
import { stepTo } from '../intake/request-steps.js';
import type { RequestRow } from '../intake/request.row.js';
import { routeRequest } from '../intake/route-request.worker.js';
import { type MailedRequest, readMailedRequest } from './mailed-request.js';

/** What became of a mail: a request, nothing because it is one already, or nothing because a machine wrote it. */
export type MailOutcome = 'opened' | 'known' | 'passed over';

/** Whoever has an old signed mail of somebody's could else send it on as if it were written now, and to us. */
const hasToBeSigned = ['to', 'cc', 'date', 'message-id', 'subject'];
const freshMilliseconds = 7 * 86_400_000;

const byMailNote = 'It came as a mail to the mailbox for privacy requests.';
const signedNote =
  'The domain of the address signed the mail (DKIM): whoever asks has proved that the address is theirs.';
const unsignedNote =
  'No signature of its domain (DKIM) proves the address, and SPF cannot be looked at from a mailbox: the mail loop proves it.';
const quietNote =
  'No mail was sent to confirm the address: it had several today, or the mail server took this one for junk. Ask for proof.';
const unclearNote = 'It cannot be told from the words what is asked for: people decide.';

/**
 * Opens a request for a mail that anybody wrote in their own words. The address that it says it is from is proved by the
 * signature of its domain over a mail that was written to us, or else by the link in the answer.
 */
@Injectable()
export class OpenMailedRequest {
  constructor(
    private readonly config: Config,
    private readonly senders: SenderCheck,
    private readonly limits: IntakeLimits,
    private readonly codes: RequestCodes,
    private readonly system: SystemDatabase,
    private readonly requests: PrivacyRequests,
    private readonly proving: ProveAddress,
    private readonly notices: RequestNotices,
    private readonly outbox: Outbox,
  ) {}

  /** `whole` false: `raw` is only the beginning of it. Throws where it says of nobody that they wrote it. */
  async run(raw: Buffer, whole: boolean): Promise<MailOutcome> {
    const mail = await readMail(raw);
    if (mail.automatic || mail.bounce !== null) return 'passed over';
    const address = checkMail(mail.from?.address ?? '', 'from');
    if (this.ownAddresses.includes(address)) return 'passed over';
    const asked = readMailedRequest(mail);
    if (mail.junk && asked.kind === null) return 'passed over';
    // The same mail has the same code, however often it comes and whichever of our keys it came under first.
    const codes = this.codes.ofCall('mail', address, mail.messageId);
    for (const code of codes) if ((await this.codes.find(code)) !== null) return 'known';
    const signed = whole && this.isToUs(mail) && isFresh(mail) && (await this.senders.isAuthentic(raw, hasToBeSigned));
    const quiet = !(await this.limits.countMail(address)) || mail.junk;
    await this.system.run((tx) => this.open(tx, { address, asked, code: codes[0], signed, quiet }));
    return 'opened';
  }

  private async open(tx: SystemTransaction, { address, asked, code, signed, quiet }: Opening): Promise<void> {
    const { kind, note, language, law, onBehalfOf } = asked;
    const account = await tx.first(sql`select from users where lower(email) = ${address}`);
    const opened = await this.requests.open(tx, {
      // Every request has a kind; nothing is done by this one before people have decided.
      kind: kind ?? PrivacyRequestKind.ACCESS,
      unclear: kind === null,
      origin: PrivacyRequestOrigin.EMAIL,
      // Who asks for another is not whom it is about.
      hints: onBehalfOf ? {} : { email: address },
      replyTo: address,
      note: note === '' ? null : note,
      law,
      language,
      onBehalfOf,
      own: account !== null,
      ...(code !== undefined && { code }),
    });
    const came = stepTo(opened, opened.status, signed ? byMailNote : `${byMailNote} ${unsignedNote}`);
    const row = kind === null ? stepTo(came, came.status, unclearNote) : came;
    await this.outbox.scheduleForInstance(tx, routeRequest, row.id);
    await (signed ? this.proved(tx, row, quiet) : this.asksForProof(tx, row, quiet));
  }

  private async proved(tx: SystemTransaction, row: RequestRow, quiet: boolean): Promise<void> {
    if (!quiet) await this.notices.tell(tx, row, 'received');
    await this.proving.proveUnowned(tx, { ...row, details: { ...row.details, addressProved: true } }, signedNote);
  }

  private async asksForProof(tx: SystemTransaction, asking: RequestRow, quiet: boolean): Promise<void> {
    if (quiet) {
      await this.requests.save(tx, stepTo(asking, asking.status, quietNote));
      return;
    }
    const { row, token } = withProof(asking);
    await this.notices.tell(tx, row, 'received', { token });
    await this.requests.save(tx, row);
  }

  /** A signed mail to somebody else, handed on by them, asks us for nothing: it proves no address here. */
  private isToUs({ to, cc }: ReadMail): boolean {
    return [...to, ...cc].some(({ address }) => this.ownAddresses.includes(address));
  }

  private get ownAddresses(): readonly string[] {
    const { operator, privacyMailbox } = this.config;
    return [operator.privacyEmail, privacyMailbox?.user ?? ''].map((one) => one.toLowerCase());
  }
}

/** Whether it was written lately, as it says itself. */
function isFresh({ at }: ReadMail): boolean {
  return at !== null && Math.abs(Date.now() - at) < freshMilliseconds;
}

interface Opening {
  readonly address: string;
  readonly asked: MailedRequest;
  readonly code: string | undefined;
  readonly signed: boolean;
  /** Nobody is written to. */
  readonly quiet: boolean;
}
