/** How many different words there are: more than a reader knows, because customers misspell and name things. */
const vocabulary = 40_000;
const syllables = [
  'ka',
  'ri',
  'to',
  'me',
  'lu',
  'san',
  'der',
  'vo',
  'pi',
  'en',
  'shi',
  'gra',
  'bo',
  'ty',
  'ul',
  'neck',
];
/** One message in so many names an order or a parcel, whose number nobody else writes. */
const numbered = 8;

/** Numbers in [0, 1), the same in each run. */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * What customers write: some 60 bytes on average, most of it short, in words as frequent as those of a language are (the
 * frequency falls with the rank, Zipf's law with Mandelbrot's correction). The size of a search index depends on it: words
 * that are all different, or all the same, would tell nothing.
 */
export class ChatText {
  private readonly upTo: Float64Array;

  constructor(private readonly random: () => number) {
    this.upTo = new Float64Array(vocabulary);
    let sum = 0;
    for (let rank = 0; rank < vocabulary; rank += 1) this.upTo[rank] = sum += 1 / (rank + 2.7) ** 1.05;
    for (let rank = 0; rank < vocabulary; rank += 1) this.upTo[rank] = (this.upTo[rank] as number) / sum;
  }

  next(): string {
    const count = 1 + Math.min(40, Math.floor(-Math.log(1 - this.random()) * 8.7));
    const said = Array.from({ length: count }, () => this.word());
    if (this.random() < 1 / numbered) said.push(`#${String(100_000 + Math.floor(this.random() * 9e8))}`);
    return said.join(' ');
  }

  private word(): string {
    const wanted = this.random();
    let low = 0;
    let high = vocabulary - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.upTo[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return spelled(low);
  }
}

/** The word of a rank: what is said often is short. */
function spelled(rank: number): string {
  let word = syllables[rank % 16] as string;
  for (let rest = Math.floor(rank / 16); rest > 0; rest = Math.floor(rest / 16)) word += syllables[rest % 16] as string;
  return word;
}
