import { useTranslation } from 'react-i18next';
import type { PrivacyBodyFragment } from '../../api/documents.js';
import { CustomerText } from '../../ui/customer-text.js';
import { safeHref } from '../../ui/safe-text.js';
import { fullDate, fullTime } from '../../ui/time.js';
import { RequestState, useSubjectWords } from './request-head.js';
import { stepWords } from './step-words.js';

/** What is asked for, how far it is, its clock and its words. */
export function RequestBody({ request, title }: { request: PrivacyBodyFragment; title?: string }) {
  const { t } = useTranslation();
  const subject = useSubjectWords()(request);
  return (
    <>
      <div className="channel-head">
        <h1>{t(`privacyKind.${request.kind}`)}</h1>
        <span dir="auto">{title ?? subject}</span>
      </div>
      <RequestState request={request} />
      <Facts request={request} />
      {request.note && (
        <blockquote className="asked-words">
          <CustomerText text={request.note} />
        </blockquote>
      )}
    </>
  );
}

/** Its steps, in their order. */
export function RequestSteps({ request: { history } }: { request: PrivacyBodyFragment }) {
  const { t, i18n } = useTranslation();
  return (
    <section>
      <h2>{t('privacy.steps')}</h2>
      <ol className="plain-list steps">
        {history.map(({ at, status, note }, index) => (
          <li key={`${at} ${String(index)}`}>
            <strong>{t(`privacyStatus.${status}`)}</strong> <span className="hint">{fullTime(at, i18n.language)}</span>
            {note && <StepNote note={note} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What the server says, in the reader's language; and what a person wrote, as they wrote it. */
function StepNote({ note }: { note: string }) {
  const { t } = useTranslation();
  const { house, words } = stepWords(note, t);
  return (
    <>
      {house && <p>{house}</p>}
      {words && <CustomerText text={words} />}
    </>
  );
}

function Facts({ request }: { request: PrivacyBodyFragment }) {
  const { t, i18n } = useTranslation();
  const day = (iso: string) => fullDate(iso, i18n.language);
  const facts: readonly (readonly [string, string | null])[] = [
    ['received', `${day(request.receivedAt)} · ${t(`privacyDoor.${request.origin}`)}`],
    ['law', request.law],
    ['due', day(request.dueAt)],
    ['extended', request.extendedUntil && day(request.extendedUntil)],
    ['because', request.extensionReason],
    ['told', request.noticeSentAt && fullTime(request.noticeSentAt, i18n.language)],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{t(`privacyFact.${name}`)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
      <div>
        <dt>{t('privacyFact.code')}</dt>
        <dd>
          <a href={safeHref(request.statusUrl) ?? undefined} target="_blank" rel="noopener">
            <code>{request.confirmationCode}</code>
          </a>
        </dd>
      </div>
    </dl>
  );
}
