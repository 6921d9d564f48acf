import { connect } from 'node:net';

/** Headers in which proxies tell whom a request is from, as somebody would write them who is many people. */
export function asSomebodyElse(number: number): Record<string, string> {
  const ip = `203.0.${String((number >> 8) & 255)}.${String(number & 255)}`;
  return {
    'x-forwarded-for': ip,
    'x-real-ip': ip,
    forwarded: `for=${ip};proto=https`,
    'cf-connecting-ip': ip,
    'true-client-ip': ip,
    'x-client-ip': ip,
    'x-cluster-client-ip': ip,
    'x-original-forwarded-for': ip,
    'x-request-id': `guess-${String(number)}`,
    user: 'admin@example.com',
    'user-agent': `browser ${String(number)}`,
  };
}

/** An address as somebody spells it who wants it to be taken for another one. */
export function spellings(email: string): string[] {
  return [
    email,
    email.toUpperCase(),
    ` ${email}\t`,
    `\u0000${email}`,
    `${email.slice(0, 3)}\u0000${email.slice(3)}`,
    // One letter in capitals that some fold to one letter, and others to a letter with a dot.
    email.replace('i', '\u0130'),
    email.replaceAll('i', '\u0130'),
    email.replace('k', '\u212a'),
    email.replace('s', '\u017f'),
    `\ufeff${email}`,
    `${email}\u00a0`,
    email.normalize('NFD'),
  ];
}

/** One operation with so many sign-ins under names of their own. */
export function manySignIns(emails: readonly string[]): string {
  const fields = emails.map(
    (email, index) =>
      `g${String(index)}: signIn(input: { email: ${JSON.stringify(email)}, password: "${guess()}" }) { id }`,
  );
  return `mutation { ${fields.join(' ')} }`;
}

/** The same, hidden in fragments. */
export function signInsInFragments(email: string, fragments: number): string {
  const names = Array.from({ length: fragments }, (_, index) => `F${String(index)}`);
  const bodies = names.map(
    (name) =>
      `fragment ${name} on Mutation { a${name}: signIn(input: { email: ${JSON.stringify(email)}, password: "${guess()}" }) { id } }`,
  );
  return `mutation { ${names.map((name) => `...${name}`).join(' ')} } ${bodies.join(' ')}`;
}

let guesses = 0;
function guess(): string {
  guesses += 1;
  return `guess number ${String(guesses)}`;
}

/** Writes requests over one connection without waiting for answers; gives the statuses that came. */
export function pipelined(url: string, bodies: readonly string[]): Promise<number[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const statuses = () => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
    socket.setTimeout(60_000, () => socket.destroy(new Error('Answers stopped coming.')));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (statuses().length >= bodies.length) socket.end();
    });
    socket.on('close', () => resolve(statuses()));
    socket.on('error', reject);
    for (const [index, body] of bodies.entries()) {
      const headers = { ...asSomebodyElse(index), host: 'localhost', 'content-type': 'application/json' };
      const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
      socket.write(
        `POST /graphql HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
      );
    }
  });
}
