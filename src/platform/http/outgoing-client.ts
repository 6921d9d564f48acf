import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, DecoratorHandler, type Dispatcher, fetch as undiciFetch } from 'undici';
import { Config } from '../config/index.js';
import { Recipients } from '../recipients/index.js';
import { OutgoingError, brokenOff } from './outgoing-error.js';
import { isPublicAddress } from './public-address.js';

export interface OutgoingRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Milliseconds for the whole exchange; 15 s when not given. */
  readonly timeout?: number;
  /** Bytes that are read at the most; 5 MB when not given. */
  readonly maxBytes?: number;
  /** Redirects followed at the most (0 to 3), each address checked again; none when not given. */
  readonly redirects?: number;
  readonly signal?: AbortSignal;
}

export interface OutgoingResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer whose bytes are still on their way; whoever asked reads them, or lets them go. */
export interface OutgoingStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/** Milliseconds for a connection, and until the first byte of a request leaves by it. */
const patience = 5_000;

interface Begins {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void;
}

/** Its published type leaves out what it passes on. */
const PassesOn = DecoratorHandler as unknown as new (handler: Dispatcher.DispatchHandler) => Begins;

/**
 * Lets no request leave later than that. A process that stood still has to find out by the clock, not by a timer: what the
 * network brought is dealt with first, and whoever asked may have lost the right to ask meanwhile.
 */
class InTime extends PassesOn {
  private readonly askedAt = performance.now();

  override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    if (performance.now() - this.askedAt > patience)
      controller.abort(new OutgoingError('It was not sent: the server was busy for too long.', 'no', 'timeout'));
    else super.onRequestStart(controller, context);
  }
}

const inTime: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) =>
  dispatch(options, new InTime(handler));

/** A server that a library calls, and nothing else with it. */
export interface CalledServer {
  readonly url: string;
  /** Named by a workspace and called on its behalf: no recipient of the deployment's, so it is not on its list. */
  readonly ofWorkspace: boolean;
  /** Hosts that are reached though they are not public. */
  readonly allowedHosts: readonly string[];
}

/**
 * The one way out. It calls whom the deployment publishes as a recipient, and what a workspace named for itself; nobody else.
 * It resolves a name, refuses what is not public, and connects to the very address that it checked; origins that the operator
 * named in the configuration are reached as they are.
 */
@Injectable()
export class OutgoingClient implements OnApplicationShutdown {
  private readonly operatorOrigins: ReadonlySet<string>;
  private readonly trusted = new Agent({ connections: 64, connect: { timeout: patience } }).compose(inTime);
  private readonly guarded = new Agent({
    connections: 16,
    connect: { timeout: patience, lookup: publicLookup },
  }).compose(inTime);

  constructor(
    config: Config,
    private readonly recipients: Recipients = new Recipients(config),
  ) {
    this.operatorOrigins = new Set(config.operatorOrigins);
  }

  /** Makes one exchange; gives any answer, whatever its status, and throws OutgoingError where there is none. */
  async request(url: string, request: OutgoingRequest = {}): Promise<OutgoingResponse> {
    const signals = [
      AbortSignal.timeout(request.timeout ?? 15_000),
      ...(request.signal === undefined ? [] : [request.signal]),
    ];
    const signal = AbortSignal.any(signals);
    let target = this.listed(url);
    for (let hop = 0; ; hop += 1) {
      const response = await this.once(target, request, signal);
      const location = response.headers['location'];
      if (response.status < 300 || response.status > 399 || location === undefined || (request.redirects ?? 0) === 0)
        return response;
      if (hop >= Math.min(3, request.redirects ?? 0))
        throw new OutgoingError('Too many redirects.', 'maybe', 'redirects');
      const next = this.listed(new URL(location, target).href);
      // What was meant for one host is not shown to another.
      if (next.origin !== target.origin) request = { ...request, headers: {}, method: 'GET' };
      target = next;
    }
  }

  /**
   * One exchange with a server that a workspace named, which is no recipient of the deployment's. A redirect is given as it
   * is: whoever asked says where it may lead.
   */
  async requestOf(
    { url, allowedHosts }: Omit<CalledServer, 'ofWorkspace'>,
    request: OutgoingRequest = {},
  ): Promise<OutgoingResponse> {
    const signals = [
      AbortSignal.timeout(request.timeout ?? 15_000),
      ...(request.signal === undefined ? [] : [request.signal]),
    ];
    return this.once(this.checked(url, allowedHosts), request, AbortSignal.any(signals), allowedHosts);
  }

