import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DeleteLeadNoteDocument, toApiFailure, type LeadActivityPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon, type IconName } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { fullTime } from '../ui/time.js';

type Activity = LeadActivityPartsFragment;

const icons: Partial<Record<Activity['kind'], IconName>> = {
  CAPTURED: 'target',
  AGAIN: 'target',
  STATUS: 'check',
  OWNER: 'user',
  TAGS: 'tag',
  FIELDS: 'edit',
  NOTE: 'note',
  REPLY: 'reply',
  REMINDER: 'clock',
  REMINDED: 'bell',
  REMINDER_CLEARED: 'clock',
  MERGED: 'people',
  UNMERGED: 'people',
};

/** One thing that happened with a lead, who did it and when. */
export function LeadActivityItem({ activity }: { activity: Activity }) {
  const { t, i18n } = useTranslation();
  const { kind, at, by, text } = activity;
  const said = kind === 'TAGS' ? null : text;
  return (
    <li>
      <Icon name={icons[kind] ?? 'more'} size={16} />
      <div className={kind === 'NOTE' ? 'contact-note' : undefined}>
        {kind !== 'NOTE' && <p dir="auto">{activityWords(activity, i18n.language, t)}</p>}
        {said && <CustomerText text={said} />}
        <p className="hint">
          {by && (
            <>
              <bdi>{by.user.name}</bdi> ·{' '}
            </>
          )}
          <time dateTime={at}>{fullTime(at, i18n.language)}</time>
        </p>
      </div>
      {kind === 'NOTE' && <DeleteNote id={activity.id} authorId={by?.id ?? null} />}
    </li>
  );
}

/** What happened, as a sentence. */
function activityWords(
  { kind, source, status, by, about, way, remindAt, text }: Activity,
  language: string,
  t: TFunction,
) {
  const name = about?.user.name ?? t('message.formerMember');
  switch (kind) {
    case 'CAPTURED':
    case 'AGAIN':
      return t(`leadActivity.${kind}`, { source: source ? t(`leadSource.${source}`) : '–' });
    case 'STATUS':
      return t('leadActivity.STATUS', { status: status ? t(`leadStatus.${status}`) : '–' });
    case 'OWNER':
      return about ? t('leadActivity.OWNER', { name }) : t('leadActivity.NOBODY');
    case 'TAGS':
      return text ? t('leadActivity.TAGS', { tags: text }) : t('leadActivity.NO_TAGS');
    case 'REPLY':
      return t(way === 'NONE' ? 'leadActivity.LEFT' : by ? 'leadActivity.REPLY' : 'leadActivity.BY_AI');
    case 'REMINDER':
      return t('leadActivity.REMINDER', { name, time: remindAt ? fullTime(remindAt, language) : '–' });
    default:
      return t(`leadActivity.${kind}`, { name, defaultValue: t('leadActivity.FIELDS') });
  }
}

/** Takes away a note of one's own; who runs the workspace takes away any. There is no way back, so it asks once. */
function DeleteNote({ id, authorId }: { id: string; authorId: string | null }) {
  const { t } = useTranslation();
  const { me, mayWrite, mayAdminister } = useWorkspace();
  const [asked, setAsked] = useState(false);
  const [{ fetching }, remove] = useMutation(DeleteLeadNoteDocument);
  if (!(mayAdminister || (mayWrite && authorId !== null && authorId === me?.id))) return null;
  if (!asked) return <IconButton icon="bin" label={t('leads.deleteNote')} onClick={() => setAsked(true)} />;
  return (
    <div className="button-row">
      {/* First, and so focused: a key that was hit twice deletes nothing. */}
      <Button size="small" autoFocus onClick={() => setAsked(false)}>
        {t('action.cancel')}
      </Button>
      <Button
        size="small"
        tone="danger"
        busy={fetching}
        onClick={() =>
          void remove({ id }).then(({ error }) => error && notify(failureSentence(toApiFailure(error), t), 'error'))
        }
      >
        {t('leads.deleteNote')}
      </Button>
    </div>
  );
}
