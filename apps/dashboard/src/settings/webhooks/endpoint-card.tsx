import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DeleteWebhookEndpointDocument,
  RotateWebhookSecretDocument,
  SetWebhookEndpointEnabledDocument,
  toApiFailure,
  type WebhookEndpointsQuery,
} from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { failureSentence } from '../../ui/failure-words.js';
import { notify } from '../../ui/notices.js';
import { fullTime } from '../../ui/time.js';
import { CallLog } from './call-log.js';
import { known, wordOfEvent } from './event-words.js';

type Endpoint = WebhookEndpointsQuery['webhookEndpoints'][number];

interface Props {
  readonly endpoint: Endpoint;
  readonly onSecret: (secret: string) => void;
}

const reasons = ['GONE', 'FAILING', 'MEMBER'] as const;

/** One system: what it is told, whether it is called, and what became of the last calls. */
export function EndpointCard({ endpoint, onSecret }: Props) {
  const { t, i18n } = useTranslation();
  const [{ fetching }, enable] = useMutation(SetWebhookEndpointEnabledDocument);
  const [asked, setAsked] = useState<'rotate' | 'remove' | null>(null);
  const [open, setOpen] = useState(false);
  const { id, url, events, enabled, failingSince } = endpoint;
  const because = known(reasons, endpoint.disabledBecause);
  return (
    <>
      <div className="card-head">
        <strong className="card-name" dir="ltr">
          {url}
        </strong>
        <span className={enabled ? 'chip' : 'chip warn'}>{t(enabled ? 'webhooks.on' : 'webhooks.off')}</span>
      </div>
      <p className="hint">{events.map((name) => t(wordOfEvent(name))).join(' · ')}</p>
      {because && <p>{t(`webhooks.because.${because}`)}</p>}
      {enabled && failingSince && <p>{t('webhooks.failing', { time: fullTime(failingSince, i18n.language) })}</p>}
      <div className="button-row">
        <Button
          size="small"
          busy={fetching}
          onClick={() =>
            void enable({ id, enabled: !enabled }).then(
              (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
            )
          }
        >
          {t(enabled ? 'webhooks.turnOff' : 'webhooks.turnOn')}
        </Button>
        <Button size="small" onClick={() => setAsked('rotate')}>
          {t('webhooks.rotate')}
        </Button>
        <Button size="small" tone="danger" onClick={() => setAsked('remove')}>
          {t('webhooks.remove')}
        </Button>
      </div>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('webhooks.calls')}</summary>
        {open && <CallLog endpointId={id} enabled={enabled} />}
      </details>
      {asked === 'rotate' && <RotateDialog endpoint={endpoint} onSecret={onSecret} onClose={() => setAsked(null)} />}
      {asked === 'remove' && <RemoveDialog endpoint={endpoint} onClose={() => setAsked(null)} />}
    </>
  );
}

function RotateDialog({ endpoint: { id, url }, onSecret, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, rotate] = useMutation(RotateWebhookSecretDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('webhooks.rotate')}
      text={t('webhooks.rotateText')}
      button={t('webhooks.rotate')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => rotate({ id })).then((result) => {
          if (!result?.data) return;
          onClose();
          onSecret(result.data.rotateWebhookSecret.secret);
        })
      }
    >
      <p className="card-name" dir="ltr">
        {url}
      </p>
    </ConfirmForm>
  );
}

function RemoveDialog({ endpoint: { id, url }, onClose }: Pick<Props, 'endpoint'> & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, remove] = useMutation(DeleteWebhookEndpointDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('webhooks.removeTitle')}
      text={t('webhooks.removeText')}
      button={t('webhooks.remove')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() => void ask(() => remove({ id })).then((result) => result && onClose())}
    >
      <p className="card-name" dir="ltr">
        {url}
      </p>
    </ConfirmForm>
  );
}
