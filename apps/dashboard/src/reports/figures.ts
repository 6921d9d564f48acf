import { useTranslation } from 'react-i18next';
import type { ReportRowPartsFragment } from '../api/documents.js';
import { regionOf } from '../ui/time.js';

interface Column {
  key: string;
  words: string;
  kind: 'count' | 'seconds' | 'share';
  value: (row: ReportRowPartsFragment) => number | null;
}

/** Answers that the AI sent by itself, of all. Null where nothing was answered. */
export function aiShare({ messagesOut, messagesByAi }: ReportRowPartsFragment): number | null {
  return messagesOut > 0 ? Math.round((1000 * messagesByAi) / messagesOut) / 10 : null;
}

/** Every figure of a report: what it is called, what it is, and how it is shown. */
export function useFigures() {
  const { t, i18n } = useTranslation();
  const region = regionOf(i18n.language);
  const number = new Intl.NumberFormat(region, { maximumFractionDigits: 1 });
  const share = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 1 });
  const columns: Column[] = [
    ...(['started', 'reopened', 'answered', 'resolved', 'messagesIn', 'messagesOut', 'waitingNow'] as const).map(
      (key): Column => ({ key, words: t(`reports.${key}`), kind: 'count', value: (row) => row[key] }),
    ),
    ...(['firstResponseMedianSeconds', 'firstResponseP90Seconds', 'resolutionMedianSeconds'] as const).map(
      (key): Column => ({ key, words: t(`reports.${key}`), kind: 'seconds', value: (row) => row[key] }),
    ),
    { key: 'aiShare', words: t('reports.aiShare'), kind: 'share', value: aiShare },
  ];
  const span = (seconds: number) => {
    const [value, unit] =
      seconds < 90
        ? ([seconds, 'second'] as const)
        : seconds < 5_400
          ? ([seconds / 60, 'minute'] as const)
          : seconds < 172_800
            ? ([seconds / 3_600, 'hour'] as const)
            : ([seconds / 86_400, 'day'] as const);
    const rounded = value < 10 && unit !== 'second' ? Math.round(value * 10) / 10 : Math.round(value);
    return new Intl.NumberFormat(region, { style: 'unit', unit, unitDisplay: 'short' }).format(rounded);
  };
  const written = (kind: Column['kind'], value: number | null) =>
    value === null
      ? '–'
      : kind === 'seconds'
        ? span(value)
        : kind === 'share'
          ? share.format(value / 100)
          : number.format(value);
  return {
    columns,
    span,
    count: (value: number) => number.format(value),
    shown: (column: Column, row: ReportRowPartsFragment) => written(column.kind, column.value(row)),
  };
}
