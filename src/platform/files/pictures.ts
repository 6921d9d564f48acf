import type sharpModule from 'sharp';
import type { FormatEnum, Metadata, Sharp, SharpOptions } from 'sharp';

/** A picture as it is kept: drawn anew, so that nothing is left of where and with what it was taken. */
export interface CleanPicture {
  readonly body: Buffer;
  readonly contentType: string;
  readonly thumbnail: Buffer;
}

/** The type of every thumbnail. */
export const thumbnailType = 'image/jpeg';

const mostPixels = 64_000_000;
const mostFrames = 400;
const thumbnailSide = 480;
const seconds = 20;
/** How each is drawn anew: as what it was, or as what every browser shows. */
const drawnAs: Readonly<Record<string, { readonly contentType: string; readonly format: keyof FormatEnum }>> = {
  'image/avif': { contentType: 'image/jpeg', format: 'jpeg' },
  'image/gif': { contentType: 'image/gif', format: 'gif' },
  // Where the decoder can; most of these hold what it has no licence for (heif.ts).
  'image/heic': { contentType: 'image/jpeg', format: 'jpeg' },
  'image/jpeg': { contentType: 'image/jpeg', format: 'jpeg' },
  'image/png': { contentType: 'image/png', format: 'png' },
  'image/tiff': { contentType: 'image/jpeg', format: 'jpeg' },
  'image/webp': { contentType: 'image/webp', format: 'webp' },
};
const moving = new Set(['image/gif', 'image/webp']);

/** Whether a picture of this type can be drawn anew. */
export function canBeDrawn(contentType: string): boolean {
  return Object.hasOwn(drawnAs, contentType);
}

/**
 * Draws a picture anew: turned as its camera said, without position, camera, comments or anything else that hid in the
 * file. Null for one that is broken, or that would take too much to decode: that is told by its head, before it is.
 */
export async function cleanPicture(source: Buffer, contentType: string): Promise<CleanPicture | null> {
  const target = drawnAs[contentType];
  return target === undefined ? null : inTurn(() => draw(source, contentType, target));
}

async function draw(
  source: Buffer,
  contentType: string,
  target: { readonly contentType: string; readonly format: keyof FormatEnum },
): Promise<CleanPicture | null> {
  const sharp = await decoder();
  const options: SharpOptions = { limitInputPixels: mostPixels, failOn: 'error', animated: moving.has(contentType) };
  try {
    if (!isBearable(await sharp(source, options).metadata())) return null;
    const opaque = target.format === 'jpeg';
    const whole = sharp(source, options).autoOrient().timeout({ seconds });
    const body = await encode(opaque ? whole.flatten({ background: '#fff' }) : whole, target.format).toBuffer();
    const thumbnail = await sharp(body, { limitInputPixels: mostPixels, failOn: 'error' })
      .resize({ width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .timeout({ seconds })
      .jpeg({ quality: 78 })
      .toBuffer();
    return { body, contentType: target.contentType, thumbnail };
  } catch {
    return null;
  }
}

function encode(picture: Sharp, format: keyof FormatEnum): Sharp {
  if (format === 'jpeg') return picture.jpeg({ quality: 90 });
  if (format === 'webp') return picture.webp({ quality: 88 });
  return picture.toFormat(format);
}

function isBearable({ width, height, pages = 1, pageHeight }: Metadata): boolean {
  const tall = pageHeight ?? height;
  return width > 0 && tall > 0 && pages <= mostFrames && width * tall * pages <= mostPixels;
}

let loading: Promise<{ readonly default: typeof sharpModule }> | null = null;

/** Loaded with the first picture: a start needs it not. It keeps nothing between two pictures. */
async function decoder(): Promise<typeof sharpModule> {
  loading ??= import('sharp');
  const { default: sharp } = await loading;
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

const atOnce = 2;
let busy = 0;
const waiting: (() => void)[] = [];

/** Two at a time: each may take the memory of the largest picture there is. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else busy += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next();
  }
}
