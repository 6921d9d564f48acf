/** How large a picture of a logo may be that is chosen: what is sent of it is far smaller. */
export const mostLogoBytes = 5_000_000;
export const logoTypes = 'image/png,image/jpeg,image/webp,image/gif';

const side = 96;
/** The server takes no more; what a browser draws of 96 by 96 is a tenth of it. */
const longest = 200_000;

/** The picture, drawn small enough for a chat, as a data URL; null where it is none that can be shown. */
export async function drawLogo(file: File): Promise<string | null> {
  if (file.size > mostLogoBytes || !logoTypes.split(',').includes(file.type)) return null;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return null;
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const drawn = canvas.toDataURL('image/webp', 0.92);
  return drawn.length <= longest ? drawn : null;
}
