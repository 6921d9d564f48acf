import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import type { AttachedFile } from './attached-files.js';
import { mostFiles } from './file-rules.js';
import { sizeWords } from './size-words.js';

interface Props {
  files: readonly AttachedFile[];
  onRemove: (key: string) => void;
  onRetry: (file: AttachedFile) => void;
}

/** What goes along with a reply: each file with how far it is, and what can be done about it. */
export function AttachedList({ files, onRemove, onRetry }: Props) {
  const { t, i18n } = useTranslation();
  if (files.length === 0) return null;
  const nameOf = (one: AttachedFile) => one.name ?? t('files.unnamed');
  return (
    <ul className="attached" aria-label={t('files.list')}>
      {files.map((one) => (
        <li key={one.key} className={one.state}>
          {one.preview && one.state !== 'refused' ? <img src={one.preview} alt="" /> : <Icon name="file" size={20} />}
          <span className="attached-words">
            <bdi>{nameOf(one)}</bdi>
            {one.state === 'uploading' ? (
              <progress value={one.progress} max={1} aria-label={t('files.uploading', { name: nameOf(one) })} />
            ) : (
              <span
                className={one.state === 'stored' ? 'hint' : 'field-error'}
                role={one.state === 'stored' ? undefined : 'alert'}
              >
                {one.state !== 'stored'
                  ? troubleWords(one, t, i18n.language)
                  : one.size !== null && sizeWords(one.size, i18n.language)}
              </span>
            )}
          </span>
          {one.state === 'failed' && (
            <button type="button" className="link-button" onClick={() => onRetry(one)}>
              {t('files.retry')}
            </button>
          )}
          <IconButton
            icon="close"
            label={t(one.state === 'uploading' ? 'files.cancel' : 'files.remove', { name: nameOf(one) })}
            onClick={() => onRemove(one.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function troubleWords({ problem }: AttachedFile, t: TFunction, language: string): string {
  if (!problem) return t('files.failed');
  if (problem.why === 'size') return t('files.tooLarge', { most: sizeWords(problem.most, language) });
  if (problem.why === 'kind') return t('files.wrongKind', { types: problem.types });
  if (problem.why === 'count') return t('files.tooMany', { most: mostFiles });
  return problem.message;
}
