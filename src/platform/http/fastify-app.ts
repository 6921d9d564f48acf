import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import cookie from '@fastify/cookie';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { RequestContext } from '../access/index.js';
import { Config } from '../config/index.js';
import { ErrorCode } from '../errors/index.js';
import { Intake } from '../deliveries/index.js';
import { SocketServer } from '../live/index.js';
import { TechnicalLog } from '../logging/index.js';
import { permissionsPolicy, trustedPolicy } from './page-rights.js';
import { shedLoad } from './shed-load.js';
import { UploadDoors } from './upload-doors.js';
import { isUploadRoute, takeUploads } from './uploads.js';

declare module 'fastify' {
  interface FastifyRequest {
    context: RequestContext;
  }
}

const maxWebhookBytes = 3_000_000;
const maxJsonBytes = 1_000_000;
const sessionDays = 30;

/** The Fastify adapter, with limits that cut slow and oversized calls. */
export function fastifyAdapter(config: { readonly trustProxy: number }): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: config.trustProxy === 0 ? false : (_address: string, hop: number) => hop < config.trustProxy,
    bodyLimit: maxWebhookBytes,
    // Files have this long; every other body has half a minute (slow-bodies.ts), as heads have.
    requestTimeout: 180_000,
    http: { headersTimeout: 30_000 },
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    genReqId: () => randomUUID(),
    frameworkErrors: refuseAddress,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
  });
}

/** Sets up what stands in front of every route: bodies, cookies, headers, the request's context, and the socket upgrade. */
export async function prepareFastify(app: NestFastifyApplication): Promise<void> {
  const config = app.get(Config);
  const fastify = app.getHttpAdapter().getInstance();
  parseBodies(fastify);
  await app.register(cookie);
  const headers = safetyHeaders(config);
  const cookieName = sessionCookieName(config);
  fastify.decorateRequest('context', null as unknown as RequestContext);
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    // What may be kept says so itself: hashed assets, for one.
    void reply.headers(headers).header('x-request-id', request.id);
    request.context = contextFor(request, reply, config, cookieName);
    // An operation in an address would be written down by every proxy and browser on its way.
    if (request.routeOptions.url === '/graphql' && request.method !== 'POST') {
      const code = ErrorCode.BAD_USER_INPUT;
      const body = { code, message: 'Operations are sent by POST.', requestId: request.id };
      return reply.status(405).header('allow', 'POST').send(body);
    }
  });
  takeUploads(fastify, app.get(UploadDoors));
  logCalls(fastify, app.get(TechnicalLog));
  const intake = app.get(Intake);
  shedLoad(fastify, () => intake.pressed);
  upgradeSockets(app, config, cookieName);
}

/**
 * A line of the technical log for each answer to a person or a program. Platforms' webhooks and whoever watches the process
 * are counted elsewhere and get none; neither do files of the dashboard.
 */
function logCalls(fastify: FastifyInstance, log: TechnicalLog): void {
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const context = request.context as RequestContext | null;
    if (context !== null && !/^\/(webhooks|health|metrics|assets)\b/.test(route)) {
      const { ip, userAgent, requestId } = context.origin;
      log.note({
        ip,
        browser: userAgent,
        session: context.credentials.session,
        userId: context.noted.userId,
        requestId,
        method: request.method,
        route,
        status: reply.statusCode,
        milliseconds: reply.elapsedTime,
        errors: context.noted.errors,
      });
    }
    done();
  });
}

/**
 * The headers that every answer carries. They are the same for all of them, so helmet is asked once: asked anew for each
 * answer it costs as much as storing a webhook call.
 */
