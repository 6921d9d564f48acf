import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  LeadReplyDocument,
  LeadReplyRoadDocument,
  SendLeadReplyDocument,
  toApiFailure,
  type LeadReplyRoadQuery,
} from '../api/documents.js';
import { useNews } from '../session/use-news.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { TextArea } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { FailureNote, Loading } from '../ui/states.js';
import { LeadDraft } from './lead-draft.js';
import { unsentReplies } from './unsent-replies.js';

const longestReply = 10_000;

type Road = LeadReplyRoadQuery['leadReplyRoad'];

/** The answer to a lead: by which road it goes, a suggestion for it, or why it is a task for a person. */
export default function LeadReply({ leadId }: { leadId: string }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [{ data }] = useQuery({
    query: LeadReplyDocument,
    variables: { id: leadId },
    requestPolicy: 'cache-and-network',
  });
  const [{ data: found, error }, reload] = useQuery({
    query: LeadReplyRoadDocument,
    variables: { leadId },
    requestPolicy: 'cache-and-network',
  });
  const lookAgain = () => reload({ requestPolicy: 'network-only' });
  // What was answered, blocked or connected meanwhile may have opened another road, or closed this one.
  useNews((event) => event?.__typename === 'LeadChanged' && event.lead.id === leadId, lookAgain);
  const road = found?.leadReplyRoad;
  const lead = data?.lead;
  if (!lead || !road) return error ? <FailureNote failure={toApiFailure(error)} onRetry={lookAgain} /> : <Loading />;
  return (
    <section className="lead-reply">
      <h3>{t('leads.reply')}</h3>
      {lead.repliedIn && (
        <p>
          <Link href={`/inbox/all/${lead.repliedIn.id}`}>{t('leads.repliedIn')}</Link>
        </p>
      )}
      {lead.replyTask && (
        <p className="flag-note">
          {t('leads.leftToPerson')} {reasonWords(lead.replyTask, '', t)}
        </p>
      )}
      <RoadNote road={road} />
      {mayWrite && road.way !== 'NONE' && <ReplyForm leadId={leadId} reply={lead.reply ?? null} />}
    </section>
  );
}

/** By which road the answer would go, or why by none. */
function RoadNote({ road: { way, to, reason, words, conversationId } }: { road: Road }) {
  const { t } = useTranslation();
  if (way === 'NONE')
    return (
      <div className="flag-note">
        <strong>{t('leads.taskForPerson')}</strong>
        <p>{reasonWords(reason, words ?? '', t)}</p>
      </div>
    );
  if (way === 'THREAD' && conversationId)
    return (
      <p className="hint">
        {t('leads.roadThread')} <Link href={`/inbox/all/${conversationId}`}>{t('leads.toThread')}</Link>
      </p>
    );
  return (
    <p className="hint">
      {t(way === 'MAIL' ? 'leads.roadMail' : 'leads.roadMailbox')} <bdi>{to}</bdi>
      {way === 'MAIL' && (
        <>
          {' '}
          <Link href="/settings/channels">{t('action.toChannels')}</Link>
        </>
      )}
    </p>
  );
}

/** A reason in the reader's words: of a refusal, or of what became of a machine's run. */
function reasonWords(reason: string | null | undefined, otherwise: string, t: ReturnType<typeof useTranslation>['t']) {
  if (!reason) return otherwise;
  return t(`refused.${reason}`, { defaultValue: t(`runReason.${reason}`, { defaultValue: otherwise }) });
}

interface FormProps {
  leadId: string;
  reply: Parameters<typeof LeadDraft>[0]['draft'];
}

function ReplyForm({ leadId, reply }: FormProps) {
  const { t } = useTranslation();
  const [, send] = useMutation(SendLeadReplyDocument);
  const { ask, busy, failure, errorOf } = useAsk('text');
  const [unsent, setUnsent] = useState(() => unsentReplies.of(leadId));
  const write = (text: string) => setUnsent(unsentReplies.write(leadId, text));
  const submit = () => {
    const { text, key } = unsent;
    // The same key until it is known to be sent: whatever is pressed twice goes out once.
    void ask(() => send({ leadId, text: text.trim(), idempotencyKey: key })).then((result) => {
      if (!result?.data) return;
      setUnsent(unsentReplies.sent(leadId));
      notify(t('leads.replySent'));
    });
  };
  return (
    <>
      <LeadDraft leadId={leadId} draft={reply} onInsert={write} />
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (unsent.text.trim()) submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextArea
          label={t('leads.yourReply')}
          dir="auto"
          rows={5}
          maxLength={longestReply}
          value={unsent.text}
          error={errorOf('text')}
          onChange={(event) => write(event.target.value)}
        />
        <Button type="submit" tone="primary" size="small" icon="send" busy={busy} disabled={!unsent.text.trim()}>
          {t('leads.send')}
        </Button>
      </form>
    </>
  );
}
