import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { SnoozeDialog } from '../thread/snooze-dialog.js';
import { tagsOf } from '../thread/tags.js';
import { useChangeConversations } from '../undo/change-conversations.js';
import type { Change } from '../undo/way-back.js';
import { Button, IconButton } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { ChoiceMenu } from '../ui/menu.js';
import { mostChosen } from './selection.js';
import type { ConversationRowFragment } from './types.js';

const statuses = ['OPEN', 'PENDING', 'RESOLVED', 'SNOOZED'] as const;
const priorities = ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const;

interface Props {
  rows: readonly ConversationRowFragment[];
  /** How many could be chosen. */
  loaded: number;
  spam: boolean;
  onAll: () => void;
  onClear: () => void;
}

/** What can be done with everything that is chosen. */
export default function BulkBar({ rows, loaded, spam, onAll, onClear }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [open, setOpen] = useState<'snooze' | 'tags' | null>(null);
  const [busy, setBusy] = useState(false);
  const changeAll = useChangeConversations();
  const count = rows.length;
  const change = (wanted: Change) => {
    if (busy || count === 0) return;
    setBusy(true);
    void changeAll(rows, wanted).then((changed) => {
      setBusy(false);
      if (changed) onClear();
    });
  };
  return (
    <div className="bulk-bar" role="group" aria-label={t('bulk.title')} aria-busy={busy}>
      <div className="bulk-top">
        <strong role="status">{t('bulk.chosen', { count })}</strong>
        {count < Math.min(loaded, mostChosen) && (
          <button type="button" className="link-button" onClick={onAll}>
            {t('bulk.all', { count: Math.min(loaded, mostChosen) })}
          </button>
        )}
        {count === mostChosen && <span className="hint">{t('bulk.most', { most: mostChosen })}</span>}
        <IconButton icon="close" label={t('bulk.clear')} onClick={onClear} />
      </div>
      {count > 0 && (
        <div className="bulk-buttons">
          <ChoiceMenu
            label={t('thread.status')}
            value=""
            choices={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            onChoose={(value) =>
              value === 'SNOOZED' ? setOpen('snooze') : change({ status: value as (typeof statuses)[number] })
            }
            trigger={<Button size="small">{t('thread.status')}</Button>}
          />
          <ChoiceMenu
            label={t('thread.assign')}
            value=" "
            choices={[
              { value: '', label: t('thread.nobody') },
              ...workspace.members.map((member) => ({ value: member.id, label: member.user.name })),
            ]}
            onChoose={(value) => change({ assigneeId: value || null })}
            trigger={<Button size="small">{t('thread.assign')}</Button>}
          />
          <ChoiceMenu
            label={t('thread.priority')}
            value=""
            choices={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChoose={(value) => change({ priority: value as (typeof priorities)[number] })}
            trigger={<Button size="small">{t('thread.priority')}</Button>}
          />
          <Button size="small" icon="tag" onClick={() => setOpen('tags')}>
            {t('thread.tags')}
          </Button>
          <Button size="small" icon="flag" busy={busy} onClick={() => change({ spam: !spam })}>
            {t(spam ? 'contact.notSpam' : 'view.spam')}
          </Button>
        </div>
      )}
      {open === 'snooze' && (
        <SnoozeDialog
          onClose={() => setOpen(null)}
          onChoose={(snoozedUntil) => change({ status: 'SNOOZED', snoozedUntil })}
        />
      )}
      {open === 'tags' && (
        <BulkTags
          known={[...new Set(rows.flatMap((row) => row.tags))].sort()}
          onClose={() => setOpen(null)}
          onChange={change}
        />
      )}
    </div>
  );
}

function BulkTags({
  known,
  onClose,
  onChange,
}: {
  known: readonly string[];
  onClose: () => void;
  onChange: (change: Change) => void;
}) {
  const { t } = useTranslation();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const word = formWords(event.currentTarget);
    const change = { addTags: tagsOf(word('add')), removeTags: tagsOf(word('remove')) };
    if (change.addTags.length + change.removeTags.length === 0) return;
    onChange(change);
    onClose();
  };
  return (
    <Dialog title={t('thread.tags')} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        <TextField label={t('bulk.addTags')} hint={t('tags.hint')} name="add" dir="auto" />
        <TextField
          label={t('bulk.removeTags')}
          hint={known.length ? t('bulk.knownTags', { tags: known.join(', ') }) : t('tags.hint')}
          name="remove"
          dir="auto"
        />
        <Button type="submit" tone="primary">
          {t('action.save')}
        </Button>
      </form>
    </Dialog>
  );
}
