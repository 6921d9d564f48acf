import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import { LeadDocument, toApiFailure, type LeadQuery } from '../api/documents.js';
import { ContactFlags } from '../contacts/contact-flags.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { Icon } from '../ui/icon.js';
import { part } from '../ui/part.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { useChangeLead } from './change-lead.js';
import { LeadAnswers } from './lead-answers.js';
import { LeadConsents } from './lead-consents.js';
import { LeadContact } from './lead-contact.js';
import { LeadDecisions } from './lead-decisions.js';
import { LeadFacts } from './lead-facts.js';
import { leadStatuses } from './lead-filters.js';
import { withWords } from '../i18n/index.js';
import { LeadReminder } from './lead-reminder.js';
import { LeadTags } from './lead-tags.js';
import { LeadTimeline } from './lead-timeline.js';
import { leadName } from './lead-words.js';

const LeadReply = part(() => withWords(withWords(import('./lead-reply.js'), 'refused')));
const DeleteLeadDialog = part(() => import('./delete-lead-dialog.js'));

export type OpenLead = NonNullable<LeadQuery['lead']>;

interface Props {
  leadId: string;
  backTo: string;
  onGone: () => void;
}

/** One lead beside all of them; on small screens in their place. */
export function LeadPane({ leadId, backTo, onGone }: Props) {
  const { t } = useTranslation();
  // Here, and not beside its button: that goes with the lead, and what became of it is still to be said.
  const [erasing, setErasing] = useState(false);
  const [{ data, error }, reload] = useQuery({
    query: LeadDocument,
    variables: { id: leadId },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  return (
    <aside className="lead-pane" aria-label={t('leads.one')}>
      <div className="pane-head">
        <Link href={backTo} className="icon-button" aria-label={t('leads.back')} title={t('leads.back')}>
          <Icon name="close" />
        </Link>
        <strong>{t('leads.one')}</strong>
      </div>
      {data?.lead ? (
        <Shown lead={data.lead} onErase={() => setErasing(true)} />
      ) : error ? (
        <FailureNote failure={toApiFailure(error)} onRetry={again} />
      ) : data ? (
        <EmptyState
          icon="target"
          title={t('leads.gone')}
          text={t('leads.goneHint')}
          action={
            <Link href={backTo} className="button plain medium">
              {t('leads.back')}
            </Link>
          }
        />
      ) : (
        <Loading />
      )}
      <Suspense fallback={null}>
        {erasing && <DeleteLeadDialog leadId={leadId} onClose={() => setErasing(false)} onGone={onGone} />}
      </Suspense>
    </aside>
  );
}

function Shown({ lead, onErase }: { lead: OpenLead; onErase: () => void }) {
  const { t } = useTranslation();
  const { me, mayWrite, mayAdminister } = useWorkspace();
  const actions = useChangeLead();
  const name = leadName(lead, t);
  useActions(
    mayWrite
      ? {
          status: {
            run: () => document.querySelector<HTMLElement>('.lead-decisions select')?.focus(),
            choices: leadStatuses.map((status) => ({
              label: t(`leadStatus.${status}`),
              run: () => void actions.move(lead, status),
            })),
          },
          assignToMe: () => actions.assign(lead, me?.id ?? null),
        }
      : {},
  );
  return (
    <div className="contact-body">
      <div className="contact-top">
        <Avatar name={name} size="large" />
        <h2 dir="auto">{name}</h2>
        {lead.test && <span className="chip warn">{t('leads.test')}</span>}
      </div>
      <ContactFlags contact={lead.contact} />
      {lead.answerOnly && (
        <div className="flag-note">
          <strong>{t('leads.answerOnly')}</strong>
          <p>{t('leads.answerOnlyMeans')}</p>
        </div>
      )}
      <LeadDecisions lead={lead} />
      <LeadReminder leadId={lead.id} />
      {lead.message && (
        <section>
          <h3>{t('leads.message')}</h3>
          <CustomerText text={lead.message} className="lead-message" />
        </section>
      )}
      <Suspense fallback={<Loading />}>
        <LeadReply leadId={lead.id} />
      </Suspense>
      <LeadFacts lead={lead} />
      <LeadContact lead={lead} />
      <LeadAnswers lead={lead} />
      <LeadConsents consents={lead.consents} />
      <LeadTags lead={lead} />
      <LeadTimeline leadId={lead.id} />
      {mayAdminister && (
        <section>
          <h3>{t('customer.privacy.title')}</h3>
          <Button size="small" tone="danger" icon="bin" onClick={onErase}>
            {t('leads.erase')}
          </Button>
        </section>
      )}
    </div>
  );
}
