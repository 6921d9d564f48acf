import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  OpenPrivacyRequestDocument,
  PrivacyRequestDocument,
  VerifyPrivacyRequestDocument,
  type FollowedRequestFragment,
} from '../api/documents.js';
import { WordsDialog } from '../ui/words-dialog.js';
import { OpenedRequest } from './opened-request.js';
import { safeHref } from '../ui/safe-text.js';

const longestEvidence = 2_000;
const lookEveryMs = 2_000;

interface Props {
  contactId: string;
  onClose: () => void;
}

/** Makes the copy that a customer asked for, once a member says how they know that it was them. */
export function CopyDialog({ contactId, onClose }: Props) {
  const { t } = useTranslation();
  const [, open] = useMutation(OpenPrivacyRequestDocument);
  const [, vouch] = useMutation(VerifyPrivacyRequestDocument);
  // Kept where only the second step was refused: to try again opens no second request.
  const [opened, setOpened] = useState<FollowedRequestFragment | null>(null);
  const [vouched, setVouched] = useState(false);
  if (opened && vouched) {
    return (
      <OpenedRequest title={t('customer.privacy.copy')} request={opened} onClose={onClose}>
        <Copy requestId={opened.id} />
      </OpenedRequest>
    );
  }
  const give = async (evidence: string) => {
    const asked = opened ? null : await open({ input: accessOf(contactId) });
    const request = opened ?? asked?.data?.openPrivacyRequest;
    if (!request) return asked;
    setOpened(request);
    return vouch({ id: request.id, evidence });
  };
  return (
    <WordsDialog
      title={t('customer.privacy.copy')}
      text={t('customer.privacy.copyText')}
      button={t('customer.privacy.copyNow')}
      tone="primary"
      field="evidence"
      label={t('customer.privacy.evidence')}
      hint={t('customer.privacy.evidenceHint')}
      most={longestEvidence}
      onWords={give}
      onDone={() => setVouched(true)}
      onClose={onClose}
    />
  );
}

const accessOf = (contactId: string) => ({ kind: 'ACCESS' as const, subject: { contactId } });

/** The way to the copy; it is looked for until it is made. */
function Copy({ requestId }: { requestId: string }) {
  const { t } = useTranslation();
  const [{ data }, look] = useQuery({
    query: PrivacyRequestDocument,
    variables: { id: requestId },
    requestPolicy: 'network-only',
  });
  const url = data?.privacyRequest?.exportUrl ?? null;
  useEffect(() => {
    if (url !== null) return;
    const timer = setInterval(() => look({ requestPolicy: 'network-only' }), lookEveryMs);
    return () => clearInterval(timer);
  }, [url, look]);
  if (url === null) return <p>{t('customer.privacy.copyMade')}</p>;
  return (
    <p>
      <a href={safeHref(url) ?? undefined} target="_blank" rel="noopener">
        {t('customer.privacy.fetchCopy')}
      </a>
    </p>
  );
}
