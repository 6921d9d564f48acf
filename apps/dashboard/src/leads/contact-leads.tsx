import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ContactLeadsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { notify } from '../ui/notices.js';
import { part } from '../ui/part.js';
import { fullTime, shortTime, useNow } from '../ui/time.js';

const CreateLeadDialog = part(() => import('./create-lead-dialog.js'));

/** The leads of a contact beside what was said with them, and the way to one more. */
export default function ContactLeads({ contact }: { contact: { readonly id: string; readonly name: string } }) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const { mayWrite } = useWorkspace();
  const [creating, setCreating] = useState(false);
  const [{ data }] = useQuery({ query: ContactLeadsDocument, variables: { id: contact.id } });
  const leads = data?.contact?.leads.nodes ?? [];
  if (leads.length === 0 && !mayWrite) return null;
  return (
    <section>
      <h3>{t('nav.leads')}</h3>
      {leads.length > 0 && (
        <ul className="plain-list">
          {leads.map(({ id, source, status, createdAt }) => (
            <li key={id}>
              <Link href={`/leads/${id}`} className="past">
                <span className="past-head">
                  <span className="chip">{t(`leadStatus.${status}`)}</span>
                  <span>{t(`leadSource.${source}`)}</span>
                  <time className="hint" dateTime={createdAt} title={fullTime(createdAt, i18n.language)}>
                    {shortTime(createdAt, i18n.language, now)}
                  </time>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Button size="small" icon="target" onClick={() => setCreating(true)}>
          {t('leads.ofContact')}
        </Button>
      )}
      <Suspense fallback={null}>
        {creating && (
          <CreateLeadDialog
            contact={contact}
            onClose={() => setCreating(false)}
            onCreated={() => {
              setCreating(false);
              notify(t('leads.created'));
            }}
          />
        )}
      </Suspense>
    </section>
  );
}
