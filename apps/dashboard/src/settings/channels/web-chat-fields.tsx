import { useTranslation } from 'react-i18next';
import type { WidgetPosition } from '../../api/documents.js';
import { SelectField, TextArea, TextField } from '../../ui/field.js';

export interface ChatLook {
  accentColor: string;
  position: WidgetPosition;
}

/** The server's own names of the fields, so that its refusals find their place. */
export const chatFields = ['allowedDomains', 'greeting', 'accentColor', 'position'];

interface Props {
  look: ChatLook;
  onLook: (look: ChatLook) => void;
  errorOf: (field: string) => string | undefined;
  domains?: readonly string[];
  greeting?: string;
}

/** Where a chat is shown, its first words, its colour and corner, with a picture of it. */
export function WebChatFields({ look, onLook, errorOf, domains = [], greeting = '' }: Props) {
  const { t } = useTranslation();
  return (
    <>
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
      <TextArea
        label={t('webChat.greeting')}
        hint={t('webChat.greetingHint')}
        name="greeting"
        rows={2}
        dir="auto"
        maxLength={500}
        defaultValue={greeting}
        error={errorOf('greeting')}
      />
      <div className="look-fields">
        <TextField
          label={t('webChat.color')}
          type="color"
          value={look.accentColor}
          onChange={(event) => onLook({ ...look, accentColor: event.target.value })}
          error={errorOf('accentColor')}
        />
        <SelectField
          label={t('webChat.position')}
          value={look.position}
          onChange={(event) => onLook({ ...look, position: event.target.value as WidgetPosition })}
          error={errorOf('position')}
        >
          <option value="RIGHT">{t('webChat.right')}</option>
          <option value="LEFT">{t('webChat.left')}</option>
        </SelectField>
        <ChatPicture look={look} />
      </div>
    </>
  );
}

/** A drawn page with the chat's button in its corner. By attributes: the page's policy takes no inline style. */
function ChatPicture({ look: { accentColor, position } }: { look: ChatLook }) {
  const x = position === 'LEFT' ? 16 : 104;
  return (
    <svg className="chat-picture" width="120" height="76" viewBox="0 0 120 76" aria-hidden="true" focusable="false">
      <rect className="chat-picture-page" x="0.5" y="0.5" width="119" height="75" rx="6" />
      <path className="chat-picture-lines" d="M14 18h60M14 28h78M14 38h48" />
      <circle cx={x} cy="60" r="10" fill={accentColor} />
    </svg>
  );
}
