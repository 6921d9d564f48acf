import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AuditLogDocument, toApiFailure, type AuditLogQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';

type Entry = AuditLogQuery['auditLog']['nodes'][number];

const pageSize = 50;

/** Who did what, the newest first. It can be added to and not rewritten. */
export function AuditPage() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [action, setAction] = useState('');
  const [after, setAfter] = useState<readonly (string | null)[]>([null]);
  return (
    <>
      <h1>{t('settings.audit')}</h1>
      <p className="lead">{t('audit.lead')}</p>
      <form
        ref={form}
        className="narrow-form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget).get('action');
          setAction(typeof given === 'string' ? given.trim() : '');
          setAfter([null]);
        }}
      >
        <div className="filter-row">
          <TextField label={t('audit.filter')} hint={t('audit.filterHint')} name="action" type="search" />
          <Button type="submit">{t('audit.show')}</Button>
        </div>
      </form>
      <p>
        <a href={`/exports/audit.jsonl?workspace=${workspace.id}`} download>
          {t('audit.download')}
        </a>
      </p>
      {after.map((cursor, index) => (
        <AuditPart
          key={`${action} ${cursor ?? ''}`}
          action={action}
          after={cursor}
          last={index === after.length - 1}
          onMore={(end) => setAfter([...after, end])}
          onAll={() => {
            form.current?.reset();
            setAction('');
          }}
        />
      ))}
    </>
  );
}

interface PartProps {
  action: string;
  after: string | null;
  last: boolean;
  onMore: (end: string) => void;
  onAll: () => void;
}

function AuditPart({ action, after, last, onMore, onAll }: PartProps) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: AuditLogDocument,
    variables: { first: pageSize, after, action: action || null },
    requestPolicy: 'network-only',
  });
  if (error)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return fetching ? <Loading /> : null;
  const { nodes, pageInfo } = data.auditLog;
  if (nodes.length === 0 && after === null)
    return (
      <EmptyState
        icon="book"
        title={t('audit.empty')}
        text={t('audit.emptyHint')}
        action={
          action ? (
            <Button onClick={onAll}>{t('audit.showAll')}</Button>
          ) : (
            <Button onClick={() => reload({ requestPolicy: 'network-only' })}>{t('action.tryAgain')}</Button>
          )
        }
      />
    );
  const end = pageInfo.endCursor;
  return (
    <>
      <div className="table-frame" tabIndex={0} role="region" aria-label={t('settings.audit')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('ai.when')}</th>
              <th scope="col">{t('audit.who')}</th>
              <th scope="col">{t('audit.what')}</th>
              <th scope="col">{t('audit.from')}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      </div>
      {last && pageInfo.hasNextPage && end && <Button onClick={() => onMore(end)}>{t('action.more')}</Button>}
    </>
  );
}

function Row({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const detail = entry.detail as Record<string, unknown> | null;
  // An entry names ids; people read names where there still are some.
  const nameOf = (text: string) => {
    const member = workspace.members.find(({ id, user }) => text.includes(id) || text.includes(user.id));
    return member?.user.name ?? (text === 'system' ? t('author.SYSTEM') : text);
  };
  return (
    <tr>
      <td>{fullTime(entry.at, i18n.language)}</td>
      <td>
        <bdi>{nameOf(entry.actor)}</bdi>
      </td>
      <td>
        <code>{entry.action}</code> {entry.target && <bdi className="traced">{nameOf(entry.target)}</bdi>}
        {detail && Object.keys(detail).length > 0 && (
          <details>
            <summary>{t('audit.details')}</summary>
            <code className="audit-detail">{JSON.stringify(detail, null, 1)}</code>
          </details>
        )}
      </td>
      <td>
        <bdi>{entry.ip ?? ''}</bdi>
      </td>
    </tr>
  );
}
