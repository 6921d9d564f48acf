import type { Duplex } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { WebSocket } from 'ws';
import { RequestContext } from '../access/index.js';
import { ErrorCode } from '../errors/index.js';
import { formatError } from '../graphql/index.js';
import { describeError } from '../logging/index.js';
import type { LiveEvent } from './live-kinds.js';
import type { LivePage } from './live-page.js';
import type { LiveStream } from './live-stream.js';
import { closeSlowReader } from './slow-reader.js';

interface Destination {
  readonly socket: WebSocket;
  /** What the socket writes to. */
  readonly wire: Pick<Duplex, 'cork' | 'uncork' | 'writableCorked'>;
  readonly id: string;
}

/**
 * Writes the frames of a live stream straight to a socket: the payload is made once for its group and only the client's
 * own subscription id is put in front. The protocol server sees an iterator that ends when the client does.
 */
@Injectable()
export class SharedDelivery {
  private readonly logger = new Logger('SharedDelivery');

  /** Joins the stream; gives what the protocol server waits on. */
  deliver(
    stream: LiveStream,
    args: ExecutionArgs,
    group: string,
    to: Destination,
  ): AsyncIterableIterator<ExecutionResult> {
    const prefix = `{"id":${JSON.stringify(to.id)},"type":"next","payload":`;
    let leave: (() => void) | null = null;
    let over = false;
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const end = () => {
      over = true;
      leave?.();
      finish();
    };
    const broke = (error: unknown) => {
      this.logger.warn(`A live stream ended: ${describeError(error)}`);
      to.socket.close(1011, 'The live stream broke: connect again with your last cursor.');
      end();
    };
    stream
      .join<string | null>(group, {
        make: (event, page) => page.share(group, event.cursor, () => this.payload(stream, args, event, page, group)),
        send: (payload) => {
          if (over || to.socket.readyState !== to.socket.OPEN) return;
          if (payload === null) broke('an event could not be read');
          else if (closeSlowReader(to.socket)) end();
          else {
            hold(to.wire);
            to.socket.send(`${prefix}${payload}}`);
          }
        },
        fail: broke,
      })
      .then((left) => {
        leave = left;
        if (over) left();
      }, broke);
    return {
      next: () => finished.then(() => ({ done: true, value: undefined })),
      return: () => {
        end();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /**
   * Runs the document once for an event, with the page's loaders, in the sight of the stream's member. Null where the
   * database was away: who watches must come back for the event, for its cursor would pass with an empty one.
   */
  private async payload(
    stream: LiveStream,
    args: ExecutionArgs,
    event: LiveEvent,
    page: LivePage,
    group: string,
  ): Promise<string | null> {
    const asked = args.contextValue as RequestContext;
    const context = page.contextOf(group, () => {
      const fresh = new RequestContext(asked.credentials, asked.origin);
      fresh.actor = stream.member;
      return fresh;
    });
    const result = await execute({ ...args, contextValue: context, rootValue: { [stream.field]: event } });
    if (result.errors === undefined) return JSON.stringify(result);
    const errors = result.errors.map((error) => formatError(error, asked.origin.requestId));
    if (errors.some((error) => error.extensions?.['code'] === ErrorCode.UNAVAILABLE)) return null;
    return JSON.stringify({ ...result, errors });
  }
}

/** The frames of one moment leave in one write. */
function hold(wire: Destination['wire']): void {
  if (wire.writableCorked > 0) return;
  wire.cork();
  process.nextTick(() => wire.uncork());
}
