import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient, OutgoingError, type OutgoingResponse } from '../../platform/http/index.js';
import { isAmong } from '../../platform/recipients/index.js';
import type { FetchedMedia } from '../channel-adapter.js';

const maxHops = 3;

export interface MediaRequest {
  readonly url: string;
  /** Sent to hosts that may have it, and to no host that a redirect leads to elsewhere. */
  readonly token: string | null;
  readonly sha256: string | null;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** Downloads attachments from the provider's own hosts. */
@Injectable()
export class MediaDownloads {
  private readonly operatorOrigins: ReadonlySet<string>;
  /** Where Meta keeps what people send. Anything else that an event names is not called. */
  private readonly hosts: readonly string[];

  constructor(
    config: Config,
    private readonly http: OutgoingClient,
  ) {
    this.operatorOrigins = new Set(config.operatorOrigins);
    this.hosts = config.meta.mediaHosts;
  }

  /** Downloads one file. The token goes to the first address only; a redirect is checked again and followed without it. */
  async fetch(request: MediaRequest): Promise<FetchedMedia> {
    let url = request.url;
    let token = request.token;
    for (let hop = 0; hop <= maxHops; hop += 1) {
      if (!this.isAllowed(url))
        return { kind: 'refused', reason: 'It lies on a host that is not one of the platform.' };
      const response = await this.once(url, token, request);
      if ('kind' in response) return response;
      const location = response.headers['location'];
      if (response.status < 300 || response.status > 399 || location === undefined)
        return fetched(response, request.sha256);
      const next = URL.parse(location, url);
      if (next === null) break;
      url = next.href;
      token = null;
    }
    return { kind: 'refused', reason: 'The platform sent the download in circles.' };
  }

  /** Whether an address is on a host of the platform, or on one that the operator named. */
  isAllowed(address: string): boolean {
    const url = URL.parse(address);
    if (url === null || url.username !== '' || url.password !== '') return false;
    if (this.operatorOrigins.has(url.origin)) return true;
    return url.protocol === 'https:' && url.port === '' && isAmong(url.hostname, this.hosts);
  }

  private async once(
    url: string,
    token: string | null,
    request: MediaRequest,
  ): Promise<OutgoingResponse | FetchedMedia> {
    try {
      return await this.http.request(url, {
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
        timeout: 60_000,
        maxBytes: request.maxBytes,
        signal: request.signal,
      });
    } catch (error) {
      if (error instanceof OutgoingError && error.reason === 'size')
        return { kind: 'refused', reason: 'It is larger than what is kept here.' };
      if (error instanceof OutgoingError && error.reason === 'address')
        return { kind: 'refused', reason: 'It lies at an address that is not public.' };
      return { kind: 'retry', reason: 'The platform did not send the file.' };
    }
  }
}

function fetched(response: OutgoingResponse, sha256: string | null): FetchedMedia {
  const { status, body, headers } = response;
  if (status === 429 || status === 408 || status >= 500)
    return { kind: 'retry', reason: `The platform did not send the file (HTTP ${String(status)}).` };
  if (status < 200 || status > 299) return { kind: 'gone', reason: 'The platform does not have the file any more.' };
  if (sha256 !== null && !isDigestOf(body, sha256))
    return { kind: 'refused', reason: 'The file is not the one that was announced: its digest differs.' };
  return { kind: 'fetched', body, contentType: headers['content-type'] ?? null, name: null };
}

/** The digest comes in hex or in base64; both are the same bytes. One in neither form says nothing. */
function isDigestOf(body: Buffer, announced: string): boolean {
  const expected = /^[0-9a-f]{64}$/i.test(announced) ? Buffer.from(announced, 'hex') : Buffer.from(announced, 'base64');
  if (expected.length !== 32) return true;
  return timingSafeEqual(createHash('sha256').update(body).digest(), expected);
}
