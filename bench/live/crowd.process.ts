// Many watchers in a process of their own, so that what they hold is not counted as the server's. Told over IPC where to
// connect and how; tells when all stand, and for each round how long after its start the frames came.
import { WebSocket } from 'ws';

interface Order {
  readonly url: string;
  readonly count: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Messages that each sends once it is open, in order: the next one when an answer of the type before has come. */
  readonly hello: readonly { readonly send: string; readonly until: string }[];
  readonly protocol: string;
}

const sockets: WebSocket[] = [];
let came: number[] = [];
let expected = 0;

process.on('message', (message: { connect?: Order; expect?: number }) => {
  if (message.connect !== undefined) void connectAll(message.connect);
  if (message.expect !== undefined) {
    came = [];
    expected = message.expect;
    process.send?.({ expecting: true });
  }
});
process.on('disconnect', () => process.exit(0));

async function connectAll(order: Order): Promise<void> {
  try {
    const lanes = Array.from({ length: 20 }, async (_, lane) => {
      for (let index = lane; index < order.count; index += 20) sockets.push(await connect(order));
    });
    await Promise.all(lanes);
    process.send?.({ connected: sockets.length });
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
}

function connect({ url, headers, hello, protocol }: Order): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, protocol, { headers, perMessageDeflate: false });
    let step = 0;
    const next = () => {
      const { send } = hello[step] ?? { send: null };
      if (send === null) resolve(socket);
      else socket.send(send);
    };
    socket.on('open', next);
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${String(code)}`)));
    socket.on('message', (data: Buffer) => {
      const waited = hello[step];
      if (waited !== undefined) {
        if (!data.includes(waited.until)) return;
        step += 1;
        next();
        return;
      }
      if (expected === 0 || !data.includes('"next"')) return;
      came.push(performance.timeOrigin + performance.now());
      if (came.length === expected) {
        expected = 0;
        process.send?.({ came });
      }
    });
  });
}
