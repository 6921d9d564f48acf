interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content begins, and where it ends. */
  readonly body: number;
  readonly end: number;
}

interface Extent {
  readonly at: number;
  readonly end: number;
}

const mostPixels = 64_000_000;
const picturesTypes = new Set(['hvc1', 'hev1', 'av01', 'grid', 'iden', 'iovl', 'tmap']);
const ofFile = new Set(['ftyp', 'meta', 'mdat', 'free', 'skip', 'wide']);
const ofMeta = new Set(['hdlr', 'dinf', 'pitm', 'iinf', 'iprp', 'idat', 'iloc', 'iref', 'grpl']);
const ofPictures = new Set(
  'hvcC av1C ispe colr pixi pasp irot imir clap auxC lsel rloc clli mdcv cclv amve a1op a1lx'.split(' '),
);

/**
 * A picture as iPhones take it (HEIC), which nothing here can decode: the same file with every byte blank that no picture in
 * it is made of. Position, camera, edits, comments and what hid between the parts are gone; lengths and places stay. Null for
 * one that is built otherwise than such pictures are, or that would be too large to be shown.
 */
export function heifWithoutMetadata(source: Buffer): Buffer | null {
  const file = Buffer.from(source);
  try {
    const top = boxes(file, 0, file.length);
    const metas = top.filter(({ type }) => type === 'meta');
    const [meta] = metas;
    if (top[0]?.type !== 'ftyp' || meta === undefined || metas.length > 1) return null;
    if (top.some(({ type }) => !ofFile.has(type))) return null;
    const inside = boxes(file, meta.body + 4, meta.end);
    for (const box of inside) if (!ofMeta.has(box.type)) blank(file, box);
    const one = (type: string) => inside.find((box) => box.type === type);
    const [infos, places, properties] = [one('iinf'), one('iloc'), one('iprp')];
    if (infos === undefined || places === undefined || properties === undefined) return null;
    if (!cleanProperties(file, properties)) return null;
    const data = inside.filter(({ type }) => type === 'idat');
    const kept = extentsOf(file, places, picturesIn(file, infos), data[0]);
    const holders = [...top.filter(({ type }) => !['ftyp', 'meta'].includes(type)), ...data];
    if (kept.some(({ at, end }) => !holders.some((box) => at >= box.body && end <= box.end))) return null;
    for (const box of holders) blankBetween(file, box, kept);
    return file;
  } catch (error) {
    // A length that leads outside the file.
    if ((error as { name?: unknown } | null)?.name === 'RangeError') return null;
    throw error;
  }
}

function boxes(file: Buffer, from: number, to: number): Box[] {
  const found: Box[] = [];
  for (let start = from; start < to;) {
    const size = file.readUInt32BE(start);
    const long = size === 1;
    const length = size === 0 ? to - start : long ? Number(file.readBigUInt64BE(start + 8)) : size;
    const [body, end] = [start + (long ? 16 : 8), start + length];
    if (end < body || end > to) throw new RangeError('A box ends outside its place.');
    found.push({ type: file.toString('latin1', start + 4, start + 8), start, body, end });
    start = end;
  }
  return found;
}

function blank(file: Buffer, { start, body, end }: Box): void {
  file.write('free', start + 4, 'latin1');
  file.fill(0, body, end);
}

/** Blanks a box's content but for what is kept. */
function blankBetween(file: Buffer, { body, end }: Box, kept: readonly Extent[]): void {
  let at = body;
  for (const extent of kept.filter((one) => one.at >= body && one.end <= end).sort((a, b) => a.at - b.at)) {
    if (extent.at > at) file.fill(0, at, extent.at);
    at = Math.max(at, extent.end);
  }
  file.fill(0, at, end);
}

/** Leaves of the properties what describes pictures; false where one is too large. */
function cleanProperties(file: Buffer, { body, end }: Box): boolean {
  for (const part of boxes(file, body, end)) {
    if (part.type === 'ipma') continue;
    if (part.type !== 'ipco') {
      blank(file, part);
      continue;
    }
    for (const property of boxes(file, part.body, part.end)) {
      if (!ofPictures.has(property.type)) blank(file, property);
      if (property.type !== 'ispe') continue;
      const [width, height] = [file.readUInt32BE(property.body + 4), file.readUInt32BE(property.body + 8)];
      if (width * height > mostPixels) return false;
    }
  }
  return true;
}

/** The items that are pictures. The others become items of no kind, and none keeps its name. */
function picturesIn(file: Buffer, { body, end }: Box): Set<number> {
  const pictures = new Set<number>();
  for (const item of boxes(file, body + 4 + (file.readUInt8(body) === 0 ? 2 : 4), end)) {
    const version = file.readUInt8(item.body);
    if (item.type !== 'infe' || version < 2) throw new RangeError('An item says nothing of its kind.');
    const wide = version > 2;
    const id = wide ? file.readUInt32BE(item.body + 4) : file.readUInt16BE(item.body + 4);
    const kind = item.body + (wide ? 10 : 8);
    if (picturesTypes.has(file.toString('latin1', kind, kind + 4))) pictures.add(id);
    else file.write('none', kind, 'latin1');
    file.fill(0, kind + 4, item.end);
  }
  return pictures;
}

/** Where the bytes of the pictures lie. */
function extentsOf(file: Buffer, { body }: Box, pictures: ReadonlySet<number>, data: Box | undefined): Extent[] {
  const version = file.readUInt8(body);
  let at = body + 4;
  const read = (bytes: number): number => {
    const value = bytes === 0 ? 0 : bytes === 8 ? Number(file.readBigUInt64BE(at)) : file.readUIntBE(at, bytes);
    at += bytes;
    return value;
  };
  const [sizes, more] = [read(1), read(1)];
  const [offsetSize, lengthSize, baseSize, indexSize] = [
    sizes >> 4,
    sizes & 15,
    more >> 4,
    version === 0 ? 0 : more & 15,
  ];
  // Else a few bytes could ask for thousands of millions of readings of nothing.
  if (offsetSize === 0 || lengthSize === 0) throw new RangeError('Places are written in no bytes.');
  const extents: Extent[] = [];
  for (let left = read(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const id = read(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : read(2) & 15;
    const reference = read(2);
    const base = read(baseSize);
    for (let parts = read(2); parts > 0; parts -= 1) {
      read(indexSize);
      const [offset, length] = [read(offsetSize), read(lengthSize)];
      if (!pictures.has(id)) continue;
      const from = method === 0 ? 0 : method === 1 ? data?.body : undefined;
      if (from === undefined || reference !== 0 || length === 0) throw new RangeError('A picture lies elsewhere.');
      extents.push({ at: from + base + offset, end: from + base + offset + length });
    }
  }
  return extents;
}
