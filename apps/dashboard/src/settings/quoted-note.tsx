import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { AiSettingsDocument } from '../api/documents.js';

/** Says plainly that no model writes: answers are quoted from the knowledge base until one is configured and switched on. */
export function QuotedNote() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: AiSettingsDocument });
  if (!data || (data.aiSettings.enabled && data.aiSettings.model)) return null;
  return (
    <div className="callout">
      <p>{t('ai.quotedNote')}</p>
      <Link href="/settings/ai">{t('ai.configure')}</Link>
    </div>
  );
}
