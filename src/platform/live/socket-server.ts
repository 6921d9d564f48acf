import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  OperationTypeNode,
  createSourceEventStream,
  execute,
  subscribe,
} from 'graphql';
import {
  CloseCode,
  type Context,
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  type Server,
  type SubscribePayload,
  makeServer,
} from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { Authenticator, RequestContext } from '../access/index.js';
import { Config } from '../config/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import { allowSchema, asksForSchema, checkRows, formatError } from '../graphql/index.js';
import { SharedDelivery } from './shared-delivery.js';
import { groupKeyOf, knownDocument, mentions, operationOf } from './documents.js';
import { LiveKinds } from './live-kinds.js';
import { LiveStream } from './live-stream.js';
import { closeSlowReader } from './slow-reader.js';

/** What the HTTP upgrade told about a socket. */
export interface SocketOrigin {
  readonly session: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Whether a browser page of ours opened it; a socket without an Origin may use a token only. */
  readonly sameOrigin: boolean;
}

interface Extra {
  readonly socket: WebSocket;
  /** What the socket writes to. */
  readonly wire: Duplex;
  readonly origin: SocketOrigin;
  credentials: RequestContext['credentials'];
}
type Params = Record<string, unknown> | undefined;
type SocketContext = Context<Params, Extra>;

const maxFrame = 65_536;
const maxOperations = 20;
const pingMilliseconds = 20_000;
const recheckMilliseconds = 1_000;
const ended: CloseCode = CloseCode.Forbidden;

/**
 * GraphQL over WebSocket at /graphql, as graphql-transport-ws says. Live subscriptions are shared: one execution and one
 * encoded payload serve every watcher with the same document, variables and visibility. Credentials are looked at again
 * every second, and a socket whose session or token ended is closed.
 */
@Injectable()
export class SocketServer implements BeforeApplicationShutdown {
  private readonly logger = new Logger('SocketServer');
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrame,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  private readonly open = new Set<Extra>();
  private readonly operations = new WeakMap<RequestContext, { readonly extra: Extra; readonly id: string }>();
  private readonly server: Server<Extra>;
  private readonly recheck: NodeJS.Timeout;
  private rechecking = false;

  constructor(
    private readonly schemas: GraphQLSchemaHost,
    private readonly authenticator: Authenticator,
    private readonly kinds: LiveKinds,
    private readonly shared: SharedDelivery,
    private readonly config: Config,
  ) {
    this.server = makeServer<Params, Extra>({
      connectionInitWaitTimeout: 10_000,
      onConnect: (context) => this.connect(context),
      onSubscribe: (context, id, payload) => this.prepare(context, id, payload),
      subscribe: (args) => this.subscribe(args),
      execute: (args) => execute(args),
      onError: (_context, _id, _payload, errors) => errors.map((error) => formatError(error, randomUUID())),
      onNext: (_context, _id, _payload, args, result) => formatted(result.errors, result.data ?? null, args),
    });
    this.recheck = setInterval(() => void this.closeEnded(), recheckMilliseconds).unref();
  }

  /** How many sockets are open; for metrics. */
  get size(): number {
    return this.open.size;
  }

