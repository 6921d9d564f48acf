import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Config } from '../../../platform/config/index.js';
import { OutgoingClient, OutgoingError, type OutgoingResponse } from '../../../platform/http/index.js';
import { Unreadable } from '../reading/unreadable.js';
import { isSameSite, mayBeRead } from './page-address.js';
import { type Robots, allowsPage, freeSite, readRobots } from './robots.js';
import { SiteTurns } from './site-turns.js';

/** What a page's server said of it when it was last read. */
export interface KnownPage {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** A page as its server gave it. */
export interface FetchedPage extends KnownPage {
  readonly body: Uint8Array;
  readonly contentType: string | null;
  /** Where it was found in the end. */
  readonly url: string;
}

/** By what sites know us; `parley` is what their robots.txt names. */
const agent = 'ParleyKnowledge';
const mostBytes = 10_000_000;
const mostRobotsBytes = 500_000;
const mostHops = 3;
const timeout = 15_000;

/** What sites ask, or why that cannot be known: each is asked once in a run, however many pages it has. */
export type Manners = Map<string, Robots | Unreadable>;

/** Fetches pages that a workspace named, as a guest of their site: slowly, one by one, and not where it asks us to stay out. */
@Injectable()
export class FetchPage {
  constructor(
    private readonly config: Config,
    private readonly outgoing: OutgoingClient,
    private readonly turns: SiteTurns,
  ) {}

  /** The page; null where it is as it was known. Throws Unreadable. */
  async run(address: string, known: KnownPage, manners: Manners, signal: AbortSignal): Promise<FetchedPage | null> {
    const site = new URL(address);
    let url = site;
    for (let hop = 0; hop <= mostHops; hop += 1) {
      const robots = await this.mannersOf(url, manners, signal);
      if (!allowsPage(robots, url)) throw new Unreadable('PAGE_ROBOTS');
      const answer = await this.ask(url, robots, known, mostBytes, signal);
      const location = answer.headers['location'];
      if (answer.status < 300 || answer.status > 399 || location === undefined || answer.status === 304)
        return pageOf(answer, url);
      const next = URL.parse(location, url.href);
      if (next === null) throw new Unreadable('PAGE_REDIRECTS');
      if (!isSameSite(site, next)) throw new Unreadable('PAGE_MOVED', { host: next.host });
      if (/\/(?:log-?in|sign-?in|signin|auth|account\/login|giris)(?:[/?.]|$)/i.test(next.pathname))
        throw new Unreadable('PAGE_LOGIN');
      url = next;
    }
    throw new Unreadable('PAGE_REDIRECTS');
  }

  private async mannersOf(url: URL, manners: Manners, signal: AbortSignal): Promise<Robots> {
    const known = manners.get(url.origin);
    if (known instanceof Unreadable) throw known;
    if (known !== undefined) return known;
    try {
      const robots = await this.robotsOf(url, signal);
      manners.set(url.origin, robots);
      return robots;
    } catch (error) {
      // A site that is down is not asked, and waited for, once more for each of its pages.
      if (error instanceof Unreadable) manners.set(url.origin, error);
      throw error;
    }
  }

  private async robotsOf(url: URL, signal: AbortSignal): Promise<Robots> {
    let place = new URL('/robots.txt', url);
    for (let hop = 0; hop <= mostHops; hop += 1) {
      const nothing = { etag: null, lastModified: null };
      const answer = await this.ask(place, freeSite, nothing, mostRobotsBytes, signal).catch((error: unknown) => {
        // Larger than any is: what is asked there cannot be known.
        if (error instanceof Unreadable && error.reason === 'PAGE_LARGE') throw new Unreadable('PAGE_ROBOTS_UNREAD');
        throw error;
      });
      const location = answer.headers['location'];
      if (answer.status >= 200 && answer.status < 300)
        return readRobots(Buffer.from(unpacked(answer, mostRobotsBytes)).toString('utf8'), agent);
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return freeSite;
      const next = location === undefined ? null : URL.parse(location, place.href);
      if (answer.status >= 400 || next === null || !isSameSite(url, next)) break;
      place = next;
    }
    throw new Unreadable('PAGE_ROBOTS_UNREAD');
  }

  private async ask(
    url: URL,
    robots: Robots,
    known: KnownPage,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<OutgoingResponse> {
    if (!mayBeRead(url, this.config)) throw new Unreadable('PAGE_ADDRESS');
    const { allowedHosts } = this.config.openai;
    const headers = {
      'user-agent': `${agent}/1.0 (+${this.config.publicUrl}/privacy)`,
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.9,application/pdf;q=0.8,*/*;q=0.5',
      ...(known.etag !== null && { 'if-none-match': known.etag }),
      ...(known.etag === null && known.lastModified !== null && { 'if-modified-since': known.lastModified }),
    };
    try {
      return await this.turns.take(url.host, robots.delay, signal, () =>
        this.outgoing.requestOf({ url: url.href, allowedHosts }, { headers, timeout, maxBytes, signal }),
      );
    } catch (error) {
      throw error instanceof OutgoingError ? troubleOf(error, url, maxBytes) : error;
    }
  }
}

function troubleOf(error: OutgoingError, url: URL, maxBytes: number): Unreadable {
  if (error.reason === 'address' || error.reason === 'recipient') return new Unreadable('PAGE_ADDRESS');
  if (error.reason === 'size') return new Unreadable('PAGE_LARGE', { most: String(maxBytes / 1_000_000) });
  return new Unreadable(error.reason === 'timeout' ? 'PAGE_LATE' : 'PAGE_UNREACHED', { host: url.host });
}

function pageOf(answer: OutgoingResponse, url: URL): FetchedPage | null {
  const { status, headers } = answer;
  const said = { host: url.host, status: String(status) };
  if (status === 304) return null;
  if (status === 404 || status === 410) throw new Unreadable('PAGE_NOT_FOUND', said);
  if (status === 401 || status === 403 || status === 407) throw new Unreadable('PAGE_LOGIN');
  if (status === 429 || status === 503) throw new Unreadable('PAGE_BUSY', said);
  if (status < 200 || status > 299) throw new Unreadable('PAGE_STATUS', said);
  if (isOut(headers['x-robots-tag'] ?? '')) throw new Unreadable('PAGE_NOINDEX');
  return {
    body: unpacked(answer, mostBytes),
    contentType: headers['content-type'] ?? null,
    etag: shortOf(headers['etag']),
    lastModified: shortOf(headers['last-modified']),
    url: url.href,
  };
}

/** A rule for another program by its name is none for us. */
function isOut(tag: string): boolean {
  return /(?:^|,)\s*(?:parley\w*\s*:\s*)?(?:noindex|none)\b/i.test(tag);
}

function shortOf(text: string | undefined): string | null {
  return text !== undefined && /^[\x20-\x7e]{1,200}$/.test(text) ? text : null;
}

/** The bytes of an answer, unpacked no further than a page may be; a sitemap that is kept packed too. */
function unpacked({ headers, body }: OutgoingResponse, most: number): Uint8Array {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  const packed =
    encoding === '' || encoding === 'identity' ? (body[0] === 0x1f && body[1] === 0x8b ? 'gzip' : '') : encoding;
  if (packed === '') return body;
  const unpack = { gzip: gunzipSync, 'x-gzip': gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[packed];
  if (unpack === undefined) throw new Unreadable('BROKEN');
  try {
    return unpack(body, { maxOutputLength: most });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Unreadable('PAGE_LARGE', { most: String(most / 1_000_000) });
    throw new Unreadable('BROKEN');
  }
}
