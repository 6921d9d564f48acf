import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { DraftRatesDocument, toApiFailure, type DraftRatePartsFragment } from '../api/documents.js';
import { SelectField } from '../ui/field.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { calendarDay, regionOf } from '../ui/time.js';
import { BarChart } from './bar-chart.js';
import { dayOf } from './days.js';
import { shareOf, together, weeksOf } from './draft-weeks.js';
import { FigureTable } from './figure-table.js';
import { useFigures } from './figures.js';

interface Props {
  variables: { from: string; to: string; timezone: string };
  /** What the file is called that holds the figures. */
  file: string;
}

/** The server tells no more rows. */
const most = 500;
const nobodys = 'none';
const outcomes = ['accepted', 'edited', 'discarded'] as const;

/** What members did with the replies that were proposed to them, week by week: sent as they stood, changed, or put away. */
export function DraftRates({ variables, file }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({
    query: DraftRatesDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const rows = (data?.inboxReport.draftRates ?? []).filter(
    ({ accepted, edited, discarded, failed }) => accepted + edited + discarded + failed > 0,
  );
  return (
    <section aria-labelledby="draft-rates">
      <h2 id="draft-rates">{t('draftRates.title')}</h2>
      {error && !data && (
        <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
      )}
      {!data && !error && <Loading />}
      {data && rows.length === 0 && (
        <EmptyState
          icon="bot"
          title={t('draftRates.empty')}
          text={t('draftRates.emptyHint')}
          action={
            <Link className="button plain medium" href="/settings/bots">
              {t('settings.bots')}
            </Link>
          }
        />
      )}
      {data && rows.length > 0 && (
        <Rates rows={rows} bots={data.bots} timezone={variables.timezone} file={file} cut={rows.length >= most} />
      )}
    </section>
  );
}

interface RatesProps {
  rows: readonly DraftRatePartsFragment[];
  bots: readonly { readonly id: string; readonly name: string }[];
  timezone: string;
  file: string;
  cut: boolean;
}

function Rates({ rows, bots, timezone, file, cut }: RatesProps) {
  const { t, i18n } = useTranslation();
  const { count } = useFigures();
  const [chosen, setChosen] = useState('');
  const names = new Map(bots.map(({ id, name }) => [id, name]));
  const keyOf = ({ botId }: DraftRatePartsFragment) => (botId !== null && names.has(botId) ? botId : nobodys);
  const nameOf = (key: string) => names.get(key) ?? t('draftRates.noBot');
  const keys = [...new Set(rows.map(keyOf))];
  // Other days may know nothing of the bot that was chosen.
  const bot = keys.includes(chosen) ? chosen : '';
  const of = bot === '' ? rows : rows.filter((row) => keyOf(row) === bot);
  const percent = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent', maximumFractionDigits: 0 });
  const share = (value: number | null) => (value === null ? '–' : percent.format(value / 100));
  const all = together(of);
  const weeks = weeksOf(of, timezone);
  return (
    <>
      {keys.length > 1 && (
        <SelectField label={t('draftRates.bot')} value={bot} onChange={({ target }) => setChosen(target.value)}>
          <option value="">{t('draftRates.everyBot')}</option>
          {keys.map((key) => (
            <option key={key} value={key}>
              {nameOf(key)}
            </option>
          ))}
        </SelectField>
      )}
      <dl className="report-total">
        {outcomes.map((which) => (
          <div key={which}>
            <dt>{t(`draftRates.${which}`)}</dt>
            <dd>
              {share(shareOf(all, which))} <span className="hint">({count(all[which])})</span>
            </dd>
          </div>
        ))}
      </dl>
      <BarChart
        summary={t('draftRates.summary', {
          accepted: share(shareOf(all, 'accepted')),
          edited: share(shareOf(all, 'edited')),
        })}
        labels={weeks.map(({ monday }) => t('draftRates.weekOf', { day: calendarDay(monday, i18n.language) }))}
        format={share}
        nothing={t('draftRates.undecided')}
        series={(['accepted', 'edited'] as const).map((which, place) => ({
          name: t(`draftRates.${which}`),
          tone: place === 0 ? 'first' : 'second',
          values: weeks.map((week) => shareOf(week, which)),
        }))}
      />
      {cut && <p className="hint">{t('draftRates.cut', { most: count(most) })}</p>}
      <FigureTable
        title={t('draftRates.table')}
        file={file}
        head={[
          t('draftRates.week'),
          t('draftRates.bot'),
          t('draftRates.wording'),
          ...outcomes.map((which) => t(`draftRates.${which}`)),
          t('draftRates.failed'),
          t('draftRates.acceptedShare'),
          t('draftRates.editedShare'),
          t('draftRates.median'),
        ]}
        rows={of.map((row) => {
          const monday = dayOf(new Date(row.week), timezone);
          const number = (value: number) => ({ shown: count(value), value });
          const part = (value: number | null) => ({ shown: share(value), value: value && Math.round(value) });
          const median = row.editedCharactersMedian;
          return {
            key: `${row.week} ${row.botId ?? ''} ${row.promptVersion ?? ''}`,
            name: { shown: calendarDay(monday, i18n.language), value: monday },
            figures: [
              { shown: nameOf(keyOf(row)), value: nameOf(keyOf(row)) },
              { shown: row.promptVersion ?? '–', value: row.promptVersion },
              ...outcomes.map((which) => number(row[which])),
              number(row.failed),
              part(shareOf(row, 'accepted')),
              part(shareOf(row, 'edited')),
              { shown: median === null ? '–' : count(median), value: median },
            ],
          };
        })}
      />
    </>
  );
}