  /** As `request`, without waiting for the whole answer, and without a limit to it; redirects are not followed. */
  async stream(url: string, request: OutgoingRequest = {}): Promise<OutgoingStream> {
    return this.begin(this.listed(url), request, AbortSignal.timeout(request.timeout ?? 15_000));
  }

  /** A `fetch` for libraries that bring their own protocol; it calls that one server. */
  fetchFor({ url, ofWorkspace, allowedHosts }: CalledServer): typeof fetch {
    const { origin } = new URL(url);
    const call = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const asked = input instanceof Request ? input.url : input.toString();
      const target = ofWorkspace ? this.checked(asked, allowedHosts) : this.listed(asked, allowedHosts);
      if (target.origin !== origin)
        throw new OutgoingError(`${target.host} is not the server that was named.`, 'no', 'recipient');
      const dispatcher = this.dispatcherFor(target, allowedHosts);
      const response = await undiciFetch(target, { ...(init as object), dispatcher, redirect: 'error' });
      return response;
    };
    return call;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.trusted.destroy(), this.guarded.destroy()]);
  }

  private async once(
    target: URL,
    request: OutgoingRequest,
    signal: AbortSignal,
    allowedHosts: readonly string[] = [],
  ): Promise<OutgoingResponse> {
    const { status, headers, body } = await this.begin(target, request, signal, allowedHosts);
    try {
      return { status, headers, body: await readUpTo(body, request.maxBytes ?? 5_000_000) };
    } catch (error) {
      throw brokenOff(target, error, signal);
    }
  }

  private async begin(
    target: URL,
    request: OutgoingRequest,
    signal: AbortSignal,
    allowedHosts: readonly string[] = [],
  ): Promise<OutgoingStream> {
    try {
      const answer = await this.dispatcherFor(target, allowedHosts).request({
        origin: target.origin,
        path: `${target.pathname}${target.search}`,
        method: request.method ?? 'GET',
        headers: { 'user-agent': 'Parley', ...request.headers },
        body: request.body ?? null,
        signal,
      });
      const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
      return { status: answer.statusCode, headers, body: answer.body };
    } catch (error) {
      throw brokenOff(target, error, signal);
    }
  }

  private dispatcherFor(target: URL, allowedHosts: readonly string[]): Dispatcher {
    const trusted =
      this.operatorOrigins.has(target.origin) ||
      allowedHosts.includes(target.host) ||
      allowedHosts.includes(target.hostname);
    return trusted ? this.trusted : this.guarded;
  }

  private listed(url: string, allowedHosts: readonly string[] = []): URL {
    const target = this.checked(url, allowedHosts);
    const refusal = this.recipients.refusalOf(target.hostname);
    if (refusal !== null) throw new OutgoingError(refusal, 'no', 'recipient');
    return target;
  }

  private checked(url: string, allowedHosts: readonly string[] = []): URL {
    const target = URL.parse(url);
    if (
      target === null ||
      (target.protocol !== 'https:' && target.protocol !== 'http:') ||
      target.username !== '' ||
      target.password !== ''
    ) {
      throw new OutgoingError('Only plain http and https addresses can be called.', 'no', 'address');
    }
    if (this.dispatcherFor(target, allowedHosts) === this.trusted) return target;
    // A literal address is connected to without a look-up, so it is checked here.
    const literal = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      throw new OutgoingError(`${target.hostname} is not an address of the public internet.`, 'no', 'address');
    }
    return target;
  }
}

/**
 * The addresses of a host that somebody else named, for protocols beside HTTP: all of them public, or none is given. Whoever
 * connects takes one of these and asks no name server again, which could say something else the second time.
 */
export function publicAddressesOf(hostname: string): Promise<readonly [string, ...string[]]> {
  return new Promise((fulfil, reject) => {
    resolve(hostname, { all: true }, (error, addresses) => {
      const [first, ...rest] = addresses?.map(({ address }) => address) ?? [];
      if (error !== null || first === undefined)
        reject(new OutgoingError(`${hostname} cannot be found.`, 'no', 'connection', { cause: error }));
      else if (![first, ...rest].every(isPublicAddress))
        reject(new OutgoingError(`${hostname} is not an address of the public internet.`, 'no', 'address'));
      else fulfil([first, ...rest]);
    });
  });
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) {
      callback(error, '', 4);
      return;
    }
    const allowed = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = allowed;
    if (first === undefined || allowed.length !== addresses.length) {
      callback(new OutgoingError(`${hostname} is not an address of the public internet.`, 'no', 'address'), '', 4);
    } else if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

async function readUpTo(stream: AsyncIterable<Buffer> & { destroy(): unknown }, max: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > max) {
      stream.destroy();
      throw new OutgoingError(`The answer is larger than ${String(max)} bytes.`, 'maybe', 'size');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
