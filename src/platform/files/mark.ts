/** A mark is shown at 40 pixels, on screens that draw two for one. */
const side = 96;
const mostPixels = 4_000_000;

/** A small picture that stands for a business, drawn anew as WebP; null for what is no picture, or a bomb. */
export async function drawMark(source: Buffer): Promise<Buffer | null> {
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(source, { limitInputPixels: mostPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: 5 })
      .webp({ quality: 82 })
      .toBuffer();
  } catch {
    return null;
  }
}
