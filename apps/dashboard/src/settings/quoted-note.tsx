import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { AiSettingsDocument } from '../api/documents.js';
import { useInstance } from './instance.js';
import { writerOf } from './model-writes.js';

/** Says plainly that no model writes: answers are quoted from the knowledge base until one is configured and switched on. */
export function QuotedNote({ here }: { here?: boolean }) {
  const { t } = useTranslation();
  const instance = useInstance();
  const [{ data }] = useQuery({ query: AiSettingsDocument });
  const writer = data && writerOf(data.aiSettings, instance.model);
  if (!writer || writer === 'model') return null;
  return (
    <div className="callout">
      <p>{t(writer === 'off' ? 'ai.quotedOff' : 'ai.quotedNote')}</p>
      {!here && <Link href="/settings/ai">{t(writer === 'off' ? 'ai.switchOn' : 'ai.configure')}</Link>}
    </div>
  );
}
