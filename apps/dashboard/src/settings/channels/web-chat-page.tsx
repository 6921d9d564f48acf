import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Link, useLocation } from 'wouter';
import {
  CreateWebChatDocument,
  RotateWebChatSecretDocument,
  UpdateWebChatDocument,
  type ChannelPartsFragment,
  type WebChatPartsFragment,
} from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';
import { CheckField, TextField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { SettingsForm } from '../settings-form.js';
import { BackToChannels } from './channel-page.js';
import { domainsOf } from './domain-lines.js';
import { PolicyNote } from './policy-note.js';
import { type ChatLook, WebChatFields, chatFields } from './web-chat-fields.js';

type WebChat = NonNullable<WebChatPartsFragment['webChat']>;

const firstLook: ChatLook = { accentColor: '#2563eb', position: 'RIGHT' };

/** Makes a chat for a site; then there is a line to paste into the site. */
export function NewWebChatPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [, create] = useMutation(CreateWebChatDocument);
  const { ask, busy, failure, errorOf } = useAsk('name', ...chatFields);
  const [look, setLook] = useState(firstLook);
  return (
    <>
      <BackToChannels />
      <h1>{t('webChat.new')}</h1>
      <p className="lead">{t('webChat.lead')}</p>
      <SettingsForm
        mayChange
        busy={busy}
        failure={failure}
        tone="primary"
        button={t('webChat.make')}
        onSave={(word) => {
          const input = {
            name: word('name'),
            allowedDomains: domainsOf(word('allowedDomains')),
            greeting: word('greeting'),
            ...look,
          };
          void ask(() => create({ input })).then(
            (result) => result?.data && navigate(`/settings/channels/${result.data.createWebChat.id}`),
          );
        }}
      >
        <TextField
          label={t('channels.name')}
          hint={t('webChat.nameHint')}
          name="name"
          dir="auto"
          required
          error={errorOf('name')}
        />
        <WebChatFields look={look} onLook={setLook} errorOf={errorOf} />
        <PolicyNote />
      </SettingsForm>
    </>
  );
}

interface SettingsProps {
  channel: ChannelPartsFragment;
  webChat: WebChat;
}

/** A chat that is there: the line for the site, where and how it is shown, and the secret that proves who a visitor is. */
export function WebChatSettingsForm({ channel, webChat }: SettingsProps) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateWebChatDocument);
  const { ask, busy, failure, errorOf } = useAsk(...chatFields);
  const [look, setLook] = useState<ChatLook>({ accentColor: webChat.accentColor, position: webChat.position });
  const [showBranding, setShowBranding] = useState(webChat.showBranding);
  return (
    <>
      <section>
        <h2>{t('webChat.embed')}</h2>
        <p>{t('webChat.embedText')}</p>
        <pre className="snippet" tabIndex={0} aria-label={t('webChat.embed')}>
          <code>{webChat.embedSnippet}</code>
        </pre>
        <div className="button-row">
          <CopyButton text={webChat.embedSnippet} />
        </div>
      </section>
      <section>
        <h2>{t('webChat.settings')}</h2>
        <SettingsForm
          mayChange={mayAdminister}
          busy={busy}
          failure={failure}
          onSave={(word) => {
            const input = {
              id: channel.id,
              allowedDomains: domainsOf(word('allowedDomains')),
              greeting: word('greeting'),
              showBranding,
              ...look,
            };
            void ask(() => update({ input })).then((result) => result && notify(t('action.saved')));
          }}
        >
          <WebChatFields
            look={look}
            onLook={setLook}
            errorOf={errorOf}
            domains={webChat.allowedDomains}
            greeting={webChat.greeting}
          />
          <CheckField
            label={t('webChat.branding')}
            checked={showBranding}
            onChange={(event) => setShowBranding(event.target.checked)}
          />
        </SettingsForm>
        <p className="hint">
          {t('webChat.away')} <Link href="/settings/workspace">{t('webChat.toHours')}</Link>
        </p>
      </section>
      {mayAdminister && <IdentitySecret channelId={channel.id} />}
    </>
  );
}

/** The secret is shown once, at the moment it is made; making one ends what the one before proved. */
function IdentitySecret({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const [, rotate] = useMutation(RotateWebChatSecretDocument);
  const { ask, busy, failure } = useAsk();
  const [open, setOpen] = useState<'sure' | { secret: string } | null>(null);
  const make = () =>
    void ask(() => rotate({ id: channelId })).then(
      (result) => result?.data && setOpen({ secret: result.data.rotateWebChatSecret }),
    );
  return (
    <section>
      <h2>{t('webChat.secret')}</h2>
      <p>{t('webChat.secretLead')}</p>
      <Button onClick={() => setOpen('sure')}>{t('webChat.makeSecret')}</Button>
      {open === 'sure' && (
        <Dialog title={t('webChat.makeSecret')} onClose={() => setOpen(null)}>
          <div className="stack">
            <p>{t('webChat.secretEnds')}</p>
            {failure && <FailureNote failure={failure} />}
            <div className="button-row">
              <Button tone="primary" busy={busy} onClick={make}>
                {t('webChat.makeSecret')}
              </Button>
              <Button onClick={() => setOpen(null)}>{t('action.cancel')}</Button>
            </div>
          </div>
        </Dialog>
      )}
      {open !== null && open !== 'sure' && (
        <Dialog title={t('webChat.yourSecret')} onClose={() => setOpen(null)}>
          <div className="stack">
            <p>{t('webChat.secretText')}</p>
            <input
              className="secret"
              readOnly
              value={open.secret}
              aria-label={t('webChat.yourSecret')}
              onFocus={(event) => event.target.select()}
            />
            <CopyButton text={open.secret} />
          </div>
        </Dialog>
      )}
    </section>
  );
}
