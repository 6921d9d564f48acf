import { drawMark } from '../../platform/files/index.js';
import { refusal } from '../connect/refusal.js';

const longest = 200_000;
const form = /^data:image\/(?:png|jpeg|webp|gif);base64,([A-Za-z0-9+/]+={0,2})$/;

/**
 * The picture at the top of a chat, drawn anew and small, as a data URL: it goes with the settings, so that a visitor's
 * browser asks nobody else for it. Null for none.
 */
export async function checkLogo(given: string): Promise<string | null> {
  const text = given.trim();
  if (text === '') return null;
  const [, base64] = text.length > longest ? [] : (form.exec(text) ?? []);
  const mark = base64 === undefined ? null : await drawMark(Buffer.from(base64, 'base64'));
  if (mark === null) throw refusal('CHAT_LOGO', { field: 'logo' });
  return `data:image/webp;base64,${mark.toString('base64')}`;
}
