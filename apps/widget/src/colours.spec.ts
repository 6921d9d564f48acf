import { paletteOf, readingsOf } from '../../../libs/chat-colours/index.js';
import { inkOn } from './loader/appearance.js';

type Rgb = readonly number[];

const grounds = { light: [244, 245, 248], dark: [38, 42, 51] } as const;
/** From every corner of what a site may choose. */
const colors = Array.from({ length: 6 * 6 * 6 }, (_, index) =>
  [index % 6, Math.floor(index / 6) % 6, Math.floor(index / 36)].map((part) => part * 51),
).map((rgb) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`);

const rgbOf = (css = ''): Rgb =>
  css.startsWith('#')
    ? (css.length === 4 ? [...css.slice(1)].map((one) => one + one) : (css.slice(1).match(/../g) ?? [])).map((one) =>
        parseInt(one, 16),
      )
    : (css.match(/\d+/g) ?? []).map(Number);

/** By the formula of WCAG 2.2, written down once more. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [one, other]
    .map((rgb) => {
      const [r = 0, g = 0, b = 0] = rgb.map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe("a site's colour", () => {
  it('can be written on, and written with, whatever it is', () => {
    expect(colors).toHaveLength(216);
    for (const color of colors) {
      const palette = paletteOf(color);
      expect([color, contrast(rgbOf(palette['--on-accent']), rgbOf(color)) >= 4.5]).toEqual([color, true]);
      for (const ground of ['light', 'dark'] as const) {
        const ink = contrast(rgbOf(palette[`--accent-ink-${ground}`]), grounds[ground]);
        // Rounded to whole parts at the end.
        expect([color, ground, ink >= 4.45]).toEqual([color, ground, true]);
      }
    }
  });

  it('stays as it is where it can be read', () => {
    expect(paletteOf('#0f766e')).toMatchObject({
      '--accent': '#0f766e',
      '--accent-ink-light': 'rgb(15 118 110)',
      '--on-accent': 'rgb(255 255 255)',
    });
  });

  it('is told to whoever chooses it as it is shown', () => {
    for (const color of colors) {
      const readings = readingsOf(color);
      const palette = paletteOf(color);
      expect([color, readings.button.ink, readings.light.ink, readings.dark.ink]).toEqual([
        color,
        palette['--on-accent'],
        palette['--accent-ink-light'],
        palette['--accent-ink-dark'],
      ]);
      for (const ground of ['light', 'dark'] as const) {
        const { plain, shown } = readings[ground];
        expect(plain).toBeCloseTo(contrast(rgbOf(color), grounds[ground]), 1);
        expect([color, ground, shown >= 4.5]).toEqual([color, ground, true]);
      }
      expect(readings.button.shown).toBeGreaterThanOrEqual(4.5);
    }
    expect(readingsOf('#ffee00').button).toMatchObject({ ink: 'rgb(0 0 0)' });
  });

  it('has a drawing on the button that can be seen', () => {
    for (const color of colors)
      expect([color, contrast(rgbOf(inkOn(color)), rgbOf(color)) >= 4]).toEqual([color, true]);
  });
});