function safetyHeaders(config: Config): Record<string, string> {
  const headers: Record<string, string> = { 'cache-control': 'no-store', 'permissions-policy': permissionsPolicy };
  const middleware = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...socketOrigins(config)],
        manifestSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        // What makes text into code or markup takes no text here, but what one policy of the dashboard's has let through.
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [trustedPolicy],
      },
    },
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginEmbedderPolicy: false,
    // A platform's sign-up window that a page of ours opens may tell that page how far it is; nobody who opens ours may.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
  const answer = {
    setHeader: (name: string, value: string) => (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  middleware({} as IncomingMessage, answer as unknown as ServerResponse, (error) => {
    if (error !== undefined) throw new Error('The safety headers cannot be made.', { cause: error });
  });
  return headers;
}

/** The cookie's name: with the `__Host-` prefix wherever HTTPS allows it. */
export function sessionCookieName(config: Config): string {
  return config.publicUrl.startsWith('https:') ? '__Host-parley_session' : 'parley_session';
}

/**
 * Webhooks get the bytes as they came, whatever content type they claim: a parser would refuse a malformed body before
 * its signature is looked at. Everything else is JSON of a bounded size, or is refused by its content type.
 */
function parseBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    if (takesAnyBody(request.routeOptions.url)) {
      done(null, body);
      return;
    }
    if (!/^application\/(json|graphql-response\+json)\b/i.test(request.headers['content-type'] ?? '')) {
      done(Object.assign(new Error('Send JSON: content-type application/json.'), { statusCode: 415 }), undefined);
    } else if (body.length > maxJsonBytes) {
      done(Object.assign(new Error('The body is too large.'), { statusCode: 413 }), undefined);
    } else {
      void parseJson(request, body.toString(), done);
    }
  });
}

/** Where pages without a script send their forms. */
const plainForms: ReadonlySet<string> = new Set([
  '/forms/v1/:publicKey',
  '/notifications/unsubscribe',
  '/privacy/requests',
  '/privacy/requests/:code/verify',
]);

/** Webhooks are checked as they came; one click in a mail program sends a form that says nothing (RFC 8058); an upload is bytes. */
function takesAnyBody(route: string | undefined): boolean {
  return route?.startsWith('/webhooks/') === true || plainForms.has(route ?? '') || isUploadRoute(route);
}

/** An address that is none never gets as far as the hooks, so what they add is added here. */
function refuseAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply
    .status(400)
    .headers({
      'x-request-id': request.id,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
    .send({
      code: ErrorCode.BAD_USER_INPUT,
      message: 'This is no address that can be understood.',
      requestId: request.id,
    });
}

function contextFor(request: FastifyRequest, reply: FastifyReply, config: Config, cookieName: string): RequestContext {
  const authorization = request.headers.authorization ?? '';
  const token = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? null;
  // A download is a link, which carries no header.
  const workspace =
    request.headers['x-workspace-id'] ??
    (request.url.startsWith('/exports/') ? (request.query as { workspace?: unknown }).workspace : undefined);
  // A cookie that came along from another site's page counts for nothing.
  const session =
    token === null && isOwnOrigin(request.headers.origin, request.headers.host, config)
      ? (request.cookies[cookieName] ?? null)
      : null;
  return new RequestContext(
    { session, token, workspaceId: typeof workspace === 'string' && workspace !== '' ? workspace : null },
    {
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
      requestId: request.id,
      language: request.headers['accept-language']?.slice(0, 100) ?? null,
    },
    (value) => {
      const flags = {
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure: config.publicUrl.startsWith('https:'),
      } as const;
      if (value === null) void reply.clearCookie(cookieName, flags);
      else void reply.setCookie(cookieName, value, { ...flags, maxAge: sessionDays * 86_400 });
    },
  );
}

/** Whether an Origin is one of our own pages; a request without one does not come from a page of another site. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, config: Config): boolean {
  if (origin === undefined) return true;
  if (origin === new URL(config.publicUrl).origin) return true;
  // In development the same server is also reached by its other local names.
  const local = URL.parse(origin);
  return (
    !config.production &&
    local !== null &&
    local.host === host &&
    ['localhost', '127.0.0.1', '[::1]'].includes(local.hostname)
  );
}

function socketOrigins(config: Config): string[] {
  // Older browsers do not take 'self' for a socket of the same host.
  const { host, protocol } = new URL(config.publicUrl);
  return [`${protocol === 'https:' ? 'wss' : 'ws'}://${host}`];
}

function upgradeSockets(app: INestApplication, config: Config, cookieName: string): void {
  const sockets = app.get(SocketServer);
  const server = app.getHttpServer() as Server;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { origin, host } = request.headers;
    if (request.url?.split('?', 1)[0] !== '/graphql') return refuse(socket, '404 Not Found');
    if (!isOwnOrigin(origin, host, config)) return refuse(socket, '403 Forbidden');
    sockets.upgrade(request, socket, head, {
      session: fastify.parseCookie(request.headers.cookie ?? '')[cookieName] ?? null,
      ip: request.socket.remoteAddress ?? null,
      userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
      sameOrigin: origin !== undefined,
    });
  });
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
