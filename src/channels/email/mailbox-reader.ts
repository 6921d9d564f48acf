import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { Intake } from '../../platform/deliveries/index.js';
import { type MailParcel, sealParcel } from './mail-parcel.js';
import { type FolderMark, type MailboxMarks, markOf } from './mailbox-marks.js';
import { emailProvider } from './email-provider.js';
import { readMail } from './read-mail.js';
import { SenderCheck } from './sender-check.js';

/** A channel's mailbox. */
export interface Mailbox {
  readonly channelId: string;
  readonly address: string;
}

/** Larger mails are taken apart before they are stored: what waits to be stored is bounded for the whole process. */
const largestStored = 2_000_000;
/** Of larger ones only the beginning is read. */
export const largestRead = 25_000_000;
const beginning = 256_000;
const perRound = 50;
const resyncMilliseconds = 2 * 86_400_000;

/**
 * Reads what is new in a mailbox and stores it before anyone understands it. Nothing in the mailbox is changed: no mail is
 * marked, moved or removed, and people who read it with another program see it as it was.
 */
@Injectable()
export class MailboxReader {
  private large: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly intake: Intake,
    private readonly senders: SenderCheck,
  ) {}

  /** Stores a round of new mails, the oldest first; gives how far it came. The same marks: there was nothing new. */
  async read(client: ImapFlow, mailbox: Mailbox, marks: MailboxMarks): Promise<MailboxMarks> {
    // What was sent is looked at first: an answer to it then finds it.
    const sent = marks.sent === null ? null : await this.readFolder(client, mailbox, marks.sent, 'sent');
    const inbox = await this.readFolder(client, mailbox, marks.inbox, 'inbox');
    return inbox === marks.inbox && sent === marks.sent ? marks : { inbox, sent };
  }

  private async readFolder(
    client: ImapFlow,
    mailbox: Mailbox,
    mark: FolderMark,
    folder: MailParcel['folder'],
  ): Promise<FolderMark> {
    const now = await markOf(client, mark.path);
    const anew = now.validity !== mark.validity;
    if (!anew && now.uid <= mark.uid) return mark;
    await client.mailboxOpen(mark.path, { readOnly: true });
    const uids = anew ? await this.recent(client) : await this.above(client, mark.uid);
    const round = uids.slice(0, perRound);
    for (const uid of round) {
      const place = { path: mark.path, validity: now.validity, uid };
      await this.store(client, mailbox, folder, place);
    }
    const last = round.at(-1);
    // What the server counted further and has no more was removed before we came.
    const uid = uids.length > round.length && last !== undefined ? last : Math.max(now.uid, last ?? 0);
    return { path: mark.path, validity: now.validity, uid };
  }

  private async above(client: ImapFlow, uid: number): Promise<number[]> {
    const found = await client.search({ uid: `${String(uid + 1)}:*` }, { uid: true });
    // A range that begins above the last number gives the last mail all the same.
    return (found === false || found === undefined ? [] : found).filter((one) => one > uid).sort((a, b) => a - b);
  }

  /** The numbers mean nothing any more: what came lately is read again, and known by its Message-ID where it was read before. */
  private async recent(client: ImapFlow): Promise<number[]> {
    const since = new Date(Date.now() - resyncMilliseconds);
    const found = await client.search({ since }, { uid: true });
    return (found === false || found === undefined ? [] : found).sort((a, b) => a - b);
  }

  private async store(
    client: ImapFlow,
    mailbox: Mailbox,
    folder: MailParcel['folder'],
    place: MailParcel['place'],
  ): Promise<void> {
    const uid = String(place.uid);
    const found = await client.fetchOne(uid, { uid: true, size: true }, { uid: true });
    if (found === false) return;
    const size = found.size ?? 0;
    const load = () => this.load(client, uid, size, folder === 'inbox');
    // One large mail at a time, whichever mailbox it is in.
    const loaded = size > largestStored ? await (this.large = this.large.then(load, load)) : await load();
    if (loaded === null) return;
    const parcel: MailParcel = { address: mailbox.address, folder, place, ...loaded };
    await this.intake.store(emailProvider, sealParcel(mailbox.channelId, parcel), mailbox.channelId);
  }

  private async load(client: ImapFlow, uid: string, size: number, incoming: boolean): Promise<Loaded | null> {
    const tooLarge = size > largestRead ? size : null;
    const source = tooLarge === null ? true : { start: 0, maxLength: beginning };
    const fetched = await client.fetchOne(uid, { source }, { uid: true });
    const raw = fetched === false ? undefined : fetched.source;
    if (raw === undefined) return null;
    const authenticated = incoming && tooLarge === null && (await this.senders.isAuthentic(raw));
    const encoded = () => raw.toString('base64');
    // One that cannot be taken apart is stored by its beginning, and set aside with the reason.
    const mail =
      raw.length <= largestStored
        ? encoded()
        : await readMail(raw).catch(() => raw.subarray(0, beginning).toString('base64'));
    return { authenticated, tooLarge, mail };
  }
}

type Loaded = Pick<MailParcel, 'authenticated' | 'tooLarge' | 'mail'>;
