import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { notify } from '../ui/notices.js';
import { fullDate } from '../ui/time.js';
import type { OpenContact } from './contact-details.js';
import { useMerges } from './use-merges.js';

/** Who else was found to be this person, as long as it can be taken back. */
export function ContactMerges({ contact }: { contact: OpenContact }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { busy, separate } = useMerges();
  return (
    <ul className="plain-list">
      {contact.merges.map(({ mergedId, name, mergedAt, until }) => {
        const called = name ?? t('contact.unnamed');
        const values = { name: called, day: fullDate(mergedAt, i18n.language), until: fullDate(until, i18n.language) };
        return (
          <li key={mergedId} className="contact-merge">
            <p dir="auto">{t('customer.mergedOn', values)}</p>
            {mayWrite && (
              <Button
                size="small"
                busy={busy}
                onClick={() =>
                  void separate(contact.id, mergedId).then((refused) =>
                    refused === null ? notify(t('customer.separated', { name: called })) : notify(refused, 'error'),
                  )
                }
              >
                {t('customer.separate')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
