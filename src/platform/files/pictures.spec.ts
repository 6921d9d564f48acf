import sharp from 'sharp';
import { photoWithPosition } from '../../../test/support/uploads.js';
import { SAMPLES, png } from '../../../apps/sandbox/media/samples.js';
import { canBeDrawn, cleanPicture } from './pictures.js';

const plain = { width: 40, height: 30, channels: 4, background: '#336699aa' } as const;

describe('pictures are drawn anew (case U2)', () => {
  it('without position and camera, and turned as the camera said', async () => {
    const photo = await photoWithPosition(320, 240);
    const before = await sharp(photo).metadata();
    // The photo is a real one: its position stands in it, by the tag that points at it.
    expect([before.orientation, before.exif?.includes(Buffer.from('Parley Phone'))]).toEqual([6, true]);
    expect(
      before.exif?.includes(Buffer.from([0x88, 0x25])) === true ||
        before.exif?.includes(Buffer.from([0x25, 0x88])) === true,
    ).toBe(true);
    const clean = await cleanPicture(photo, 'image/jpeg');
    const after = await sharp(clean?.body).metadata();
    expect([after.format, after.width, after.height]).toEqual(['jpeg', 240, 320]);
    expect([after.exif, after.xmp, after.iptc, after.orientation, after.comments]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(clean?.body.includes('Parley Phone')).toBe(false);
    const small = await sharp(clean?.thumbnail).metadata();
    expect([small.format, small.width, small.height, small.exif]).toEqual(['jpeg', 240, 320, undefined]);
  });

  it.each<[string, string, () => Promise<Buffer> | Buffer]>([
    [
      'image/png',
      'png',
      () =>
        sharp({ create: plain })
          .png()
          .withExif({ IFD0: { Make: 'Parley Phone' } })
          .toBuffer(),
    ],
    [
      'image/webp',
      'webp',
      () =>
        sharp({ create: plain })
          .webp()
          .withExif({ IFD0: { Make: 'Parley Phone' } })
          .toBuffer(),
    ],
    [
      'image/tiff',
      'jpeg',
      () =>
        sharp({ create: plain })
          .tiff()
          .withExif({ IFD0: { Make: 'Parley Phone' } })
          .toBuffer(),
    ],
    [
      'image/avif',
      'jpeg',
      () =>
        sharp({ create: plain })
          .avif()
          .withExif({ IFD0: { Make: 'Parley Phone' } })
          .toBuffer(),
    ],
    ['image/gif', 'gif', () => sharp({ create: plain }).gif().toBuffer()],
    ['image/jpeg', 'jpeg', () => SAMPLES.jpeg.make()],
  ])('of type %s', async (contentType, format, make) => {
    const source = await make();
    const clean = await cleanPicture(source, contentType);
    expect((await sharp(clean?.body).metadata()).format).toBe(format);
    expect(clean?.body.includes('Parley Phone')).toBe(false);
    expect(clean?.thumbnail.length).toBeGreaterThan(100);
  });

  it('with what was hidden behind them left out', async () => {
    const polyglot = Buffer.concat([png(16, 16, 1, 2, 3), Buffer.from('<script>alert(1)</script>')]);
    const clean = await cleanPicture(polyglot, 'image/png');
    expect(clean?.body.includes('<script>')).toBe(false);
  });

  it('as films, where they move', async () => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
        sharp({ create: { ...plain, background } })
          .png()
          .toBuffer(),
      ),
    );
    const film = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer();
    const clean = await cleanPicture(film, 'image/gif');
    expect((await sharp(clean?.body, { animated: true }).metadata()).pages).toBe(3);
  });

  it('unless they are bombs: those are told by their heads, before anything is decoded', async () => {
    // One colour, four hundred megapixels: half a megabyte that would become more than a gigabyte.
    const bomb = await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: '#fff' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    const before = process.memoryUsage().rss;
    expect(await cleanPicture(bomb, 'image/png')).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    // A head that promises more than there is.
    const promised = png(16, 16, 1, 2, 3);
    promised.writeUInt32BE(60_000, 16);
    promised.writeUInt32BE(60_000, 20);
    expect(await cleanPicture(promised, 'image/png')).toBeNull();
  }, 30_000);

  it('unless they are broken, or of a kind that cannot be', async () => {
    expect(await cleanPicture(png(64, 64, 1, 2, 3).subarray(0, 120), 'image/png')).toBeNull();
    expect(await cleanPicture(Buffer.from('not one'), 'image/jpeg')).toBeNull();
    expect(canBeDrawn('image/svg+xml')).toBe(false);
    expect(await cleanPicture(Buffer.from('<svg/>'), 'image/svg+xml')).toBeNull();
  });
});
