import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DeleteKnowledgeDocument,
  RefreshKnowledgeDocument,
  toApiFailure,
  type KnowledgePartsFragment,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button, IconButton } from '../ui/button.js';
import { OutsideLink } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';
import { fullDate, fullTime } from '../ui/time.js';
import { useTroubleWords } from './trouble-words.js';

/** One source: what it is, whether it can be answered from, what of it could not be read and what is to be done about that. */
export function SourceCard({ source }: { source: KnowledgePartsFragment }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [, remove] = useMutation(DeleteKnowledgeDocument);
  const troubleWords = useTroubleWords();
  const { staleSince, changes, readAt } = source;
  // What is wrong with its own address is said above already.
  const failing = source.failing.filter(({ url }) => url !== source.url);
  return (
    <>
      <div className="card-head">
        <strong dir="auto">{source.title}</strong>
        <span className="chip">{t(`knowledgeKind.${source.kind}`)}</span>
        <span className={`chip status-${source.status.toLowerCase()}`}>{t(`knowledgeStatus.${source.status}`)}</span>
        {source.internal && <span className="chip warn">{t('knowledge.internal')}</span>}
        {staleSince && (
          <span className="chip warn">{t('knowledge.stale', { day: fullDate(staleSince, i18n.language) })}</span>
        )}
        {mayWrite && (
          <IconButton
            className="push-end"
            icon="close"
            label={t('knowledge.delete', { title: source.title })}
            onClick={() =>
              void remove({ id: source.id }).then(
                (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
              )
            }
          />
        )}
      </div>
      {source.url && (
        <p>
          <OutsideLink href={source.url}>{source.url}</OutsideLink>
        </p>
      )}
      <p className="hint">
        {t('knowledge.passages', { count: source.passages })}
        {source.pages > 1 && <> · {t('knowledge.pages', { count: source.pages })}</>} ·{' '}
        {readAt
          ? t('knowledge.read', { time: fullTime(readAt, i18n.language) })
          : fullTime(source.updatedAt, i18n.language)}
      </p>
      {/* The first reading changes nothing that anybody knew. */}
      {changes?.at && changes.removed + changes.kept > 0 && (
        <p className="hint">
          {t('knowledge.changed', {
            time: fullTime(changes.at, i18n.language),
            added: changes.added,
            removed: changes.removed,
            kept: changes.kept,
          })}
        </p>
      )}
      {source.error && (
        <p className="field-error">
          {troubleWords(source)} {staleSince && t('knowledge.staleHint')}
        </p>
      )}
      {failing.length > 0 && (
        <details>
          <summary>{t('knowledge.failing', { count: failing.length })}</summary>
          <ul className="plain-list">
            {failing.map((page) => (
              <li key={page.url}>
                <OutsideLink href={page.url}>{page.url}</OutsideLink> <span className="hint">{troubleWords(page)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {mayWrite && <Refresh source={source} />}
    </>
  );
}

/** Reads it again: a page whenever somebody wants, a file only where it could not be read. */
function Refresh({ source: { id, kind, status } }: { source: KnowledgePartsFragment }) {
  const { t } = useTranslation();
  const [, refresh] = useMutation(RefreshKnowledgeDocument);
  const { ask, busy, failure } = useAsk();
  const can = status !== 'PENDING' && (kind === 'URL' || (kind === 'FILE' && status === 'FAILED'));
  if (!can && !failure) return null;
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button
          size="small"
          busy={busy}
          onClick={() => void ask(() => refresh({ id })).then((result) => result && notify(t('knowledge.reading')))}
        >
          {t('knowledge.refresh')}
        </Button>
      </div>
    </>
  );
}
