import { Injectable } from '@nestjs/common';
import type { ImapFlow, SearchObject } from 'imapflow';
import { Intake } from '../../platform/deliveries/index.js';
import { fetchOne } from './fetch-one.js';
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
const datesAtOnce = 500;

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
    const uids = anew ? await this.recent(client, mark.at) : await this.above(client, mark.uid);
    const round = uids.slice(0, perRound);
    let { at } = mark;
    for (const uid of round) {
      const place = { path: mark.path, validity: now.validity, uid };
      const came = await this.store(client, mailbox, folder, place);
      // A program may have put it there with any time.
      if (came !== null) at = Math.max(at, Math.min(came, now.at));
    }
    const last = round.at(-1);
    // What the server counted further and has no more was removed before we came.
    const uid = uids.length > round.length && last !== undefined ? last : Math.max(now.uid, last ?? 0);
    return { path: mark.path, validity: now.validity, uid, at };
  }

  private async above(client: ImapFlow, uid: number): Promise<number[]> {
    const found = await this.search(client, { uid: `${String(uid + 1)}:*` });
    // A range that begins above the last number gives the last mail all the same.
    return found.filter((one) => one > uid);
  }

  /**
   * The numbers mean nothing any more: what came since the latest mail that was read is read, and known by its Message-ID
   * where it was read before. What came before the mailbox was connected stays unread by us.
   */
  private async recent(client: ImapFlow, since: number): Promise<number[]> {
    // The server knows days only, and which day it is there it alone knows.
    const days = await this.search(client, { since: new Date(since - 86_400_000) });
    const wanted: number[] = [];
    for (let from = 0; from < days.length; from += datesAtOnce) {
      const some = days.slice(from, from + datesAtOnce).join(',');
      for (const { uid, internalDate } of await client.fetchAll(some, { uid: true, internalDate: true }, { uid: true }))
        if (internalDate === undefined || new Date(internalDate).getTime() >= since - 1_000) wanted.push(uid);
    }
    return wanted.sort((a, b) => a - b);
  }

  /** The library says nothing of why a search failed; taken for "nothing there", mails would be passed over for good. */
  private async search(client: ImapFlow, query: SearchObject): Promise<number[]> {
    const found = await client.search(query, { uid: true });
    if (found === false || found === undefined) throw new Error('The mail server did not answer a search.');
    return found.sort((a, b) => a - b);
  }

  /** Stores one mail; gives when it came. Null where it is not there any more. */
  private async store(
    client: ImapFlow,
    mailbox: Mailbox,
    folder: MailParcel['folder'],
    place: MailParcel['place'],
  ): Promise<number | null> {
    const found = await fetchOne(client, place.uid, 'size', { size: true, internalDate: true });
    if (found === null) return null;
    const size = found.size ?? 0;
    const load = () => this.load(client, place.uid, size, folder === 'inbox');
    // One large mail at a time, whichever mailbox it is in.
    const loaded = size > largestStored ? await (this.large = this.large.then(load, load)) : await load();
    if (loaded === null) return null;
    const parcel: MailParcel = { address: mailbox.address, folder, place, ...loaded };
    await this.intake.store(emailProvider, sealParcel(mailbox.channelId, parcel), mailbox.channelId);
    const came = found.internalDate === undefined ? NaN : new Date(found.internalDate).getTime();
    return Number.isFinite(came) ? came : null;
  }

  private async load(client: ImapFlow, uid: number, size: number, incoming: boolean): Promise<Loaded | null> {
    const tooLarge = size > largestRead ? size : null;
    const source = tooLarge === null ? true : { start: 0, maxLength: beginning };
    const raw = (await fetchOne(client, uid, 'source', { source }))?.source;
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
