import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useWorkspace } from '../session/workspace.js';
import { uploadFile } from '../thread/upload.js';
import { TextField } from '../ui/field.js';
import { EarlierImports } from './earlier-imports.js';

/** As the server takes them. */
const mostBytes = 25_000_000;

/** The first step: a file is chosen, or dropped; it goes up at once. Below it what was imported before. */
export function ChooseTable() {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [over, setOver] = useState(false);
  const { upload, progress, refused } = useTableUpload();
  const take = (file: File | undefined) => file && progress === null && void upload(file);
  return (
    <>
      <p className="lead">{t('leadImport.lead')}</p>
      <form
        ref={form}
        className="drop-place"
        data-over={over || undefined}
        onSubmit={(event) => event.preventDefault()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <TextField
          label={t('leadImport.file')}
          hint={t('leadImport.fileHint', { most: mostBytes / 1_000_000 })}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          aria-disabled={progress !== null || undefined}
          onChange={({ target }) => {
            take(target.files?.[0]);
            // The same file may be chosen again, once it was put right.
            target.value = '';
          }}
          error={refused ?? undefined}
        />
        <div role="status">
          {progress !== null && (
            <>
              <p>{t('leadImport.uploading')}</p>
              <progress aria-label={t('leadImport.uploading')} value={progress} max={1} />
            </>
          )}
        </div>
      </form>
      <EarlierImports form={form} />
    </>
  );
}

/** Takes a file up, and goes to its columns; or says why it is not taken. */
function useTableUpload() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [, navigate] = useLocation();
  const [progress, setProgress] = useState<number | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const upload = async (file: File) => {
    // What is known before need not go up to be refused.
    if (file.size === 0) return setRefused(t('leadImport.noTable'));
    if (file.size > mostBytes) return setRefused(t('leadImport.large', { most: mostBytes / 1_000_000 }));
    setRefused(null);
    setProgress(0);
    const end = await uploadFile(file, workspace.id, setProgress, 'import').end;
    setProgress(null);
    if (end.kind === 'stored') return navigate(`/leads/import?file=${end.id}`);
    if (end.kind === 'failed') return setRefused(t('leadImport.notUploaded'));
    if (end.why === 'size') return setRefused(t('leadImport.large', { most: mostBytes / 1_000_000 }));
    setRefused(end.why === 'kind' ? t('leadImport.noTable') : end.message);
  };
  return { upload, progress, refused };
}
