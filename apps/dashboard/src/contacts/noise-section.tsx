import { useTranslation } from 'react-i18next';
import { useMutation, useQuery, type CombinedError } from 'urql';
import { BlockContactDocument, ConversationDocument, MarkSpamDocument, toApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import type { OpenContact } from './contact-pane.js';

/** What a person does about somebody who only disturbs; each can be undone in the same place. */
export function NoiseSection({ contact, conversationId }: { contact: OpenContact; conversationId: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ConversationDocument, variables: { id: conversationId } });
  const [blocking, block] = useMutation(BlockContactDocument);
  const [marking, markSpam] = useMutation(MarkSpamDocument);
  const spam = data?.conversation?.spam ?? false;
  const told = ({ error }: { error?: CombinedError | undefined }) =>
    error && notify(failureSentence(toApiFailure(error), t), 'error');
  return (
    <section>
      <h3>{t('contact.noise')}</h3>
      <div className="button-row">
        <Button
          size="small"
          busy={blocking.fetching}
          onClick={() => void block({ id: contact.id, blocked: !contact.blocked }).then(told)}
        >
          {t(contact.blocked ? 'contact.unblock' : 'contact.blockNow')}
        </Button>
        <Button
          size="small"
          icon="flag"
          busy={marking.fetching}
          onClick={() => void markSpam({ conversationId, spam: !spam }).then(told)}
        >
          {t(spam ? 'contact.notSpam' : 'contact.spam')}
        </Button>
      </div>
      <p className="hint">{t('contact.blockHint')}</p>
    </section>
  );
}
