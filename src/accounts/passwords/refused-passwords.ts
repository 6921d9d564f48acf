import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import type { Config } from '../../platform/config/index.js';
import { badInput } from '../../platform/errors/index.js';
import { type Weakness, guessable } from './guessable.js';

const mostBytes = 50_000_000;
/** The fifty thousand most used of the passwords that were ever stolen and published, in small letters. */
const published: ReadonlySet<string> = new Set(dictionary['passwords-common'] as readonly string[]);

const words: Readonly<Record<Weakness, { readonly reason: string; readonly sentence: string }>> = {
  repeats: {
    reason: 'PASSWORD_REPEATS',
    sentence:
      'This repeats itself and is guessed at once. A few words that do not belong together are easy to remember.',
  },
  runs: {
    reason: 'PASSWORD_RUNS',
    sentence:
      'This follows the keys and is guessed at once. A few words that do not belong together are easy to remember.',
  },
  digits: {
    reason: 'PASSWORD_DIGITS',
    sentence: 'Digits alone are guessed quickly. A few words that do not belong together are easy to remember.',
  },
  common: {
    reason: 'PASSWORD_COMMON',
    sentence: 'Many people use this, so it is among the first to be tried. Add words that do not belong together.',
  },
  personal: {
    reason: 'PASSWORD_PERSONAL',
    sentence: 'This is made of your name or address, which others know. Choose something else.',
  },
  known: {
    reason: 'PASSWORD_KNOWN',
    sentence:
      'This password was stolen from somebody before and is known to whoever tries passwords. Choose something else.',
  },
};

/**
 * Passwords that are no good because others would try them: what everyone picks, and what was stolen and published. An operator
 * may add a longer list as `refused-passwords.txt` in DATA_DIR, one on each line. Nobody is asked over the network.
 */
export class RefusedPasswords {
  private constructor(private readonly listed: ReadonlySet<string>) {}

  static of({ dataDir }: Config): RefusedPasswords {
    const file = path.join(dataDir, 'refused-passwords.txt');
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size === 0) return new RefusedPasswords(new Set());
    if (size > mostBytes) throw new Error(`${file} is larger than ${String(mostBytes / 1e6)} MB: shorten it.`);
    return new RefusedPasswords(new Set(readFileSync(file, 'utf8').split(/\r?\n/)));
  }

  /** Refuses one that others would try. `about` is what is known of the person. */
  check(password: string, field: string, about: readonly string[]): void {
    const known = this.listed.has(password) || published.has(password.toLowerCase());
    const weakness = known ? 'known' : guessable(password, about);
    if (weakness === null) return;
    const { reason, sentence } = words[weakness];
    throw badInput(field, sentence, reason);
  }
}
