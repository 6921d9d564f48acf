import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * Every command that reaches one database of Redis, as Redis itself tells them (`MONITOR`).
 * Read from a socket of its own: the client library takes a command told in the same packet as the first "OK" for
 * an answer that nobody asked for.
 */
export class RedisMonitor {
  private constructor(private readonly socket: Socket) {}

  /** Resolves once Redis tells; `hear` gets the words of each command, the verb first. */
  static async start(redisUrl: string, hear: (command: string[]) => void): Promise<RedisMonitor> {
    const { hostname, port, pathname, username, password } = new URL(redisUrl);
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    await once(socket, 'connect');
    const lines = createInterface({ input: socket });
    if (password !== '') {
      socket.write(`AUTH ${[username, password].filter(Boolean).map(decodeURIComponent).join(' ')}\r\n`);
      await told(lines);
    }
    lines.on('line', (line) => {
      const [, database, words] = /^\+[\d.]+ \[(\d+) [^\]]*\] (.*)$/.exec(line) ?? [];
      if (words !== undefined && database === (pathname.slice(1) || '0')) hear(wordsOf(words));
    });
    socket.write('MONITOR\r\n');
    await told(lines);
    return new RedisMonitor(socket);
  }

  stop(): void {
    this.socket.destroy();
  }
}

async function told(lines: NodeJS.EventEmitter): Promise<void> {
  const [line] = (await once(lines, 'line')) as [string];
  if (line !== '+OK') throw new Error(`Redis does not tell its commands: ${line}`);
}

/** The words as they were sent; bytes outside ASCII, which Redis writes as `\xNN`, one character each. */
function wordsOf(told: string): string[] {
  return [...told.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, word = '']) =>
    word.replace(/\\(x[0-9a-f]{2}|.)/g, (_, escape: string) =>
      escape.length === 3 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : (escapes[escape] ?? escape),
    ),
  );
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b' };
