import type { PrivacyFigurePartsFragment } from '../../api/documents.js';
import { countWords, regionOf } from '../../ui/time.js';

type FigureName = 'open' | 'overdue' | 'settled' | 'medianDays' | 'withinFive' | 'withinThirty';

/** The figures of a desk by their names, as they are written; a dash where nothing was settled yet. */
export function figureWords(
  figures: PrivacyFigurePartsFragment,
  language: string,
): readonly (readonly [FigureName, string])[] {
  const { open, overdue, settled, medianDays, withinFiveBusinessDays, withinThirtyDays } = figures;
  const region = regionOf(language);
  const share = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 0 });
  const written = (value: number | null, format: Intl.NumberFormat) => (value === null ? '–' : format.format(value));
  return [
    ['open', countWords(open, language)],
    ['overdue', countWords(overdue, language)],
    ['settled', countWords(settled, language)],
    ['medianDays', medianDays === null ? '–' : spanOf(medianDays, region)],
    ['withinFive', written(withinFiveBusinessDays, share)],
    ['withinThirty', written(withinThirtyDays, share)],
  ];
}

/** Hours where it is less than two days: half a day is not none. */
function spanOf(days: number, region: string): string {
  const [unit, value] = days < 2 ? (['hour', Math.max(1, Math.ceil(days * 24))] as const) : (['day', days] as const);
  return new Intl.NumberFormat(region, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 }).format(
    value,
  );
}
