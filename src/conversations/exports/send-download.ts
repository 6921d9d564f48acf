import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A file that is made while it is fetched. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly content: AsyncIterable<string>;
}

/** Sends it as fast as it is taken: whoever reads slowly is waited for, and whoever goes away ends it. Nobody keeps a copy. */
export async function sendDownload(reply: FastifyReply, { name, type, content }: Download): Promise<void> {
  // What goes wrong at the start is still answered as what it is.
  const begun = content[Symbol.asyncIterator]();
  const first = await begun.next();
  const day = new Date().toISOString().slice(0, 10);
  const [stem = '', ending = ''] = name.split('.');
  await reply
    .header('content-type', `${type}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${stem}-${day}.${ending}"`)
    .header('cache-control', 'no-store')
    .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .send(Readable.from(goingOn(first, begun)));
}

async function* goingOn(
  first: IteratorResult<string, unknown>,
  rest: AsyncIterator<string, unknown>,
): AsyncGenerator<string> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** The first of what an address says under a name; null where it says nothing. */
export function askedFor(query: unknown, name: string): string | null {
  const value = (query as Readonly<Record<string, unknown>>)[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : null;
}

/** Whether an address asks for something that is yes or no. */
export function isAskedFor(query: unknown, name: string): boolean {
  return /^(?:1|true|yes)$/i.test(askedFor(query, name) ?? '');
}
