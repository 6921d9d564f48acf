import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appSecret } from './app.js';
import { type Codes, granted, issueToken } from './graph-consent.js';
import { GraphError, type Json, checkProof, readPageSend, readWhatsApp } from './graph-rules.js';

export const metaAppId = '550000000000001';
type Host = 'facebook' | 'instagram';

/** What the pretend Meta knows of one access token. */
export interface GraphToken {
  host: Host;
  appId: string;
  type: 'PAGE' | 'SYSTEM_USER' | 'USER';
  /** What it may touch. */
  readonly assets: Set<string>;
  /** Set: every call with it fails so, and debug_token calls it invalid. */
  dead: { code: number; subcode: number } | null;
  /** Seconds; 0 for never. */
  expiresAt: number;
  /** Whether debug_token lists the targets of each permission; old tokens have no such list. */
  granular: boolean;
  /** What a person granted. */
  readonly scopes?: readonly string[];
}

/** One send as it was taken. */
export interface GraphSend {
  readonly account: string;
  readonly host: Host;
  readonly token: string;
  readonly body: Json;
  readonly text: string;
  readonly to: string;
  /** The id that the answer gives. */
  readonly externalId: string;
  readonly at: number;
}

/** What happens to a send instead of its answer; `taken` says whether the message went out all the same. */
export interface Fault {
  readonly kind: 'error' | 'hang' | 'reset' | 'garbage' | 'down' | 'late';
  readonly code?: number;
  readonly subcode?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly taken?: boolean;
  /** Runs after the message was taken and before the answer leaves. */
  readonly meanwhile?: (send: GraphSend) => Promise<unknown>;
}

interface Account {
  readonly kind: 'page' | 'instagram' | 'waba' | 'number';
  readonly fields: Record<string, unknown>;
  /** The numbers of a business account. */
  readonly numbers: string[];
}

/**
 * Graph written from its documentation, and from nothing of this project: tokens and what they may touch, accounts,
 * subscriptions, sends, media, profiles. Optional fields are left out. It keeps what was sent and fails as it is told.
 */
export class GraphServer {
  readonly tokens = new Map<string, GraphToken>();
  readonly codes: Codes = new Map();
  readonly accounts = new Map<string, Account>();
  readonly profiles = new Map<string, Json>();
  readonly media = new Map<string, { readonly bytes: Buffer; readonly mime: string }>();
  /** What a list below something else answers: `<id>/<list>`; it may throw a GraphError. */
  readonly edges = new Map<string, (url: URL) => unknown>();
  readonly subscriptions = new Map<string, readonly string[]>();
  readonly sends: GraphSend[] = [];
  readonly calls: { method: string; host: Host; path: string; token: string | null }[] = [];
  /** How `{"success": true}` is written: as documented, as some answers have it, or bare as the oldest did. */
  success: 'boolean' | 'text' | 'bare' = 'boolean';
  /** The whole platform gives 503 to everyone. */
  down = false;
  private readonly faults: { readonly to: string; readonly fault: Fault }[] = [];
  private count = 0;

  private constructor(private readonly servers: readonly Server[]) {}

