import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  OpenOwnPrivacyRequestDocument,
  OwnPrivacyRequestsDocument,
  toApiFailure,
  type OwnRequestPartsFragment,
  type PrivacyRequestKind,
} from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { SelectField, TextArea } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullDate } from '../ui/time.js';
import { safeHref } from '../ui/safe-text.js';

/** To leave is another matter, and has a section of its own. */
const kinds = ['ACCESS', 'PORT', 'RECTIFY', 'RESTRICT', 'OBJECT', 'ERASE'] as const satisfies PrivacyRequestKind[];
const longestNote = 10_000;

/** What the law gives the person at the screen about their own account: to ask, and to see what became of it. */
export function YourData() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: OwnPrivacyRequestsDocument,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  const requests = data?.ownPrivacyRequests ?? [];
  return (
    <section>
      <h2>{t('yourData.title')}</h2>
      <p>{t('yourData.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      {requests.length > 0 && (
        <ul className="cards" aria-label={t('yourData.asked')}>
          {requests.map((request) => (
            <li key={request.id} className="card">
              <OwnRequest request={request} />
            </li>
          ))}
        </ul>
      )}
      <AskForm onAsked={again} />
    </section>
  );
}

function OwnRequest({ request }: { request: OwnRequestPartsFragment }) {
  const { t, i18n } = useTranslation();
  const { kind, status, receivedAt, dueAt, extendedUntil, completedAt } = request;
  const day = (iso: string) => fullDate(iso, i18n.language);
  return (
    <>
      <div className="card-head">
        <strong>{t(`yourData.kind.${kind}`)}</strong>
        <span className="chip push-end">{t(`privacyStatus.${status}`)}</span>
      </div>
      <p className="hint">
        {t('yourData.since', { day: day(receivedAt) })} ·{' '}
        {completedAt === null
          ? t('yourData.due', { day: day(extendedUntil ?? dueAt) })
          : t('yourData.done', { day: day(completedAt) })}
      </p>
      <p>
        <a href={safeHref(request.statusUrl) ?? undefined} target="_blank" rel="noopener">
          {t('yourData.follow')} <bdi>{request.confirmationCode}</bdi>
        </a>
      </p>
    </>
  );
}

function AskForm({ onAsked }: { onAsked: () => void }) {
  const { t } = useTranslation();
  const [, open] = useMutation(OpenOwnPrivacyRequestDocument);
  const { ask, busy, failure, errorOf } = useAsk('kind', 'note');
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const word = formWords(form);
        const asked = { kind: word('kind') as PrivacyRequestKind, note: word('note') || null };
        void ask(() => open(asked)).then((result) => {
          if (!result) return;
          form.reset();
          notify(t('yourData.opened'));
          onAsked();
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <SelectField label={t('yourData.what')} name="kind" error={errorOf('kind')}>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`yourData.kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('yourData.note')}
        hint={t('yourData.noteHint')}
        name="note"
        rows={3}
        dir="auto"
        maxLength={longestNote}
        error={errorOf('note')}
      />
      <Button type="submit" busy={busy}>
        {t('yourData.ask')}
      </Button>
    </form>
  );
}
