import { randomBytes, randomUUID } from 'node:crypto';

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** An id in the style of Paddle: what it is, and 26 letters that sort by time. */
export function paddleId(prefix: string): string {
  let time = Date.now();
  let text = '';
  for (let index = 0; index < 10; index += 1) {
    text = (LETTERS[time % 32] ?? '0') + text;
    time = Math.floor(time / 32);
  }
  return `${prefix}_${text}${[...randomBytes(16)].map((byte) => LETTERS[byte % 32]).join('')}`;
}

/** An id in the style of Polar. */
export const polarId = (): string => randomUUID();
