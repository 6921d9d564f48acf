const vocabulary = 5_000;
const consonants = 'bdfgklmnprstvz';
const vowels = 'aeio';

/** Numbers in [0, 1) that are the same for the same seed. */
export function random(seed: number): number {
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}

/** A word of the vocabulary. As in any language a few are used all the time and most now and then (Zipf's law). */
function word(seed: number): string {
  const offset = 10;
  const rank = Math.floor(offset * ((vocabulary + offset) / offset) ** random(seed)) - offset;
  let rest = rank * 7 + 11;
  let made = '';
  for (let syllable = 0; syllable < 3; syllable += 1) {
    made += (consonants[rest % consonants.length] ?? '') + (vowels[Math.floor(rest / 14) % vowels.length] ?? '');
    rest = Math.floor(rest / 11) + rank;
  }
  return `${made}${String.fromCharCode(98 + (rank % 23))}`;
}

/** The words of a passage. */
export function passageText(passage: number, of: number): string {
  return Array.from({ length: 60 }, (_, place) => word(passage * 64 + place + of)).join(' ');
}

/** What a customer asks. */
export function questionText(question: number): string {
  const words = Array.from({ length: 3 + (question % 4) }, (_, place) => word(question * 8 + place + 7_000_001));
  return `Hello, can you tell me about the ${words.join(' and the ')}?`;
}
