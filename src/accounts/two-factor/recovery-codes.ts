import { randomInt } from 'node:crypto';

// Without the letters that are taken for digits.
const signs = '0123456789abcdefghjkmnpqrstvwxyz';
const length = 16;

/** How many a person is given. */
export const recoveryCodeCount = 10;

/** A new code, 80 random bits, as it is shown: `k3m9-x1…`. */
export function newRecoveryCode(): string {
  const code = Array.from({ length }, () => signs[randomInt(signs.length)]).join('');
  return code.replace(/(.{4})(?!$)/g, '$1-');
}

/** What a person typed, as it was given out; null where it can be none. */
export function readRecoveryCode(text: string): string | null {
  const code = text.slice(0, 100).toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return code.length === length && [...code].every((sign) => signs.includes(sign)) ? code : null;
}
