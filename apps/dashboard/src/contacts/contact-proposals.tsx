import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Link } from 'wouter';
import { ApplyContactProposalDocument, DismissContactProposalDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import type { OpenContact } from './contact-details.js';

/** What they wrote of themselves: kept by one click, or put away. */
export function ContactProposals({ contact, conversationId }: { contact: OpenContact; conversationId: string | null }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [applying, apply] = useMutation(ApplyContactProposalDocument);
  const [dismissing, dismiss] = useMutation(DismissContactProposalDocument);
  const busy = applying.fetching || dismissing.fetching;
  const settle = (done: ReturnType<typeof apply> | ReturnType<typeof dismiss>, said: string) =>
    void done.then(({ error }) => (error ? notify(failureSentence(toApiFailure(error), t), 'error') : notify(said)));
  if (contact.proposals.length === 0) return null;
  return (
    <section>
      <h3>{t('customer.proposals')}</h3>
      <ul className="plain-list" aria-label={t('customer.proposals')}>
        {contact.proposals.map((proposal) => {
          const { id, kind, value, message } = proposal;
          return (
            <li key={id} className="contact-merge">
              <p>
                <span className="hint">{t(`customer.detail.${kind}`)}</span> <strong dir="auto">{value}</strong>
              </p>
              {message?.text && (
                <blockquote className="hint" dir="auto">
                  {message.text.length > 160 ? `${message.text.slice(0, 160)}…` : message.text}
                </blockquote>
              )}
              {proposal.conversationId !== conversationId && (
                <Link href={`/inbox/all/${proposal.conversationId}`}>{t('customer.proposedIn')}</Link>
              )}
              {mayWrite && (
                <span className="button-row">
                  <Button
                    size="small"
                    tone="primary"
                    busy={busy}
                    onClick={() => settle(apply({ id }), t('customer.proposalKept'))}
                  >
                    {t('customer.keepProposal')}
                  </Button>
                  <Button size="small" busy={busy} onClick={() => settle(dismiss({ id }), t('customer.proposalAway'))}>
                    {t('customer.dismissProposal')}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