  /** Takes over an HTTP upgrade on /graphql. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, origin: SocketOrigin): void {
    this.sockets.handleUpgrade(request, socket, head, (client) => this.opened(client, socket, origin));
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.recheck);
    for (const { socket } of this.open) socket.close(1001, 'The server restarts: connect again with your last cursor.');
    this.sockets.close();
    await new Promise((resolve) => setTimeout(resolve, this.open.size > 0 ? 100 : 0));
    for (const { socket } of this.open) socket.terminate();
  }

  private opened(socket: WebSocket, wire: Duplex, origin: SocketOrigin): void {
    const extra: Extra = { socket, wire, origin, credentials: { session: null, token: null, workspaceId: null } };
    this.open.add(extra);
    let alive = true;
    const ping = setInterval(() => {
      if (!alive) socket.terminate();
      alive = false;
      socket.ping();
    }, pingMilliseconds);
    socket.on('pong', () => (alive = true));
    socket.on('ping', () => closeSlowReader(socket));
    // ws closes a socket after an error by itself; without a listener the error would end the process.
    socket.on('error', () => undefined);
    const closed = this.server.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve, reject) =>
            socket.send(data, (error) => (error === undefined || error === null ? resolve() : reject(error))),
          ),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on('message', (data: Buffer) => {
            if (socket.readyState !== socket.OPEN || closeSlowReader(socket)) return;
            handle(data.toString()).catch((error: unknown) => {
              // A message that only a server may send, such as `next`: the client's fault, and nothing for our log.
              if (error instanceof Error && error.message.startsWith('Unexpected message of type')) {
                socket.close(CloseCode.BadRequest, 'This message is not one that a client sends.');
                return;
              }
              this.logger.error({ err: error }, 'A socket message could not be handled.');
              socket.close(CloseCode.InternalServerError, 'Something went wrong on our side.');
            });
          }),
      },
      extra,
    );
    socket.on('close', (code, reason) => {
      clearInterval(ping);
      this.open.delete(extra);
      void closed(code, reason.toString());
    });
  }

  private async connect({ connectionParams, extra }: SocketContext): Promise<boolean> {
    const authorization = text(connectionParams?.['authorization']) ?? text(connectionParams?.['Authorization']);
    const token = authorization === null ? null : authorization.replace(/^Bearer\s+/i, '');
    // A cookie counts only for our own pages: any site can open a socket that carries it.
    const session = token === null && extra.origin.sameOrigin ? extra.origin.session : null;
    extra.credentials = { session, token, workspaceId: text(connectionParams?.['workspaceId']) };
    return this.stillIn(extra);
  }

  private async stillIn(extra: Extra): Promise<boolean> {
    try {
      return (await this.authenticator.authenticate(extra.credentials)) !== null;
    } catch (error) {
      if (error instanceof DomainError && error.code !== ErrorCode.UNAVAILABLE) return false;
      // A database that is away for a moment ends no session.
      return extra.socket.readyState === extra.socket.OPEN;
    }
  }

  private async closeEnded(): Promise<void> {
    if (this.rechecking) return;
    this.rechecking = true;
    const connected = [...this.open].filter(
      (extra) => extra.credentials.session !== null || extra.credentials.token !== null,
    );
    // Asked for all at once, which makes one look-up of them.
    const groups = [...Map.groupBy(connected, (extra) => JSON.stringify(extra.credentials)).values()];
    await Promise.all(
      groups.map(async (group) => {
        if (group[0] !== undefined && !(await this.stillIn(group[0])))
          for (const { socket } of group) socket.close(ended, 'token_expired');
      }),
    );
    this.rechecking = false;
  }

  private async prepare(
    context: SocketContext,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    if (Object.keys(context.subscriptions).length > maxOperations) {
      return [
        new GraphQLError(`A socket carries at most ${String(maxOperations)} operations.`, {
          extensions: { code: 'TOO_COMPLEX' },
        }),
      ];
    }
    const { schema } = this.schemas;
    try {
      const { document, errors } = knownDocument(schema, payload.query);
      if (errors.length > 0) return errors;
      const variables = payload.variables ?? {};
      checkRows(schema, document, payload.operationName, variables);
      const { extra } = context;
      if (this.config.production && asksForSchema(document)) await allowSchema(this.authenticator, extra.credentials);
      const requestContext = new RequestContext(extra.credentials, {
        ip: extra.origin.ip,
        userAgent: extra.origin.userAgent,
        requestId: randomUUID(),
      });
      this.operations.set(requestContext, { extra, id });
      return {
        schema,
        document,
        operationName: payload.operationName ?? null,
        variableValues: variables,
        contextValue: requestContext,
      };
    } catch (error) {
      return [
        error instanceof GraphQLError
          ? error
          : new GraphQLError('The operation cannot be read.', { originalError: error as Error }),
      ];
    }
  }

  private async subscribe(args: ExecutionArgs): Promise<ExecutionResult | AsyncIterable<ExecutionResult>> {
    const context = args.contextValue as RequestContext;
    const operation = this.operations.get(context);
    if (
      operation === undefined ||
      operationOf(args.document, args.operationName)?.operation !== OperationTypeNode.SUBSCRIPTION
    ) {
      return subscribe(args) as Promise<ExecutionResult>;
    }
    const source = await createSourceEventStream(args);
    if (!(source instanceof LiveStream)) {
      if (!(Symbol.asyncIterator in source)) return source;
      return mapped(source, (value) => execute({ ...args, rootValue: value }));
    }
    const key = groupKeyOf(sourceOf(args), args.document, args.operationName, args.variableValues ?? {});
    const perMember = mentions(args.document, this.kinds.perMemberFields);
    const visibility = perMember ? source.member.memberId : source.member.role;
    return this.shared.deliver(source, args, `${visibility} ${key}`, { ...operation.extra, id: operation.id });
  }
}

function sourceOf(args: ExecutionArgs): string {
  return args.document.loc?.source.body ?? '';
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function formatted(
  errors: readonly GraphQLError[] | undefined,
  data: Record<string, unknown> | null,
  args: ExecutionArgs,
): { data: Record<string, unknown> | null; errors: readonly GraphQLFormattedError[] } | undefined {
  if (errors === undefined) return undefined;
  const { requestId } = (args.contextValue as RequestContext).origin;
  return { data, errors: errors.map((error) => formatError(error, requestId)) };
}

/** Maps what a source yields. A client that leaves ends the source at once, even one that is waiting. */
function mapped<Value, Result>(
  source: AsyncIterable<Value>,
  map: (value: Value) => Result | Promise<Result>,
): AsyncIterableIterator<Result> {
  const iterator = source[Symbol.asyncIterator]();
  return {
    async next() {
      const step = await iterator.next();
      return step.done === true ? { done: true, value: undefined } : { done: false, value: await map(step.value) };
    },
    async return() {
      await iterator.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
