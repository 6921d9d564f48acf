import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SourcePartsFragment } from '../inbox/types.js';
import { OutsideLink } from '../ui/customer-text.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { sentencesOfPassage } from './source-sentences.js';

interface Props {
  source: SourcePartsFragment;
  /** What rests on it. */
  text: string;
  onClose: () => void;
}

/** The passage that an answer rests on, as it stood then, with what of it the answer says marked. */
export function SourceDialog({ source, text, onClose }: Props) {
  const { t } = useTranslation();
  const sentences = sentencesOfPassage(source.passage, text);
  return (
    <Dialog title={source.title} onClose={onClose} wide>
      <div className="stack">
        {source.internal && (
          <p className="draft-warning">
            <Icon name="lock" size={16} /> {t('suggestion.internalSource')}
          </p>
        )}
        <blockquote className="passage customer-text" dir="auto" tabIndex={0} aria-label={t('suggestion.passage')}>
          {sentences.map((sentence, index) =>
            sentence.used ? <mark key={index}>{sentence.text}</mark> : <span key={index}>{sentence.text}</span>,
          )}
        </blockquote>
        <p className="hint">
          {t(sentences.some(({ used }) => used) ? 'suggestion.passageMarked' : 'suggestion.passageHint')}
        </p>
        <p className="button-row">
          <Link className="button plain small" href="/settings/knowledge" onClick={onClose}>
            {t('suggestion.toKnowledge')}
          </Link>
          {source.url && <OutsideLink href={source.url}>{source.url}</OutsideLink>}
        </p>
      </div>
    </Dialog>
  );
}
