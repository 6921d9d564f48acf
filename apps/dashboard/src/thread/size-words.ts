import { regionOf } from '../ui/time.js';

/** How large a file is, in the reader's language. */
export function sizeWords(bytes: number, language: string): string {
  const large = bytes >= 1_000_000;
  const options = { style: 'unit', unit: large ? 'megabyte' : 'kilobyte', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(regionOf(language), options).format(
    large ? bytes / 1_000_000 : Math.max(1, bytes / 1000),
  );
}
