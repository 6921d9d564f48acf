import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import type { FetchedMedia, OpenChannel } from '../channel-adapter.js';
import type { MediaSource } from '../inbound-event.js';
import { fetchOne } from './fetch-one.js';
import { ImapClient } from './imap-client.js';
import { mailAccess } from './mail-server.js';
import { largestRead } from './mailbox-reader.js';
import { messageIdOf, partOf } from './read-mail.js';

interface Place {
  readonly path: string;
  readonly validity: string;
  readonly uid: number;
  readonly index: number;
  readonly messageId: string;
}

/** Reads an attachment out of the mailbox, where its mail still is. */
@Injectable()
export class FetchAttachment {
  constructor(private readonly imap: ImapClient) {}

  async run(channel: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    const place = placeOf(source.mediaId);
    if (place === null) return { kind: 'gone', reason: 'The mail names no attachment.' };
    try {
      const client = await this.imap.open(mailAccess(channel.token).imap, signal);
      try {
        return await this.read(client, place, maxBytes);
      } finally {
        client.close();
      }
    } catch {
      // A password that is not taken any more is found out by whoever reads the mailbox, and said there.
      return { kind: 'retry', reason: 'The mailbox could not be read. It is tried again by itself.' };
    }
  }

  private async read(client: ImapFlow, place: Place, maxBytes: number): Promise<FetchedMedia> {
    const box = await client.mailboxOpen(place.path, { readOnly: true });
    const raw =
      (String(box.uidValidity) === place.validity ? await this.mailAt(client, place, place.uid) : null) ??
      (await this.mailNamed(client, place));
    if (raw === null) return { kind: 'gone', reason: 'The mail is not in the mailbox any more.' };
    const part = await partOf(raw, place.index);
    if (part === null) return { kind: 'gone', reason: 'The mail has no such attachment.' };
    if (part.body.length > maxBytes) return { kind: 'refused', reason: 'It is larger than what is kept here.' };
    return { kind: 'fetched', body: part.body, contentType: part.type, name: part.name };
  }

  /** Numbers begin anew where a server says so, and not every server does: the name has to be the same. */
  private async mailAt(client: ImapFlow, place: Place, uid: number): Promise<Buffer | null> {
    const found = await fetchOne(client, uid, 'size', { size: true });
    if (found === null || (found.size ?? 0) > largestRead) return null;
    const raw = (await fetchOne(client, uid, 'source', { source: true }))?.source;
    if (raw === undefined) return null;
    return (await messageIdOf(raw)) === place.messageId ? raw : null;
  }

  private async mailNamed(client: ImapFlow, place: Place): Promise<Buffer | null> {
    const found = await client.search({ header: { 'message-id': place.messageId } }, { uid: true });
    if (found === false || found === undefined) throw new Error('The mail server did not answer a search.');
    for (const uid of found.slice(-3)) {
      const raw = await this.mailAt(client, place, uid);
      if (raw !== null) return raw;
    }
    return null;
  }
}

function placeOf(mediaId: string | null): Place | null {
  if (mediaId === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(mediaId);
  } catch {
    return null;
  }
  const [path, validity, uid, index, messageId] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  if (typeof path !== 'string' || typeof validity !== 'string' || typeof messageId !== 'string') return null;
  if (typeof uid !== 'number' || typeof index !== 'number') return null;
  return { path, validity, uid, index, messageId };
}
