import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readingsOf } from '../../../../../libs/chat-colours/index.js';
import { SelectField } from '../../ui/field.js';
import { type ChatDesign, type PreviewChoices, previewOf } from './web-chat-design.js';

/** The languages that the chat itself speaks. */
const chatLanguages = ['en', 'tr', 'ar', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'ru'];

interface Props {
  design: ChatDesign;
  /** What is shown is not what visitors see yet. */
  unsaved: boolean;
}

/** The chat as visitors will see it: the real one, in a frame that knows of no server, told how to look. */
export function WebChatPreview({ design, unsaved }: Props) {
  const { t, i18n } = useTranslation();
  const [choices, setChoices] = useState<PreviewChoices>({
    device: 'desk',
    scheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    stage: 'first',
    locale: i18n.language.slice(0, 2),
  });
  const names = useMemo(() => new Intl.DisplayNames([i18n.language], { type: 'language' }), [i18n.language]);
  const choose = (change: Partial<PreviewChoices>) => setChoices({ ...choices, ...change });
  const { device, scheme, stage, locale } = choices;
  const shownScheme = design.theme === 'AUTO' ? scheme : design.theme.toLowerCase();
  return (
    <section className="chat-preview" aria-label={t('preview.title')}>
      <div className="preview-head">
        <h2>{t('preview.title')}</h2>
        {unsaved && <span className="chip warn">{t('preview.unsaved')}</span>}
      </div>
      <div className="preview-choices">
        <SelectField
          label={t('preview.device')}
          value={device}
          onChange={({ target }) => choose({ device: target.value as PreviewChoices['device'] })}
        >
          <option value="desk">{t('preview.desk')}</option>
          <option value="phone">{t('preview.phone')}</option>
        </SelectField>
        <SelectField
          label={t('preview.stage')}
          value={stage}
          onChange={({ target }) => choose({ stage: target.value as PreviewChoices['stage'] })}
        >
          <option value="first">{t('preview.first')}</option>
          <option value="talk">{t('preview.talk')}</option>
          <option value="away">{t('preview.away')}</option>
        </SelectField>
        <SelectField
          label={t('preview.scheme')}
          value={shownScheme}
          disabled={design.theme !== 'AUTO'}
          onChange={({ target }) => choose({ scheme: target.value as PreviewChoices['scheme'] })}
        >
          <option value="light">{t('webChat.light')}</option>
          <option value="dark">{t('webChat.dark')}</option>
        </SelectField>
        <SelectField
          label={t('preview.language')}
          value={locale}
          onChange={({ target }) => choose({ locale: target.value })}
        >
          {chatLanguages.map((tag) => (
            <option key={tag} value={tag}>
              {names.of(tag) ?? tag}
            </option>
          ))}
        </SelectField>
      </div>
      <Stage design={design} choices={choices} dark={shownScheme === 'dark'} />
      <p className="hint">{t('preview.text')}</p>
    </section>
  );
}

/** A page of nobody's with the chat in its corner. */
function Stage({ design, choices, dark }: { design: ChatDesign; choices: PreviewChoices; dark: boolean }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const { device, stage, locale, scheme } = choices;
  const shown = useMemo(() => {
    const sample = { question: t('preview.question'), answer: t('preview.answer') };
    return previewOf(design, { device, stage, locale, scheme }, sample);
  }, [design, device, stage, locale, scheme, t]);
  const last = useRef(shown);
  useEffect(() => {
    last.current = shown;
    tell(frame.current, shown);
  }, [shown]);
  // It says when it listens; it has no origin that it could be known by, but it is this frame and no other.
  useEffect(() => {
    const hear = ({ source, data }: MessageEvent<unknown>) => {
      const ready = (data as { type?: unknown } | null)?.type === 'ready';
      if (ready && source !== null && source === frame.current?.contentWindow) tell(frame.current, last.current);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, []);
  const classes = ['preview-stage', device, dark ? 'dark' : 'light', design.position === 'LEFT' ? 'left' : 'right'];
  const ink = readingsOf(design.accentColor).button.ink;
  return (
    <div className={classes.join(' ')}>
      <svg className="preview-page" aria-hidden="true" focusable="false">
        <path d="M24 34h150M24 62h240M24 84h220M24 106h180" />
      </svg>
      <iframe
        ref={frame}
        sandbox="allow-scripts"
        src="/widget/preview"
        title={t('preview.frame')}
        style={{ borderRadius: device === 'phone' ? 0 : design.radius }}
      />
      {device === 'desk' && (
        <svg className="preview-button" viewBox="0 0 56 56" aria-hidden="true" focusable="false">
          <circle cx="28" cy="28" r="28" fill={design.accentColor} />
          <path d="m19 24 9 9 9-9" fill="none" stroke={ink} strokeWidth="4" strokeLinecap="round" />
        </svg>
      )}
    </div>
  );
}

function tell(frame: HTMLIFrameElement | null, shown: ReturnType<typeof previewOf>): void {
  // Nothing in it is a secret: everybody who opens the chat sees it, once it is saved.
  frame?.contentWindow?.postMessage(shown, '*');
}
