import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  LeadAnalysisDocument,
  LeadReportDocument,
  SetLeadAnalysisDocument,
  toApiFailure,
  type LeadDimension,
  type LeadReportQuery,
} from '../api/documents.js';
import { BarChart } from '../reports/bar-chart.js';
import { FigureTable } from '../reports/figure-table.js';
import { useFigures } from '../reports/figures.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { CheckField, SelectField } from '../ui/field.js';
import { FailureNote, Loading } from '../ui/states.js';
import { calendarDay, regionOf } from '../ui/time.js';
import { leadSources, leadStatuses } from './lead-filters.js';

type Row = LeadReportQuery['leadReport'][number];

const dimensions = [
  'SOURCE',
  'FORM',
  'CAMPAIGN',
  'AD',
  'OWNER',
  'STATUS',
  'WEEK',
  'TOPIC',
] as const satisfies readonly LeadDimension[];

interface Props {
  from: string;
  to: string;
  /** What the file is called. */
  file: string;
}

/** What came of leads in these days, by one thing at a time: a picture for a look, a table and a file for the figures. */
export default function LeadReport({ from, to, file }: Props) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [by, setBy] = useState<LeadDimension>('SOURCE');
  const [{ data, error, fetching, operation }, reload] = useQuery({
    query: LeadReportDocument,
    variables: { by, from, to },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  const rows = data?.leadReport;
  // Until those that were asked for are here the last ones stand there, and under their own name.
  const shown = operation?.variables.by ?? by;
  return (
    <section aria-labelledby="lead-report">
      <h2 id="lead-report">{t('nav.leads')}</h2>
      <SelectField
        label={t('leadReport.by')}
        value={by}
        onChange={(event) => setBy(event.target.value as LeadDimension)}
      >
        {dimensions.map((dimension) => (
          <option key={dimension} value={dimension}>
            {t(`leadReport.${dimension}`)}
          </option>
        ))}
      </SelectField>
      {by === 'TOPIC' && mayAdminister && <Analysis onChanged={again} />}
      {error && !rows && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!rows && fetching && <Loading />}
      {rows && <Figures by={shown} rows={rows} file={file} />}
    </section>
  );
}

function Figures({ by, rows, file }: { by: LeadDimension; rows: readonly Row[]; file: string }) {
  const { t, i18n } = useTranslation();
  const { count, span } = useFigures();
  if (rows.length === 0) return <p className="hint">{t('leadReport.empty')}</p>;
  const names = rows.map((row) => nameOf(by, row, i18n.language, t));
  const sum = (what: 'leads' | 'won') => rows.reduce((total, row) => total + row[what], 0);
  const share = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent', maximumFractionDigits: 1 });
  return (
    <>
      <BarChart
        summary={t('leadReport.summary', { leads: count(sum('leads')), won: count(sum('won')) })}
        labels={names}
        format={count}
        nothing={t('leadReport.empty')}
        series={[
          { name: t('nav.leads'), tone: 'first', values: rows.map(({ leads }) => leads) },
          { name: t('leadStatus.WON'), tone: 'second', values: rows.map(({ won }) => won) },
        ]}
      />
      <FigureTable
        title={t('leadReport.table')}
        head={[
          t(`leadReport.${by}`),
          t('nav.leads'),
          t('leadStatus.WON'),
          t('leadReport.share'),
          t('leadReport.firstReply'),
        ]}
        file={file}
        rows={rows.map((row, place) => {
          const won = row.leads > 0 ? row.won / row.leads : 0;
          const seconds = row.medianFirstReplySeconds ?? null;
          return {
            key: row.key,
            name: { shown: names[place] ?? row.key, value: row.label ?? row.key },
            figures: [
              { shown: count(row.leads), value: row.leads },
              { shown: count(row.won), value: row.won },
              { shown: share.format(won), value: Math.round(won * 1_000) / 10 },
              { shown: seconds === null ? '–' : span(seconds), value: seconds },
            ],
          };
        })}
      />
    </>
  );
}

/** What a row is called: by our own words where it is one of ours, else by what it is called outside. */
function nameOf(by: LeadDimension, { key, label }: Row, language: string, t: TFunction): string {
  if (by === 'WEEK') return calendarDay(key, language);
  if (leadSources.some((source) => source === key)) return t(`leadSource.${key}`);
  if (leadStatuses.some((status) => status === key)) return t(`leadStatus.${key}`);
  if (label) return label;
  return key === 'nobody' ? t('thread.nobody') : key === 'none' ? t('leadReport.none') : key;
}

/** Whether stored conversations may be used for this: theirs to say who run the workspace. */
function Analysis({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({ query: LeadAnalysisDocument, requestPolicy: 'cache-and-network' });
  /** What was said here; null while nothing was. */
  const [said, setSaid] = useState<boolean | null>(null);
  const [, set] = useMutation(SetLeadAnalysisDocument);
  const { ask, busy, failure } = useAsk();
  // Not drawn before it is known: a box that fills by itself a moment later would tell the wrong thing until then.
  if (!data) return error ? <FailureNote failure={toApiFailure(error)} onRetry={reload} /> : <Loading />;
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <CheckField
        label={t('leadReport.analysis')}
        checked={said ?? data.leadAnalysis}
        disabled={busy}
        onChange={({ target: { checked } }) => {
          setSaid(checked);
          void ask(() => set({ enabled: checked })).then((result) => (result ? onChanged() : setSaid(null)));
        }}
      />
    </>
  );
}
