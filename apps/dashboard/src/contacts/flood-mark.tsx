import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { FloodingDocument } from '../api/documents.js';
import { Icon } from '../ui/icon.js';

interface Props {
  conversationId: string;
  /** When something was last written there: a flood is over a minute after it. */
  lastActivityAt: string;
  inThread?: boolean;
}

const aMoment = 90_000;
const again = 20_000;

/** Says that somebody writes faster than any person does, for as long as it lasts. Asked only where much has just come. */
export default function FloodMark({ conversationId, lastActivityAt, inThread }: Props) {
  const { t } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  const pause = now - Date.parse(lastActivityAt) > aMoment;
  const [{ data }, ask] = useQuery({
    query: FloodingDocument,
    variables: { id: conversationId },
    requestPolicy: 'network-only',
    pause,
  });
  useEffect(() => setNow(Date.now()), [lastActivityAt]);
  useEffect(() => {
    if (pause) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      ask({ requestPolicy: 'network-only' });
    }, again);
    return () => clearInterval(timer);
  }, [pause, ask]);
  if (pause || !data?.conversation?.flooding) return null;
  if (!inThread) return <span className="chip warn">{t('customer.flooding')}</span>;
  return (
    <p className="thread-note warn" role="status">
      <Icon name="alert" size={16} /> <strong>{t('customer.flooding')}</strong> {t('customer.floodingMeans')}
    </p>
  );
}
