import http from 'node:http';
import https from 'node:https';
import { legacyHubSignature, hubSignature, metaJson } from '../signatures.ts';
import type { Ledger, LedgerEntry } from '../ledger.ts';
import type { Obj } from '../json.ts';
import type { World } from '../world/world.ts';

/** true signs rightly; the others are the ways in which a forged or broken call differs. */
export type Signing =
  boolean | 'wrong' | 'other-secret' | 'missing-prefix' | 'uppercase' | 'sha1-only' | 'twice' | 'empty' | 'truncated';

export interface Delivery {
  body: string | Buffer;
  sign?: Signing;
  secret?: string;
  url?: string;
  /** What the ledger says about it; ids are the message and event ids inside. */
  facts?: Obj;
  ids?: string[];
  /** false: one attempt only. */
  retry?: boolean;
  /** A function is asked for each attempt anew: some signatures say when they were made. */
  headers?: Record<string, string> | (() => Record<string, string>);
  timeoutMs?: number;
}

export interface Answer {
  status: number;
  body: string;
  ms: number;
  error?: string;
}

const SAID = 2_000;

/** Sends signed events to the business's server as Meta does, again and again with growing gaps until it says 200. */
export class WebhookSender {
  private readonly agents = {
    http: new http.Agent({ keepAlive: true, maxSockets: 256 }),
    https: new https.Agent({ keepAlive: true, maxSockets: 256 }),
  };
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly world: World;
  private readonly ledger: Ledger;
  private closed = false;
  private inFlight = 0;

  constructor(world: World, ledger: Ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  /** Sends an event body; the promise settles after the first attempt, retries go on behind it. */
  async deliver(delivery: Delivery): Promise<LedgerEntry> {
    const entry = this.ledger.record('webhooks', {
      ...delivery.facts,
      url: delivery.url ?? this.world.settings.webhookUrl,
      sign: delivery.sign ?? true,
      ids: delivery.ids ?? [],
      attempts: [] as Obj[],
      acknowledged: false,
    });
    await this.attempt(delivery, entry, 0);
    return entry;
  }

  /** Serialises as Meta does and sends. */
  send(body: unknown, rest: Omit<Delivery, 'body'> = {}): Promise<LedgerEntry> {
    return this.deliver({ ...rest, body: metaJson(body), facts: { body, ...rest.facts } });
  }

  /** Runs something after a pause, unless the sandbox closes or is reset first. */
  later(ms: number, work: () => void): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
  }

  /** Whether nothing is under way or waiting. */
  get idle(): boolean {
    return this.inFlight === 0 && this.timers.size === 0;
  }

  /** Drops what is waiting. */
  cancel(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  close(): void {
    this.closed = true;
    this.cancel();
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  /** One POST, with no ledger and no retry. */
  post(delivery: Delivery): Promise<Answer> {
    const body = typeof delivery.body === 'string' ? Buffer.from(delivery.body) : delivery.body;
    const url = new URL(delivery.url ?? this.world.settings.webhookUrl);
    const secret = delivery.secret ?? this.world.app.secret;
    const started = performance.now();
    return new Promise((resolve) => {
      const done = (status: number, text: string, error?: string) =>
        resolve({
          status,
          body: text,
          ms: Math.round(performance.now() - started),
          ...(error !== undefined && { error }),
        });
      const secure = url.protocol === 'https:';
      const request = (secure ? https : http).request(
        url,
        {
          method: 'POST',
          agent: secure ? this.agents.https : this.agents.http,
          timeout: delivery.timeoutMs ?? 20_000,
          headers: {
            'content-type': 'application/json',
            'user-agent': 'facebookexternalua',
            accept: '*/*',
            'content-length': body.length,
            ...signatureHeaders(body, secret, delivery.sign ?? true),
            ...(typeof delivery.headers === 'function' ? delivery.headers() : delivery.headers),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            if (text.length < SAID) text += chunk.slice(0, SAID - text.length);
          });
          response.on('end', () => done(response.statusCode ?? 0, text));
          response.on('error', (error) => done(response.statusCode ?? 0, text, error.message));
        },
      );
      request.on('timeout', () => request.destroy(new Error('The server did not answer in time.')));
      request.on('error', (error) => done(0, '', error.message || String(error)));
      request.end(body);
    });
  }

  private async attempt(delivery: Delivery, entry: LedgerEntry, number: number): Promise<void> {
    if (this.closed) return;
    this.inFlight += 1;
    const answer = await this.post(delivery);
    this.inFlight -= 1;
    (entry['attempts'] as Obj[]).push({ at: new Date().toISOString(), ...answer });
    entry['acknowledged'] = answer.status === 200;
    this.ledger.changed(entry);
    const gap = this.world.settings.retryGapsMs[number];
    if (answer.status === 200 || delivery.retry === false || gap === undefined) return;
    this.later(gap, () => void this.attempt(delivery, entry, number + 1));
  }
}

function signatureHeaders(body: Buffer, secret: string, sign: Signing): http.OutgoingHttpHeaders {
  const right = hubSignature(body, secret);
  const both = (value: string | string[]) => ({
    'x-hub-signature-256': value,
    'x-hub-signature': legacyHubSignature(body, secret),
  });
  switch (sign) {
    case false:
      return {};
    case 'wrong':
      return both(right.slice(0, -1) + (right.endsWith('0') ? '1' : '0'));
    case 'other-secret':
      return both(hubSignature(body, `${secret}x`));
    case 'missing-prefix':
      return both(right.slice('sha256='.length));
    case 'uppercase':
      return both(right.toUpperCase());
    case 'sha1-only':
      return { 'x-hub-signature': legacyHubSignature(body, secret) };
    case 'twice':
      return both([right, right]);
    case 'empty':
      return both('');
    case 'truncated':
      return both(right.slice(0, 20));
    default:
      return both(right);
  }
}
