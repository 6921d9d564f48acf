import { commonWords, runs } from './common-words.js';

/** Why a password would be among the first that somebody tries; `known`: it is on a list of stolen ones. */
export type Weakness = 'repeats' | 'runs' | 'digits' | 'common' | 'personal' | 'known';

const directions = [...runs, ...runs.map((run) => [...run].reverse().join(''))];
const shortestRun = 3;
const longestBlock = 4;
const digitsThatAreFew = 16;
/** Signs that stand for letters. */
const standIns: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  ı: 'i',
  ş: 's',
  ğ: 'g',
  ü: 'u',
  ö: 'o',
  ç: 'c',
};

/**
 * What makes a password guessable; null where nothing here does. `about` is what is known of the person: their address and
 * names. A long password is looked at whole: it is only refused for being made of nothing else than what is listed here.
 */
export function guessable(password: string, about: readonly string[] = []): Weakness | null {
  const low = password.toLowerCase();
  if (repeats(low)) return 'repeats';
  if (/^[\d\s.\-/+]*$/.test(low) && [...low].length < digitsThatAreFew) return 'digits';
  if (isMadeOf(low, (rest) => runAt(rest))) return 'runs';
  const personal = new Set(about.flatMap(wordsOf).filter((word) => word.length >= 3));
  // A digit at the end is a digit, in the middle a letter, at the front either.
  const forms = [core(low), spelled(core(low)), core(spelled(low))];
  for (const form of forms) {
    if (form !== '' && isMadeOf(form, (rest) => wordAt(rest, personal))) return 'personal';
    if (form !== '' && isMadeOf(form, (rest) => wordAt(rest, personal, commonWords))) return 'common';
  }
  return null;
}

function spelled(text: string): string {
  return [...text].map((sign) => standIns[sign] ?? sign).join('');
}

/** Without what people put around a word: digits and signs before and after it. */
function core(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '').replace(/[\s._-]+/g, '');
}

function repeats(text: string): boolean {
  const signs = [...text];
  for (let size = 1; size <= longestBlock; size += 1) {
    if (signs.length >= 2 * size && signs.every((sign, at) => sign === signs[at % size])) return true;
  }
  return false;
}

/** Whether nothing but pieces is left when each is taken away from the front; the longest first. */
function isMadeOf(text: string, pieceAt: (rest: string) => number): boolean {
  let rest = text;
  while (rest !== '') {
    const length = pieceAt(rest);
    if (length === 0) return false;
    rest = rest.slice(length);
  }
  return true;
}

function runAt(rest: string): number {
  for (let length = Math.min(rest.length, 28); length >= shortestRun; length -= 1) {
    const piece = rest.slice(0, length);
    if (directions.some((run) => run.includes(piece))) return length;
  }
  return 0;
}

function wordAt(rest: string, ...lists: readonly ReadonlySet<string>[]): number {
  for (let length = Math.min(rest.length, 40); length >= 2; length -= 1) {
    const piece = rest.slice(0, length);
    if (lists.some((list) => list.has(piece))) return length;
  }
  return 0;
}

function wordsOf(text: string): string[] {
  const low = text.toLowerCase();
  return [low, ...low.split(/[^\p{L}\p{N}]+/u)].map(core);
}
