import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  LeadFormsDocument,
  RetryLeadsDocument,
  SetLeadAdsDocument,
  SetLeadFormsDocument,
  toApiFailure,
  type ChannelQuery,
} from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CheckField } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { notify } from '../../ui/notices.js';
import { FailureNote, Loading } from '../../ui/states.js';
import { Picks } from '../picks.js';

type ShownChannel = NonNullable<ChannelQuery['channel']>;

/** Leads of a channel's adverts: whether they are taken, of which forms, and those that did not come in. */
export function LeadAds({ channel }: { channel: ShownChannel }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [choosing, setChoosing] = useState(false);
  const [, set] = useMutation(SetLeadAdsDocument);
  const { ask, busy, failure } = useAsk();
  const { id, leadAds } = channel;
  return (
    <section>
      <h2>{t('leadAds.title')}</h2>
      <p className="hint">{t('leadAds.lead')}</p>
      {channel.leadTrouble.length > 0 && <LeadTrouble channel={channel} />}
      {failure && <FailureNote failure={failure} />}
      {mayAdminister && (
        <CheckField
          label={t('leadAds.take')}
          checked={leadAds}
          aria-busy={busy}
          onChange={(event) => {
            const enabled = event.target.checked;
            void ask(() => set({ channelId: id, enabled })).then((result) => result && notify(t('action.saved')));
          }}
        />
      )}
      {mayAdminister && leadAds && !choosing && (
        <Button onClick={() => setChoosing(true)}>{t('leadAds.choose')}</Button>
      )}
      {mayAdminister && leadAds && choosing && <ChooseForms channelId={id} onClose={() => setChoosing(false)} />}
    </section>
  );
}

/** What did not come in, and why; fetched once more by one click. */
function LeadTrouble({ channel }: { channel: ShownChannel }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, retry] = useMutation(RetryLeadsDocument);
  const { ask, busy, failure } = useAsk();
  const mayRetry = mayAdminister && channel.leadAds && channel.status !== 'EXPIRED';
  return (
    <>
      <div className="trouble" role="status">
        <Icon name="alert" />
        <ul className="plain-list">
          {channel.leadTrouble.map(({ cause, forms }) => (
            <li key={cause}>{t(`leadTrouble.${cause}`, { count: forms })}</li>
          ))}
        </ul>
        {mayRetry && (
          <Button
            busy={busy}
            onClick={() =>
              void ask(() => retry({ channelId: channel.id })).then((result) => result && notify(t('leadAds.retried')))
            }
          >
            {t('action.tryAgain')}
          </Button>
        )}
      </div>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

/** The forms as the platform has them now. None chosen: every form counts. */
function ChooseForms({ channelId, onClose }: { channelId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: LeadFormsDocument,
    variables: { channelId },
    requestPolicy: 'network-only',
  });
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const [, save] = useMutation(SetLeadFormsDocument);
  const { ask, busy, failure } = useAsk();
  const forms = data?.leadForms ?? [];
  const chosen = picked ?? forms.filter(({ selected }) => selected).map(({ id }) => id);
  if (error)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (fetching && !data) return <Loading />;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void ask(() => save({ channelId, formIds: [...chosen] })).then((result) => {
          if (!result) return;
          notify(t('action.saved'));
          onClose();
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <Picks
        legend={t('leadAds.forms')}
        hint={t('leadAds.formsHint')}
        none={t('leadAds.noForms')}
        options={forms}
        chosen={chosen}
        onChange={setPicked}
      />
      <div className="button-row">
        {forms.length > 0 && (
          <Button type="submit" tone="primary" busy={busy}>
            {t('action.save')}
          </Button>
        )}
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
