import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyBodyFragment, PrivacyRequestKind } from '../../api/documents.js';
import { useAsk, type Outcome } from '../../ui/ask.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { TextArea, TextField } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { KindField, kinds } from './kind-field.js';
import { isUnproved, latestDate } from './possible-actions.js';

const longestWords = 2_000;
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

interface LongerProps {
  request: PrivacyBodyFragment;
  onLonger: (asked: { id: string; reason: string; until: string | null }) => Promise<Outcome>;
  onClose: () => void;
}

/** Takes longer for a request: why, and until when. */
export function TakeLonger({ request, onLonger, onClose }: LongerProps) {
  const { t } = useTranslation();
  const { ask, busy, failure, errorOf } = useAsk('reason', 'until');
  const latest = latestDate(request);
  return (
    <ConfirmForm
      title={t('privacyAction.extend')}
      text={t('privacyExtend.text')}
      button={t('privacyExtend.button')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const word = formWords(form);
        void ask(() => onLonger({ id: request.id, reason: word('reason'), until: endOf(word('until'), latest) })).then(
          (result) => {
            if (!result) return;
            notify(t('privacyExtend.done'));
            onClose();
          },
        );
      }}
    >
      <TextArea
        label={t('privacyExtend.field')}
        name="reason"
        rows={4}
        dir="auto"
        required
        maxLength={longestWords}
        error={errorOf('reason')}
      />
      <TextField
        label={t('privacyExtend.until')}
        hint={t('privacyExtend.untilHint')}
        name="until"
        type="date"
        min={dayOf(new Date(request.extendedUntil ?? request.dueAt))}
        max={dayOf(latest)}
        error={errorOf('until')}
      />
    </ConfirmForm>
  );
}

/** The end of a chosen day, and not later than is allowed; null: as late as is allowed. */
function endOf(day: string, latest: Date): string | null {
  if (day === '') return null;
  const end = new Date(`${day}T23:59:59`);
  return (end < latest ? end : latest).toISOString();
}

interface KindProps {
  request: PrivacyBodyFragment;
  onKind: (asked: { id: string; kind: PrivacyRequestKind; reason: string }) => Promise<Outcome>;
  onClose: () => void;
}

/** Says what a request asks for, once somebody has read it. */
export function ChangeKind({ request, onKind, onClose }: KindProps) {
  const { t } = useTranslation();
  const { ask, busy, failure, errorOf } = useAsk('kind', 'reason');
  // What it asks for already is said again where it could not be told from the words.
  const choices = kinds.filter((kind) => request.unclear || kind !== request.kind);
  const [kind, setKind] = useState(choices[0] ?? request.kind);
  const erases = kind === 'ERASE' && !isUnproved(request);
  return (
    <ConfirmForm
      title={t('privacyAction.changeKind')}
      text={t(erases ? 'privacyChange.textErase' : 'privacyChange.text')}
      button={t('privacyChange.button')}
      tone={erases ? 'danger' : 'primary'}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const reason = formWords(form)('reason');
        void ask(() => onKind({ id: request.id, kind, reason })).then((result) => {
          if (!result) return;
          notify(t('action.saved'));
          onClose();
        });
      }}
    >
      <KindField value={kind} choices={choices} onChange={setKind} error={errorOf('kind')} />
      <TextArea
        label={t('privacyChange.field')}
        name="reason"
        rows={3}
        dir="auto"
        required
        maxLength={longestWords}
        error={errorOf('reason')}
      />
    </ConfirmForm>
  );
}
