import { sealCall } from '../webhooks/delivery-envelope.js';
import type { ReadMail } from './read-mail.js';

/** A mail on its way from the mailbox into the house: as it was fetched, or taken apart already. */
export interface MailParcel {
  /** The address of the mailbox. */
  readonly address: string;
  readonly folder: 'inbox' | 'sent';
  /** Where it stands in the mailbox: the folder's path and validity, and its number there. */
  readonly place: MailPlace;
  /** The sender's domain signed it. */
  readonly authenticated: boolean;
  /** Bytes of a mail that is too large to be read as a whole; null for one that was. */
  readonly tooLarge: number | null;
  /** The raw mail in base64, or what was read of it. */
  readonly mail: string | ReadMail;
}

export interface MailPlace {
  readonly path: string;
  readonly validity: string;
  readonly uid: number;
}

/** A parcel as it is stored. */
export function sealParcel(channelId: string, parcel: MailParcel): Buffer {
  return sealCall({ channelId, body: Buffer.from(JSON.stringify(parcel)) });
}
