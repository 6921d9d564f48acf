import { num, str, strs, type Obj } from '../json.ts';
import { tokensIn } from './composing.ts';
import { stems } from './words.ts';

const DIMENSIONS: Record<string, number> = { 'text-embedding-3-large': 3072 };

/** Vectors whose nearness means shared words: enough to search by, and the same on every run. */
export function embeddings(body: Obj): Obj {
  const input = body['input'];
  const texts = typeof input === 'string' ? [input] : strs(input);
  const model = str(body['model']) ?? 'text-embedding-3-small';
  const size = Math.min(Math.max(num(body['dimensions']) ?? DIMENSIONS[model] ?? 1536, 8), 3072);
  const tokens = texts.reduce((sum, text) => sum + tokensIn(text), 0);
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => {
      const vector = vectorOf(text, size);
      const embedding =
        body['encoding_format'] === 'base64'
          ? Buffer.from(Float32Array.from(vector).buffer).toString('base64')
          : vector;
      return { object: 'embedding', index, embedding };
    }),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}

/** A unit vector of hashed word beginnings. */
export function vectorOf(text: string, size: number): number[] {
  const vector = new Array<number>(size).fill(0);
  const words = stems(text);
  for (const word of words.length > 0 ? words : [text]) {
    const hash = hashOf(word);
    const at = hash % size;
    vector[at] = (vector[at] ?? 0) + 1;
    const second = hashOf(`${word}#`) % size;
    vector[second] = (vector[second] ?? 0) + (hash & 1 ? 0.5 : -0.5);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((cell) => cell / length);
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
