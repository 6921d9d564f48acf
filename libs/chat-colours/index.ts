/** What becomes of the colour that a business gives its chat: shared by the chat and by the page where it is chosen. */
type Rgb = readonly [red: number, green: number, blue: number];

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];
/** Of the grounds in the style sheet those on which the site's colour, as ink, has the least contrast. */
const grounds = { light: [244, 245, 248], dark: [38, 42, 51] } as const satisfies Record<string, Rgb>;
const readable = 4.5;

const parse = (color: string): Rgb => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) as unknown as Rgb;
const css = (color: Rgb): string => `rgb(${color.map(Math.round).join(' ')})`;

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) =>
    part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of WCAG, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [less = 0, more = 0] = [luminance(one), luminance(other)].sort((low, high) => low - high);
  return (more + 0.05) / (less + 0.05);
}

/** The colour itself where it can be read on the ground, else the nearest that can, towards black or white. */
function asInk(color: Rgb, ground: Rgb): Rgb {
  const end = luminance(ground) > 0.5 ? black : white;
  for (let part = 0; part < 1; part += 0.05) {
    const mixed = color.map((value, index) => value + ((end[index] ?? 0) - value) * part) as unknown as Rgb;
    if (contrast(mixed, ground) >= readable) return mixed;
  }
  return end;
}

/** How a colour can be read: as it is meant, and as it is shown. */
export interface Reading {
  /** As css writes it. */
  readonly ink: string;
  /** The contrast of the colour as it is, 1 to 21. */
  readonly plain: number;
  /** And of what is shown. */
  readonly shown: number;
}

/** How a colour, #rrggbb, is read in each of its places: written on, and written with on light and on dark. */
export function readingsOf(color: string): Readonly<Record<'button' | 'light' | 'dark', Reading>> {
  const accent = parse(color);
  const written = (ground: Rgb): Reading => {
    const ink = asInk(accent, ground);
    return { ink: css(ink), plain: contrast(accent, ground), shown: contrast(ink, ground) };
  };
  const ink = inkOn(accent);
  const button = { ink: css(ink), plain: contrast(white, accent), shown: contrast(ink, accent) };
  return { button, light: written(grounds.light), dark: written(grounds.dark) };
}

/** White, or black where that has more contrast. */
function inkOn(accent: Rgb): Rgb {
  return contrast(accent, white) >= contrast(accent, black) ? white : black;
}

/** What the style sheet is told of a site's colour, #rrggbb, so that whatever it is can be read. */
export function paletteOf(color: string): Readonly<Record<string, string>> {
  const accent = parse(color);
  return {
    '--accent': color,
    '--on-accent': css(inkOn(accent)),
    '--accent-ink-light': css(asInk(accent, grounds.light)),
    '--accent-ink-dark': css(asInk(accent, grounds.dark)),
  };
}
