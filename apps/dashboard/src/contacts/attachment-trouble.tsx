import { useTranslation } from 'react-i18next';
import { troubleOf } from './attachment-troubles.js';

/** Why a file cannot be opened, and what can be done about it. */
export default function AttachmentTrouble({ trouble }: { trouble: string }) {
  const { t } = useTranslation();
  const kind = troubleOf(trouble);
  return (
    <span className="attachment-trouble" dir="auto">
      {kind ? t(`customer.trouble.${kind}`) : trouble}
    </span>
  );
}
