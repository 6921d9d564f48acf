import { MovingRefused } from './moving-refused.js';

const longestLine = 64_000_000;
const lineFeed = 0x0a;

/** The lines of a stream of bytes. One that does not end in time is refused: it would take the memory of all of it. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const text = new TextDecoder('utf-8', { fatal: true });
  let held: Buffer[] = [];
  let length = 0;
  const line = (rest: Buffer): string => {
    const whole = held.length === 0 ? rest : Buffer.concat([...held, rest]);
    held = [];
    length = 0;
    try {
      return text.decode(whole);
    } catch {
      throw unreadable();
    }
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(lineFeed); to !== -1; to = chunk.indexOf(lineFeed, from)) {
      yield line(chunk.subarray(from, to));
      from = to + 1;
    }
    if (from === chunk.length) continue;
    held.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longestLine) throw unreadable();
  }
  if (length > 0) throw unreadable();
}

function unreadable(): MovingRefused {
  return new MovingRefused(
    'The file cannot be trusted. It holds a row that is no text, or has no end. Nothing was changed.',
  );
}
