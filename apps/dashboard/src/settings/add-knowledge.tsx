import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AddKnowledgeDocument, type KnowledgeKind } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { uploadFile } from '../thread/upload.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CheckField, TextArea, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';

const kinds = ['TEXT', 'FAQ', 'URL', 'FILE'] as const satisfies KnowledgeKind[];
/** What the server reads. */
const readable = '.pdf,.docx,.html,.htm,.md,.csv,.txt';
/** As the server takes them. */
const mostBytes = 25_000_000;
const unread = { code: 'BAD_USER_INPUT', field: 'fileId', requestId: null, retryAfter: null } as const;

interface Pair {
  question: string;
  answer: string;
}
const emptyPair: Pair = { question: '', answer: '' };

/** Adds something to answer from: a text, questions with their answers, a web page or the pages of a sitemap, a file. */
export function AddKnowledge({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<KnowledgeKind>('TEXT');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [faq, setFaq] = useState<Pair[]>([emptyPair]);
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [internal, setInternal] = useState(false);
  const { ask, busy, failure, errorOf, refuse } = useAsk('title', 'text', 'url', 'fileId');
  const upload = useUpload();
  const [, add] = useMutation(AddKnowledgeDocument);
  const pairs = faq.filter((pair) => pair.question.trim() && pair.answer.trim());
  const filled = { TEXT: text.trim() !== '', FAQ: pairs.length > 0, URL: url.trim() !== '', FILE: file !== null };
  const ready = title.trim() !== '' && filled[kind];
  const change = (index: number, part: Partial<Pair>) =>
    setFaq(faq.map((pair, place) => (place === index ? { ...pair, ...part } : pair)));
  const submit = async () => {
    if (!ready || busy) return;
    const common = { kind, title: title.trim(), internal };
    const done = await ask(async () => {
      if (kind === 'TEXT') return add({ input: { ...common, text: text.trim() } });
      if (kind === 'FAQ') return add({ input: { ...common, faq: pairs } });
      if (kind === 'URL') return add({ input: { ...common, url: url.trim() } });
      const stored = file && (await upload(file));
      if (stored?.kind === 'stored') return add({ input: { ...common, fileId: stored.id } });
      if (stored) refuse({ ...unread, message: stored.words });
      return null;
    });
    if (!done) return;
    setTitle('');
    setText('');
    setUrl('');
    setFile(null);
    setFaq([emptyPair]);
    notify(t('knowledge.added'));
  };
  return (
    <section>
      <h2>{t('knowledge.add')}</h2>
      <div className="segments" role="group" aria-label={t('knowledge.kind')}>
        {kinds.map((value) => (
          <button key={value} type="button" aria-pressed={kind === value} onClick={() => setKind(value)}>
            {t(`knowledgeKind.${value}`)}
          </button>
        ))}
      </div>
      <form
        ref={form}
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('knowledge.title')}
          dir="auto"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          error={errorOf('title')}
        />
        {kind === 'TEXT' && (
          <TextArea
            label={t('knowledge.text')}
            hint={t('knowledge.textHint')}
            dir="auto"
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
            error={errorOf('text')}
          />
        )}
        {kind === 'URL' && (
          <TextField
            label={t('knowledge.url')}
            hint={t('knowledge.urlHint')}
            type="url"
            dir="ltr"
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            error={errorOf('url')}
          />
        )}
        {kind === 'FILE' && (
          <TextField
            // An empty one: what was chosen cannot be taken out of a field of this kind.
            key={file === null ? 'none' : 'chosen'}
            label={t('knowledge.file')}
            hint={file?.name ?? t('knowledge.fileHint')}
            type="file"
            accept={readable}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            error={errorOf('fileId')}
          />
        )}
        {kind === 'FAQ' && (
          <>
            {faq.map((pair, index) => (
              <fieldset key={index} className="pair">
                <legend>{t('knowledge.pair', { number: index + 1 })}</legend>
                <TextField
                  label={t('knowledge.question')}
                  dir="auto"
                  value={pair.question}
                  onChange={(event) => change(index, { question: event.target.value })}
                />
                <TextArea
                  label={t('knowledge.answer')}
                  dir="auto"
                  rows={3}
                  value={pair.answer}
                  onChange={(event) => change(index, { answer: event.target.value })}
                />
                {faq.length > 1 && (
                  <Button size="small" tone="quiet" onClick={() => setFaq(faq.filter((_, place) => place !== index))}>
                    {t('knowledge.removePair')}
                  </Button>
                )}
              </fieldset>
            ))}
            <Button size="small" icon="plus" onClick={() => setFaq([...faq, emptyPair])}>
              {t('knowledge.addPair')}
            </Button>
          </>
        )}
        <CheckField
          label={t('knowledge.internalHint')}
          checked={internal}
          onChange={(event) => setInternal(event.target.checked)}
        />
        <Button type="submit" tone="primary" busy={busy} disabled={!ready}>
          {t('knowledge.add')}
        </Button>
      </form>
    </section>
  );
}

/** A file that is to be read goes up first, and is named by its id then; or it is said why it is not taken. */
function useUpload(): (file: File) => Promise<{ kind: 'stored'; id: string } | { kind: 'refused'; words: string }> {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const refused = (words: string) => ({ kind: 'refused' as const, words });
  const tooLarge = () => refused(t('knowledge.fileLarge', { most: mostBytes / 1_000_000 }));
  return async (file) => {
    // What is known before need not go up to be refused.
    if (file.size === 0) return refused(t('readingReason.NO_TEXT'));
    if (file.size > mostBytes) return tooLarge();
    const end = await uploadFile(file, workspace.id, () => undefined, 'knowledge').end;
    if (end.kind === 'stored') return end;
    if (end.kind === 'failed') return refused(t('knowledge.notUploaded'));
    if (end.why === 'size') return tooLarge();
    return refused(end.why === 'kind' ? t('readingReason.FILE_KIND') : end.message);
  };
}
