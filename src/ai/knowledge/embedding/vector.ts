/** A vector as it is stored: one signed byte a dimension. */
export type SmallVector = Int8Array;

export const mostDimensions = 4_096;

/** Keeps the direction of a vector, which is all that is compared; null for what has none. */
export function smallVector(numbers: readonly number[]): SmallVector | null {
  const largest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  if (numbers.length === 0 || numbers.length > mostDimensions || !Number.isFinite(largest) || largest === 0)
    return null;
  return Int8Array.from(numbers, (number) => Math.round((number / largest) * 127));
}

/** The vector in the bytes of a column. */
export function vectorIn(bytes: Buffer): SmallVector {
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Of each number whether it is below zero: a bit a dimension, which says nearly as well which vectors are near. */
export function signsOf(vector: SmallVector): string {
  return Array.from(vector, (number) => (number < 0 ? '1' : '0')).join('');
}

/** How much two vectors point the same way, -1..1; 0 where they are not of one model. */
export function cosine(one: SmallVector, other: SmallVector): number {
  if (one.length !== other.length) return 0;
  let dot = 0;
  let ones = 0;
  let others = 0;
  for (let at = 0; at < one.length; at += 1) {
    const a = one[at] ?? 0;
    const b = other[at] ?? 0;
    dot += a * b;
    ones += a * a;
    others += b * b;
  }
  return ones === 0 || others === 0 ? 0 : dot / Math.sqrt(ones * others);
}
