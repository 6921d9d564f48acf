import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useLocation, useSearch } from 'wouter';
import { InboxReportDocument, toApiFailure, type ReportGroup, type ReportRowPartsFragment } from '../api/documents.js';
import { withWords } from '../i18n/index.js';
import { useWorkspace } from '../session/workspace.js';
import { part } from '../ui/part.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { calendarDay } from '../ui/time.js';
import { BarChart } from './bar-chart.js';
import { dayAfter, dayOf, dayStart, isDay } from './days.js';
import { DraftRates } from './draft-rates.js';
import { useFigures } from './figures.js';
import { ReportTable } from './report-table.js';

const LeadReport = part(() => withWords(import('../leads/lead-report.js'), 'leads'));
const spans = [7, 30, 90, 365] as const;

/** What happened in the inbox: pictures for a look, tables and files for the figures. The address keeps the days. */
export default function ReportsPage() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const { timezone } = workspace;
  const today = dayOf(new Date(), timezone);
  const [wantedFrom, wantedTo] = [asked.get('from'), asked.get('to')];
  const to = isDay(wantedTo) ? wantedTo : today;
  const from = isDay(wantedFrom) && wantedFrom <= to ? wantedFrom : dayAfter(to, -29);
  const choose = (next: { from: string; to: string }) =>
    isDay(next.from) && isDay(next.to) && navigate(`/reports?from=${next.from}&to=${next.to}`, { replace: true });
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  return (
    <main className="page reports" id="content" tabIndex={-1}>
      <h1>{t('nav.reports')}</h1>
      <div className="report-range" role="group" aria-label={t('reports.range')}>
        {spans.map((span) => (
          <button
            key={span}
            type="button"
            className="toggle"
            aria-pressed={to === today && days === span}
            onClick={() => choose({ from: dayAfter(today, 1 - span), to: today })}
          >
            {t('reports.days', { count: span })}
          </button>
        ))}
        <label>
          {t('reports.from')}{' '}
          <input type="date" value={from} max={to} onChange={(event) => choose({ from: event.target.value, to })} />
        </label>
        <label>
          {t('reports.to')}{' '}
          <input
            type="date"
            value={to}
            min={from}
            max={today}
            onChange={(event) => choose({ from, to: event.target.value })}
          />
        </label>
        <span className="hint">{timezone}</span>
      </div>
      <Report from={from} to={to} />
      <Suspense fallback={<Loading />}>
        <LeadReport
          from={dayStart(from, timezone).toISOString()}
          to={dayStart(dayAfter(to, 1), timezone).toISOString()}
          file={`leads-${from}-${to}.csv`}
        />
      </Suspense>
    </main>
  );
}

function Report({ from, to }: { from: string; to: string }) {
  const { t, i18n } = useTranslation();
  const { workspace, mayAdminister } = useWorkspace();
  const { timezone } = workspace;
  const { columns, shown, span, count } = useFigures();
  const variables = {
    from: dayStart(from, timezone).toISOString(),
    to: dayStart(dayAfter(to, 1), timezone).toISOString(),
    timezone,
  };
  const ask = (groupBy: ReportGroup) => ({
    query: InboxReportDocument,
    variables: { ...variables, groupBy },
    requestPolicy: 'cache-and-network' as const,
  });
  const [byDay, reload] = useQuery(ask('DAY'));
  const [byChannel] = useQuery(ask('CHANNEL'));
  const [byMember] = useQuery(ask('MEMBER'));
  const nameOf = (row: ReportRowPartsFragment) =>
    row.label ??
    (row.key === 'ai' ? t('author.BOT') : row.key === 'nobody' ? t('thread.nobody') : t('message.formerMember'));
  if (byDay.error && !byDay.data) {
    const retry = () => reload({ requestPolicy: 'network-only' });
    return <FailureNote failure={toApiFailure(byDay.error)} onRetry={retry} />;
  }
  if (!byDay.data) return <Loading />;
  const { rows, total } = byDay.data.inboxReport;
  if (total.messagesIn + total.messagesOut + total.started + total.resolved === 0) {
    return (
      <EmptyState
        icon="chart"
        title={t('reports.empty')}
        text={t('reports.emptyHint')}
        action={
          <Link className="button plain medium" href="/inbox/open">
            {t('nav.inbox')}
          </Link>
        }
      />
    );
  }
  const dayName = ({ key }: { key: string }) => calendarDay(key, i18n.language);
  const labels = rows.map(dayName);
  const tables = [
    {
      title: t('reports.perDay'),
      of: t('reports.day'),
      name: 'days',
      rows,
      nameOf: (row: { key: string }) => row.key,
      shownName: dayName,
    },
    {
      title: t('reports.perChannel'),
      of: t('filter.channel'),
      name: 'channels',
      rows: byChannel.data?.inboxReport.rows ?? [],
      nameOf,
    },
    {
      title: t(mayAdminister ? 'reports.perMember' : 'reports.own'),
      of: t('reports.member'),
      name: 'members',
      rows: byMember.data?.inboxReport.rows ?? [],
      nameOf,
    },
  ];
  return (
    <>
      <dl className="report-total">
        {columns.map((column) => (
          <div key={column.key}>
            <dt>{column.words}</dt>
            <dd>{shown(column, total)}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2>{t('reports.volume')}</h2>
        <BarChart
          summary={t('reports.volumeSummary', { received: count(total.messagesIn), sent: count(total.messagesOut) })}
          labels={labels}
          format={count}
          nothing={t('reports.empty')}
          series={[
            { name: t('reports.messagesIn'), tone: 'first', values: rows.map((row) => row.messagesIn) },
            { name: t('reports.messagesOut'), tone: 'second', values: rows.map((row) => row.messagesOut) },
          ]}
        />
      </section>
      <section>
        <h2>{t('reports.speed')}</h2>
        <BarChart
          summary={t('reports.speedSummary', {
            span: total.firstResponseMedianSeconds === null ? '–' : span(total.firstResponseMedianSeconds),
          })}
          labels={labels}
          format={span}
          nothing={t('reports.noAnswer')}
          series={[
            {
              name: t('reports.firstResponseMedianSeconds'),
              tone: 'first',
              values: rows.map((row) => row.firstResponseMedianSeconds),
            },
          ]}
        />
      </section>
      {tables.map((table) => (
        <ReportTable key={table.name} {...table} file={`${table.name}-${from}-${to}.csv`} />
      ))}
      <DraftRates variables={variables} file={`drafts-${from}-${to}.csv`} />
    </>
  );
}
