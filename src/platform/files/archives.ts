const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const endLength = 22;
const entryLength = 46;
const largestComment = 65_535;
const mostEntries = 10_000;
const mostBytes = 1_000_000_000;
/** Texts shrink to a twentieth; what shrinks more than this was made to. */
const mostGrowth = 200;
const harmlessBytes = 20_000_000;

/**
 * Why a file that is a zip, or a document that is one inside, is not kept; null for every other file. Nothing is unpacked:
 * its own list of contents says how much it would become. One whose list cannot be read is not passed on.
 */
export function troubleWithArchive(body: Buffer): string | null {
  if (body.length < 4 || body.readUInt32LE(0) !== 0x04034b50) return null;
  const end = endOf(body);
  if (end === -1) return 'It is an archive without a list of contents.';
  const entries = body.readUInt16LE(end + 10);
  let at = body.readUInt32LE(end + 16);
  // These values say that the true ones stand elsewhere: only archives of more than 4 GB need that.
  if (entries === 0xffff || at === 0xffffffff || entries > mostEntries) return 'It is an archive of too many files.';
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + entryLength > body.length || body.readUInt32LE(at) !== entryMark)
      return 'It is an archive whose list of contents is broken.';
    total += body.readUInt32LE(at + 24);
    at += entryLength + body.readUInt16LE(at + 28) + body.readUInt16LE(at + 30) + body.readUInt16LE(at + 32);
  }
  const grown = total > harmlessBytes && total / body.length > mostGrowth;
  return total > mostBytes || grown ? 'It is an archive that would become too large.' : null;
}

function endOf(body: Buffer): number {
  const first = Math.max(0, body.length - endLength - largestComment);
  for (let at = body.length - endLength; at >= first; at -= 1) if (body.readUInt32LE(at) === endMark) return at;
  return -1;
}
