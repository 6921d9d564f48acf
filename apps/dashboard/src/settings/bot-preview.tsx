import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { PreviewReplyDocument, type BotPartsFragment, type PreviewReplyMutation } from '../api/documents.js';
import { RunParts } from '../thread/run-parts.js';
import { Sources } from '../thread/sources.js';
import { runErrorWords } from '../thread/draft-words.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { TextArea } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import { regionOf } from '../ui/time.js';

type Preview = PreviewReplyMutation['previewReply'];

/** So many characters the server takes. */
const longestText = 4_000;

/** Tries a bot before any customer meets it: what it would answer, from what, and all that is on record of it. */
export function BotPreview({ bot, onDone }: { bot: Pick<BotPartsFragment, 'id' | 'name'>; onDone: () => void }) {
  const { t } = useTranslation();
  const [{ data }, preview] = useMutation(PreviewReplyDocument);
  const { ask, busy, failure, errorOf } = useAsk('text');
  return (
    <>
      <h1>
        {t('botPreview.title')} <bdi>{bot.name}</bdi>
      </h1>
      <p className="lead">{t('botPreview.lead')}</p>
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const text = formWords(event.currentTarget)('text');
          void ask(() => preview({ botId: bot.id, text }));
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextArea
          label={t('botPreview.text')}
          name="text"
          rows={3}
          dir="auto"
          required
          maxLength={longestText}
          error={errorOf('text')}
        />
        <div className="button-row">
          <Button type="submit" tone="primary" busy={busy}>
            {t('botPreview.button')}
          </Button>
          <Button onClick={onDone}>{t('botPreview.back')}</Button>
        </div>
      </form>
      <div role="status" aria-live="polite">
        {busy && <p className="hint">{t('suggestion.looking')}</p>}
        {!busy && data && <Answer key={data.previewReply.id} preview={data.previewReply} />}
      </div>
    </>
  );
}

function Answer({ preview: { text, status, confidence, sources, run } }: { preview: Preview }) {
  const { t, i18n } = useTranslation();
  const share = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent', maximumFractionDigits: 0 });
  const failed = status === 'FAILED';
  return (
    <section className="card" aria-label={t(failed ? 'botPreview.none' : 'botPreview.answer')}>
      <h2>{t(failed ? 'botPreview.none' : 'botPreview.answer')}</h2>
      {failed ? (
        <p dir="auto">{run ? runErrorWords(run, t) : t('suggestion.none_nothing')}</p>
      ) : (
        <>
          <blockquote className="asked-words">
            <CustomerText text={text} />
          </blockquote>
          <p className="hint">
            {t(run?.provider === 'quote' ? 'suggestion.quoted' : 'suggestion.written')}
            {confidence !== null && <> · {t('botPreview.sure', { share: share.format(confidence) })}</>}
          </p>
          <Sources sources={sources} text={text} />
        </>
      )}
      {run && (
        <details>
          <summary>{t('suggestion.record')}</summary>
          <RunParts run={run} />
        </details>
      )}
    </section>
  );
}
