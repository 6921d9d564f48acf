import { crc32, deflateSync } from 'node:zlib';

/** Small files that are what they say they are, made here so that no binary lies in the repository. */
export const SAMPLES = {
  png: { mimeType: 'image/png', filename: 'picture.png', make: () => png(160, 120, 0x2f, 0x80, 0xed) },
  jpeg: { mimeType: 'image/jpeg', filename: 'photo.jpg', make: jpeg },
  webp: { mimeType: 'image/webp', filename: 'sticker.webp', make: webp },
  ogg: { mimeType: 'audio/ogg; codecs=opus', filename: 'voice.ogg', make: ogg },
  mp4: { mimeType: 'video/mp4', filename: 'clip.mp4', make: mp4 },
  pdf: { mimeType: 'application/pdf', filename: 'invoice.pdf', make: pdf },
} as const;
export type SampleKind = keyof typeof SAMPLES;

/** A picture in one colour with a lighter stripe. */
export function png(width: number, height: number, red: number, green: number, blue: number): Buffer {
  const rows = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const light = Math.abs(x - y) < 12 ? 60 : 0;
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = Math.min(255, red + light);
      rows[at + 1] = Math.min(255, green + light);
      rows[at + 2] = Math.min(255, blue + light);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
  };
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A grey square of 64 x 64: one brightness, then blocks that say "the same". */
function jpeg(): Buffer {
  const segment = (marker: number, data: number[]) => [
    0xff,
    marker,
    (data.length + 2) >> 8,
    (data.length + 2) & 255,
    ...data,
  ];
  // Two brightness codes of two bits (unchanged, a change of six bits) and one code for "end of block".
  const brightness = [0x00, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6];
  const detail = [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  let bits = '01' + '110010' + '0' + '000'.repeat(63);
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const scan = (bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...new Array<number>(64).fill(8)]),
    ...segment(0xc0, [8, 0, 64, 0, 64, 1, 1, 0x11, 0]),
    ...segment(0xc4, brightness),
    ...segment(0xc4, detail),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...scan,
    ...[0xff, 0xd9],
  ]);
}

function webp(): Buffer {
  return Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64');
}

/** One second of silence as Opus in Ogg. */
function ogg(): Buffer {
  const head = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
  const vendor = Buffer.from('sandbox');
  const tags = Buffer.concat([Buffer.from('OpusTags'), uint32le(vendor.length), vendor, uint32le(0)]);
  const silence = Buffer.from([0xf8, 0xff, 0xfe]);
  const frames = new Array<Buffer>(50).fill(silence);
  return Buffer.concat([oggPage(2, 0, 0, [head]), oggPage(0, 0, 1, [tags]), oggPage(4, 50 * 960, 2, frames)]);
}

function oggPage(flags: number, position: number, sequence: number, packets: Buffer[]): Buffer {
  const header = Buffer.alloc(27);
  header.write('OggS');
  header[5] = flags;
  header.writeBigUInt64LE(BigInt(position), 6);
  header.writeUInt32LE(0x5a4d, 14);
  header.writeUInt32LE(sequence, 18);
  header[26] = packets.length;
  const page = Buffer.concat([header, Buffer.from(packets.map((packet) => packet.length)), ...packets]);
  page.writeUInt32LE(oggChecksum(page), 22);
  return page;
}

function oggChecksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

/** The container of a clip, with no picture inside: enough for storing, typing and offering it. */
function mp4(): Buffer {
  const box = (type: string, data: Buffer) => Buffer.concat([uint32(data.length + 8), Buffer.from(type), data]);
  const brands = Buffer.concat([Buffer.from('isom'), uint32(512), Buffer.from('isomiso2avc1mp41')]);
  const movie = Buffer.alloc(100);
  movie.writeUInt32BE(1000, 12);
  movie.writeUInt32BE(1000, 16);
  movie.writeUInt32BE(0x00010000, 20);
  movie.writeUInt16BE(0x0100, 24);
  [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000].forEach((cell, index) =>
    movie.writeUInt32BE(cell, 36 + index * 4),
  );
  movie.writeUInt32BE(1, 96);
  return Buffer.concat([box('ftyp', brands), box('moov', box('mvhd', movie)), box('mdat', Buffer.alloc(16))]);
}

function pdf(): Buffer {
  const text = 'BT /F1 18 Tf 40 90 Td (Sandbox invoice) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 160] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return Buffer.from(`${file}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function uint32le(value: number): Buffer {
  return uint32(value).reverse();
}
