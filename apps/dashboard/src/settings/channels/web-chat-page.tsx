import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Link, useLocation } from 'wouter';
import {
  CreateWebChatDocument,
  UpdateWebChatDocument,
  type ChannelPartsFragment,
  type WebChatPartsFragment,
} from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { useAskIn } from '../../ui/ask.js';
import { CheckField, TextField } from '../../ui/field.js';
import { notify } from '../../ui/notices.js';
import { SettingsForm } from '../settings-form.js';
import { BackToChannels } from './channel-page.js';
import { domainsOf } from './domain-lines.js';
import { PolicyNote } from './policy-note.js';
import { inReadersWords } from './refusal-words.js';
import { type ChatDesign, changesOf, designFields, designOf, firstDesign } from './web-chat-design.js';
import { AskFields, DomainsField, FirstLookFields, LookFields } from './web-chat-fields.js';
import { IdentitySecret } from './web-chat-identity.js';
import { OnTheSite } from './web-chat-on-site.js';
import { WebChatPreview } from './web-chat-preview.js';

type WebChat = NonNullable<WebChatPartsFragment['webChat']>;

/** Makes a chat for a site; then there is a line to paste into the site, and more to set. */
export function NewWebChatPage() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [, create] = useMutation(CreateWebChatDocument);
  const { ask, busy, failure, errorOf } = useAskIn(inReadersWords, 'name', ...designFields);
  const [design, setDesign] = useState(firstDesign);
  const onDesign = (change: Partial<ChatDesign>) => setDesign({ ...design, ...change });
  return (
    <>
      <BackToChannels />
      <h1>{t('webChat.new')}</h1>
      <p className="lead">{t('webChat.lead')}</p>
      <Designer design={design} unsaved={false}>
        <SettingsForm
          mayChange
          busy={busy}
          failure={failure}
          tone="primary"
          button={t('webChat.make')}
          onSave={(word) => {
            const { greeting, accentColor, position } = design;
            const allowedDomains = domainsOf(word('allowedDomains'));
            const input = { name: word('name'), allowedDomains, greeting, accentColor, position };
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
          <DomainsField errorOf={errorOf} />
          <FirstLookFields design={design} onDesign={onDesign} errorOf={errorOf} />
          <p className="hint">{t('webChat.later')}</p>
          <PolicyNote />
        </SettingsForm>
      </Designer>
    </>
  );
}

/** A form, and beside it what comes of it. */
function Designer({ design, unsaved, children }: { design: ChatDesign; unsaved: boolean; children: ReactNode }) {
  return (
    <div className="designer">
      {children}
      <WebChatPreview design={design} unsaved={unsaved} />
    </div>
  );
}

interface SettingsProps {
  channel: ChannelPartsFragment;
  webChat: WebChat;
}

/** A chat that is there: how it comes onto the site, how it looks, what it asks, where it is shown, and who a visitor is. */
export function WebChatSettingsForm({ channel, webChat }: SettingsProps) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateWebChatDocument);
  const { ask, busy, failure, errorOf } = useAskIn(inReadersWords, ...designFields);
  const saved = designOf(webChat);
  const [design, setDesign] = useState(saved);
  const onDesign = (change: Partial<ChatDesign>) => setDesign({ ...design, ...change });
  const fields = { design, onDesign, errorOf };
  const save = (allowedDomains: string[]) =>
    ask(() => update({ input: { id: channel.id, allowedDomains, ...changesOf(saved, design) } })).then((result) => {
      if (!result) return;
      // The server has drawn the picture anew, and has cleaned what was written.
      const kept = result.data?.updateWebChat.webChat;
      if (kept) setDesign(designOf(kept));
      notify(t('action.saved'));
    });
  return (
    <>
      <OnTheSite webChat={webChat} />
      <section className="wide">
        <h2>{t('webChat.settings')}</h2>
        <Designer design={design} unsaved={Object.keys(changesOf(saved, design)).length > 0}>
          <SettingsForm
            mayChange={mayAdminister}
            busy={busy}
            failure={failure}
            tone="primary"
            onSave={(word) => void save(domainsOf(word('allowedDomains')))}
          >
            <FirstLookFields {...fields} />
            <LookFields {...fields} />
            <AskFields {...fields} />
            <DomainsField domains={webChat.allowedDomains} errorOf={errorOf} />
            <div>
              <CheckField
                label={t('webChat.apps')}
                checked={design.allowApps}
                onChange={({ target }) => onDesign({ allowApps: target.checked })}
              />
              <p className="hint">{t('webChat.appsHint')}</p>
            </div>
            <p className="hint">
              {t('webChat.away')} <Link href="/settings/workspace">{t('webChat.toHours')}</Link>
            </p>
          </SettingsForm>
        </Designer>
      </section>
      {mayAdminister && <IdentitySecret channelId={channel.id} />}
    </>
  );
}
