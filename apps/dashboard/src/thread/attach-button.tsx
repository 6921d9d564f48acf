import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { acceptOf, type FileRule } from './file-rules.js';

/** Opens the browser's own picker; what is chosen is uploaded at once. */
export function AttachButton({ rules, onFiles }: { rules: readonly FileRule[]; onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button size="small" tone="quiet" className="compact" icon="clip" onClick={() => input.current?.click()}>
        {t('files.attach')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptOf(rules)}
        aria-label={t('files.attach')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was removed.
          event.target.value = '';
        }}
      />
    </>
  );
}
