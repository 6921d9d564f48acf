import sharp from 'sharp';
import { contentTypeOf } from './content-type.js';
import { heifWithoutMetadata } from './heif.js';
import { cleanPicture } from './pictures.js';

const position = {
  GPSLatitudeRef: 'N',
  GPSLatitude: '52/1 30/1 5/10',
  GPSLongitudeRef: 'E',
  GPSLongitude: '13/1 24/1 25/100',
};
/** A picture in the box that iPhones use, with the place where it was taken; what is in the box can be decoded here. */
const photo = () =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#3366aa' } })
    .composite([
      { input: { create: { width: 80, height: 60, channels: 3, background: '#cc2200' } }, left: 40, top: 30 },
    ])
    .avif({ quality: 80 })
    .withExif({ IFD0: { Make: 'Parley Phone' }, IFD3: position })
    .toBuffer();
/** The same as an iPhone names it: nothing here knows what is in it. */
const renamed = (source: Buffer) =>
  Buffer.from(
    source.toString('latin1').replaceAll('avif', 'heic').replaceAll('av01', 'hvc1').replaceAll('av1C', 'hvcC'),
    'latin1',
  );
const box = (type: string, body: Buffer) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

describe('a picture that cannot be decoded here (case U2)', () => {
  it('loses its position and camera, and not a pixel', async () => {
    const source = await photo();
    expect((await sharp(source).metadata()).exif?.includes('Parley Phone')).toBe(true);
    const clean = heifWithoutMetadata(source);
    if (clean === null) throw new Error('It was refused.');
    expect(clean.length).toBe(source.length);
    expect(clean.includes('Parley Phone')).toBe(false);
    const { exif, xmp, width, height } = await sharp(clean).metadata();
    expect([exif, xmp, width, height]).toEqual([undefined, undefined, 320, 240]);
    const pixels = (picture: Buffer) => sharp(picture).raw().toBuffer();
    expect((await pixels(clean)).equals(await pixels(source))).toBe(true);
  });

  it('is told by its bytes, tried, and kept clean where it cannot be drawn anew', async () => {
    const source = renamed(await photo());
    expect(await contentTypeOf(source, 'IMG_0001.HEIC')).toBe('image/heic');
    expect(await cleanPicture(source, 'image/heic')).toBeNull();
    const clean = heifWithoutMetadata(source);
    expect([clean?.length, clean?.includes('Parley Phone')]).toEqual([source.length, false]);
  });

  it('keeps nothing that was hidden between its parts', async () => {
    const source = await photo();
    const hidden = Buffer.concat([source, box('free', Buffer.from('52.5N 13.4E'))]);
    expect(heifWithoutMetadata(hidden)?.includes('52.5N')).toBe(false);
    for (const type of ['uuid', 'moov', 'udta', 'html'])
      expect([type, heifWithoutMetadata(Buffer.concat([source, box(type, Buffer.alloc(16))]))]).toEqual([type, null]);
  });

  it('is refused where it is too large to be shown, or broken, at whatever byte', async () => {
    const source = await photo();
    const bomb = Buffer.from(source);
    const at = bomb.indexOf('ispe') + 8;
    bomb.writeUInt32BE(40_000, at);
    bomb.writeUInt32BE(40_000, at + 4);
    expect(heifWithoutMetadata(bomb)).toBeNull();
    // Nothing but a clean file or a refusal comes of any damage; no byte of it makes it throw or run on.
    const meta = source.indexOf('mdat');
    let refused = 0;
    for (let place = 0; place < meta; place += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const broken = Buffer.from(source);
        broken[place] = value;
        const clean = heifWithoutMetadata(broken);
        if (clean === null) refused += 1;
        else expect(clean.length).toBe(source.length);
      }
    }
    expect(refused).toBeGreaterThan(100);
    expect(heifWithoutMetadata(source.subarray(0, meta))).toBeNull();
    expect(heifWithoutMetadata(Buffer.alloc(0))).toBeNull();
  });
});
