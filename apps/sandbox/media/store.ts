import type { World } from '../world/world.ts';
import type { Media } from '../world/model.ts';
import { png, SAMPLES, type SampleKind } from './samples.ts';

const COLOURS: [number, number, number][] = [
  [0xb4, 0x53, 0x09],
  [0x15, 0x80, 0x3d],
  [0x1d, 0x4e, 0xd8],
  [0x7e, 0x22, 0xce],
  [0xbe, 0x12, 0x3c],
  [0x0f, 0x76, 0x6e],
];

/** Puts a sample file of this kind on the platform. */
export function sampleMedia(world: World, kind: SampleKind, ownerId: string): Media {
  const sample = SAMPLES[kind];
  return world.addMedia({ ownerId, mimeType: sample.mimeType, bytes: sample.make(), filename: sample.filename });
}

/** The id of someone's profile picture: the same name has the same colour. */
export function pictureOf(world: World, name: string): string {
  const index = [...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % COLOURS.length;
  const id = `picture-${index}`;
  const [red, green, blue] = COLOURS[index] ?? [0, 0, 0];
  if (!world.media.has(id)) {
    world.media.set(id, {
      id,
      ownerId: '',
      mimeType: 'image/png',
      bytes: png(96, 96, red, green, blue),
      createdAt: Date.now(),
    });
  }
  return id;
}
