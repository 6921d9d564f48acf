import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WidgetAsk, WidgetPosition, WidgetTheme } from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { CheckField, SelectField, TextArea, TextField } from '../../ui/field.js';
import { ColourReading } from './colour-reading.js';
import { drawLogo, logoTypes } from './logo-picture.js';
import type { ChatDesign } from './web-chat-design.js';

export interface DesignProps {
  design: ChatDesign;
  onDesign: (change: Partial<ChatDesign>) => void;
  errorOf: (field: string) => string | undefined;
}

/** The sites that may show a chat. */
export function DomainsField({
  domains = [],
  errorOf,
}: {
  domains?: readonly string[];
  errorOf: DesignProps['errorOf'];
}) {
  const { t } = useTranslation();
  return (
    <TextArea
      label={t('webChat.domains')}
      hint={t('webChat.domainsHint')}
      name="allowedDomains"
      rows={3}
      required
      dir="ltr"
      spellCheck={false}
      defaultValue={domains.join('\n')}
      error={errorOf('allowedDomains')}
    />
  );
}

/** First words, colour and corner: what a chat is made with. */
export function FirstLookFields({ design, onDesign, errorOf }: DesignProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextArea
        label={t('webChat.greeting')}
        hint={t('webChat.greetingHint')}
        rows={2}
        dir="auto"
        maxLength={500}
        value={design.greeting}
        onChange={({ target }) => onDesign({ greeting: target.value })}
        error={errorOf('greeting')}
      />
      <div className="look-fields">
        <TextField
          label={t('webChat.color')}
          type="color"
          value={design.accentColor}
          onChange={({ target }) => onDesign({ accentColor: target.value })}
          error={errorOf('accentColor')}
        />
        <SelectField
          label={t('webChat.position')}
          value={design.position}
          onChange={({ target }) => onDesign({ position: target.value as WidgetPosition })}
          error={errorOf('position')}
        >
          <option value="RIGHT">{t('webChat.right')}</option>
          <option value="LEFT">{t('webChat.left')}</option>
        </SelectField>
      </div>
      <ColourReading color={design.accentColor} />
    </>
  );
}

/** The rest of how it looks. */
export function LookFields({ design, onDesign, errorOf }: DesignProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="pair-fields">
        <SelectField
          label={t('webChat.theme')}
          value={design.theme}
          onChange={({ target }) => onDesign({ theme: target.value as WidgetTheme })}
          error={errorOf('theme')}
        >
          <option value="AUTO">{t('webChat.auto')}</option>
          <option value="LIGHT">{t('webChat.light')}</option>
          <option value="DARK">{t('webChat.dark')}</option>
        </SelectField>
        <TextField
          label={t('webChat.radius', { pixels: design.radius })}
          type="range"
          min={0}
          max={24}
          value={design.radius}
          onChange={({ target }) => onDesign({ radius: Number(target.value) })}
          error={errorOf('radius')}
        />
      </div>
      <LogoField design={design} onDesign={onDesign} errorOf={errorOf} />
      <CheckField
        label={t('webChat.branding')}
        checked={design.showBranding}
        onChange={({ target }) => onDesign({ showBranding: target.checked })}
      />
    </>
  );
}

/** The picture at its top. It is drawn small here, so that whatever is chosen can be sent. */
function LogoField({ design, onDesign, errorOf }: DesignProps) {
  const { t } = useTranslation();
  const id = useId();
  const [refused, setRefused] = useState(false);
  const error = refused ? t('webChat.logoRefused') : errorOf('logo');
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const logo = await drawLogo(file);
    setRefused(logo === null);
    if (logo !== null) onDesign({ logo });
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('webChat.logo')}</label>
      <div className="logo-field">
        {design.logo.startsWith('data:image/') && <img src={design.logo} alt={t('webChat.logoShown')} />}
        <input
          id={id}
          type="file"
          accept={logoTypes}
          aria-describedby={`${id}-hint${error === undefined ? '' : ` ${id}-error`}`}
          aria-invalid={error === undefined ? undefined : true}
          onChange={({ target }) => {
            void take(target.files?.[0]);
            // The same file can be chosen again after another.
            target.value = '';
          }}
        />
        {design.logo !== '' && (
          <Button size="small" onClick={() => onDesign({ logo: '' })}>
            {t('webChat.logoAway')}
          </Button>
        )}
      </div>
      <p className="hint" id={`${id}-hint`}>
        {t('webChat.logoHint')}
      </p>
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

const asks = ['askName', 'askEmail', 'askQuestion'] as const;

/** What a visitor is asked before the first message. */
export function AskFields({ design, onDesign, errorOf }: DesignProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="picks">
      <legend>{t('webChat.ask')}</legend>
      <p className="hint">{t('webChat.askHint')}</p>
      <div className="ask-fields">
        {asks.map((name) => (
          <SelectField
            key={name}
            label={t(`webChat.${name}`)}
            value={design[name]}
            onChange={({ target }) => onDesign({ [name]: target.value as WidgetAsk })}
            error={errorOf(name)}
          >
            {(['OFF', 'OPTIONAL', 'REQUIRED'] as const).map((ask) => (
              <option key={ask} value={ask}>
                {t(`webChat.is.${ask}`)}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
    </fieldset>
  );
}
