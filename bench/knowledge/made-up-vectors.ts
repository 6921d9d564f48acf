import { random } from './made-up-text.js';

/** As many as the product asks models for that can shorten their vectors. */
export const dimensions = 512;
const subjects = 300;
/** How far texts about one subject lie apart, against how far subjects do. */
const apart = 1;

/** The vector of a passage: its subject's, and what is its own. */
export function passageVector(passage: number): number[] {
  return vectorAbout(passage % subjects, 90_000_000 + passage * dimensions);
}

/** The vector of a question about one of the subjects. */
export function questionVector(question: number): number[] {
  return vectorAbout((question * 7) % subjects, 50_000_000 + question * dimensions);
}

function vectorAbout(subject: number, own: number): number[] {
  return Array.from({ length: dimensions }, (_, at) => spread(subject * dimensions + at) + apart * spread(own + at));
}

/** Near enough to a bell curve around 0. */
function spread(seed: number): number {
  return random(seed) + random(seed ^ 0x5bd1e995) + random(seed ^ 0x3c6ef372) - 1.5;
}
