import { useTranslation } from 'react-i18next';
import { useMutation, useQuery, type CombinedError } from 'urql';
import { BlockContactDocument, ConversationDocument, toApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { useChangeConversation } from '../undo/change-conversations.js';
import type { OpenContact } from './contact-details.js';

/** What a person does about somebody who only disturbs; each can be undone in the same place. */
export function NoiseSection({ contact, conversationId }: { contact: OpenContact; conversationId: string }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ConversationDocument, variables: { id: conversationId } });
  const [blocking, block] = useMutation(BlockContactDocument);
  const change = useChangeConversation();
  const conversation = data?.conversation;
  const spam = conversation?.spam ?? false;
  const told = ({ error }: { error?: CombinedError | undefined }) =>
    error && notify(failureSentence(toApiFailure(error), t), 'error');
  return (
    <section>
      <h3>{t('customer.noise')}</h3>
      <div className="button-row">
        <Button
          size="small"
          busy={blocking.fetching}
          onClick={() => void block({ id: contact.id, blocked: !contact.blocked }).then(told)}
        >
          {t(contact.blocked ? 'customer.unblock' : 'customer.blockNow')}
        </Button>
        <Button
          size="small"
          icon="flag"
          onClick={() =>
            conversation && void change(conversation, { spam: !spam }, t(spam ? 'done.notSpam' : 'done.spam'))
          }
        >
          {t(spam ? 'contact.notSpam' : 'customer.spam')}
        </Button>
      </div>
      <p className="hint">{t('customer.blockHint')}</p>
    </section>
  );
}