  static async start(): Promise<GraphServer> {
    const servers = [createServer(), createServer()];
    const graph = new GraphServer(servers);
    for (const [index, server] of servers.entries()) {
      const host = index === 0 ? 'facebook' : 'instagram';
      server.on('request', (request, response) => void graph.serve(host, request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
    return graph;
  }

  async stop(): Promise<void> {
    for (const server of this.servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  urlOf(host: Host): string {
    const address = this.servers[host === 'facebook' ? 0 : 1]?.address() as AddressInfo;
    return `http://127.0.0.1:${String(address.port)}`;
  }

  /** What the server under test is told of it. */
  get environment() {
    return {
      META_APP_ID: metaAppId,
      META_APP_SECRET: appSecret,
      META_VERIFY_TOKEN: 'a-word-to-repeat',
      META_GRAPH_URL: this.urlOf('facebook'),
      INSTAGRAM_GRAPH_URL: this.urlOf('instagram'),
    };
  }

  token(token: string, assets: readonly string[], more: Partial<GraphToken> = {}): string {
    const plain = {
      host: 'facebook',
      appId: metaAppId,
      type: 'PAGE',
      dead: null,
      expiresAt: 0,
      granular: true,
    } as const;
    this.tokens.set(token, { ...plain, ...more, assets: new Set(assets) });
    return token;
  }

  page(id: string, instagram: string | null = null): void {
    const linked = instagram === null ? {} : { instagram_business_account: { id: instagram } };
    this.accounts.set(id, { kind: 'page', fields: { id, name: `Page ${id.slice(-4)}`, ...linked }, numbers: [] });
  }

  instagram(id: string, username: string): void {
    this.accounts.set(id, { kind: 'instagram', fields: { id, user_id: id, username }, numbers: [] });
  }

  whatsApp(waba: string, number: string, display: string): void {
    const before = this.accounts.get(waba)?.numbers ?? [];
    this.accounts.set(waba, { kind: 'waba', fields: { id: waba }, numbers: [...before, number] });
    this.accounts.set(number, { kind: 'number', fields: { id: number, display_phone_number: display }, numbers: [] });
  }

  /** Puts a file where the platform keeps what people send; gives its address. */
  file(name: string, bytes: Buffer, mime: string): string {
    this.media.set(name, { bytes, mime });
    return `${this.urlOf('facebook')}/cdn/${name}`;
  }

  /** The next send to this person goes wrong so. */
  fail(to: string, fault: Fault): void {
    this.faults.push({ to, fault });
  }

  sentTo(to: string): GraphSend[] {
    return this.sends.filter((send) => send.to === to);
  }

  private async serve(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url ?? '/', this.urlOf(host));
      if (this.down) {
        answer(503, '<html>Sorry, something went wrong.</html>', { 'content-type': 'text/html' });
        return;
      }
      if (url.pathname.startsWith('/cdn/')) {
        this.serveFile(url, request, response);
        return;
      }
      const body = Buffer.concat(chunks).toString();
      const json = body === '' ? {} : (JSON.parse(body) as Json);
      const result = await this.call(host, request, url, json);
      if (result === 'hang') return;
      if (result === 'drip') {
        drip(response);
        return;
      }
      if (result === 'reset') request.socket.destroy();
      else if (result === 'garbage') answer(200, '<!doctype html><p>OK');
      else answer(200, result);
    } catch (error) {
      if (!(error instanceof GraphError)) {
        answer(500, { error: { message: String(error), type: 'OAuthException', code: 1 } });
        return;
      }
      const { code, subcode, status, message, headers } = error;
      const envelope = { message, type: 'OAuthException', code, ...(subcode !== null && { error_subcode: subcode }) };
      answer(status, { error: { ...envelope, fbtrace_id: 'Axyz' } }, headers);
    }
  }

  private async call(host: Host, request: IncomingMessage, url: URL, body: Json): Promise<unknown> {
    const [, version, first = '', second] = url.pathname.split('/');
    const method = request.method ?? 'GET';
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? url.searchParams.get('access_token');
    this.calls.push({ method, host, path: [first, second].filter(Boolean).join('/'), token });
    if (!/^v\d+\.\d$/.test(version ?? '')) throw new GraphError(2500);
    if (first === 'debug_token') return this.debugToken(url);
    if (first === 'oauth') return issueToken(this.codes, metaAppId, url);
    const known = token === null ? undefined : this.tokens.get(token);
    if (token === null || known === undefined || known.host !== host) throw new GraphError(190, null, 401);
    if (known.dead !== null) throw new GraphError(known.dead.code, known.dead.subcode, 401);
    checkProof(url.searchParams.get('appsecret_proof'), token);
    if (first === 'me' && known.type === 'USER' && second !== undefined) return granted(second, known, this.tokens);
    const id = first === 'me' ? ([...known.assets][0] ?? '') : first;
    const edge = this.edges.get([id, second].filter(Boolean).join('/'));
    if (method === 'GET' && edge !== undefined) return edge(url);
    if (method === 'GET' && second === undefined) return this.read(id, known, url);
    const account = this.accounts.get(id);
    if (account === undefined || !known.assets.has(id)) throw new GraphError(100, 33);
    if (second === 'phone_numbers') return { data: account.numbers.map((number) => this.accounts.get(number)?.fields) };
    if (second === 'subscribed_apps') return this.subscribe(method, id, account, url);
    if (second === 'register' && method === 'POST') return { success: true };
    if (second === 'messages' && method === 'POST') return this.send(host, token, id, account, body);
    throw new GraphError(100, null);
  }

  private debugToken(url: URL): unknown {
    if (url.searchParams.get('access_token') !== `${metaAppId}|${appSecret}`) throw new GraphError(190, null, 401);
    const token = this.tokens.get(url.searchParams.get('input_token') ?? '');
    const invalid = (code: number, subcode?: number) => ({
      data: { is_valid: false, scopes: [], error: { code, message: 'Words of Meta', ...(subcode && { subcode }) } },
    });
    if (token === undefined) return invalid(190);
    if (token.dead !== null) return invalid(token.dead.code, token.dead.subcode);
    const scope = [...token.assets].some((id) => this.accounts.get(id)?.kind === 'waba')
      ? 'whatsapp_business_messaging'
      : 'pages_messaging';
    const granular = { granular_scopes: [{ scope, target_ids: [...token.assets] }] };
    const { appId, type, expiresAt } = token;
    const data = { app_id: appId, type, expires_at: expiresAt, is_valid: true, scopes: [scope] };
    return { data: { ...data, ...(token.granular && granular) } };
  }

  private read(id: string, token: GraphToken, url: URL): unknown {
    const file = this.media.get(id);
    if (file !== undefined) {
      return { id, url: `${this.urlOf('facebook')}/cdn/${id}`, mime_type: file.mime, messaging_product: 'whatsapp' };
    }
    const account = this.accounts.get(id);
    if (account === undefined) {
      const profile = this.profiles.get(id);
      if (profile === undefined) throw new GraphError(100, 33);
      return { ...profile, id };
    }
    if (!token.assets.has(id)) throw new GraphError(100, 33);
    const wanted = (url.searchParams.get('fields') ?? 'id,name').replaceAll(/\{[^}]*\}/g, '').split(',');
    return Object.fromEntries(
      Object.entries(account.fields).filter(([name]) => name === 'id' || wanted.includes(name)),
    );
  }

  private subscribe(method: string, id: string, account: Account, url: URL): unknown {
    if (method === 'GET') {
      const fields = this.subscriptions.get(id);
      return { data: fields === undefined ? [] : [{ id: metaAppId, name: 'Demo', subscribed_fields: fields }] };
    }
    if (method === 'DELETE') this.subscriptions.delete(id);
    else {
      const fields = url.searchParams.get('subscribed_fields');
      if (account.kind !== 'waba' && !fields) throw new GraphError(100);
      this.subscriptions.set(id, (fields ?? '').split(','));
    }
    return this.success === 'bare' ? 'true' : { success: this.success === 'text' ? 'true' : true };
  }

  private async send(host: Host, token: string, account: string, { kind }: Account, body: Json): Promise<unknown> {
    const { to, text } = kind === 'number' ? readWhatsApp(body) : readPageSend(body, kind === 'instagram');
    const index = this.faults.findIndex((entry) => entry.to === to);
    const fault = index < 0 ? null : (this.faults.splice(index, 1)[0]?.fault ?? null);
    const takes = fault === null || fault.kind === 'late' || fault.taken === true;
    this.count += 1;
    const prefix = kind === 'number' ? 'wamid.OUT' : kind === 'instagram' ? 'aWdfOUT' : 'm_OUT';
    const send = { account, host, token, body, text, to, externalId: `${prefix}${String(this.count)}`, at: Date.now() };
    if (takes) this.sends.push(send);
    await fault?.meanwhile?.(send);
    if (fault !== null && fault.kind === 'error')
      throw new GraphError(fault.code ?? 1, fault.subcode ?? null, fault.status ?? 400, fault.headers);
    if (fault !== null && fault.kind === 'down') throw new GraphError(2, null, 500);
    if (fault !== null && fault.kind !== 'late') return fault.kind;
    if (kind === 'number') return { messaging_product: 'whatsapp', messages: [{ id: send.externalId }] };
    return { recipient_id: to, message_id: send.externalId };
  }

  /** WhatsApp's files want a token, Messenger's and Instagram's are open to who has the address. */
  private serveFile(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const name = url.pathname.slice('/cdn/'.length);
    const file = this.media.get(name);
    const open = !/^\d+$/.test(name);
    const token = this.tokens.get(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    if (file === undefined || (!open && token === undefined)) response.writeHead(file === undefined ? 404 : 401).end();
    else response.writeHead(200, { 'content-type': file.mime }).end(file.bytes);
  }
}

/** An answer that begins and never ends, a byte at a time. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 100);
  response.on('close', () => clearInterval(timer));
}
