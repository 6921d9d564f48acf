// The bare limit: a socket server that knows nothing and sends one prepared text to whoever is connected.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
process.on('message', ({ frame }: { frame: string }) => {
  const since = performance.timeOrigin + performance.now();
  for (const socket of sockets.clients) socket.send(frame);
  process.send?.({ since });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
