import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RotateWebChatSecretDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField } from '../../ui/field.js';
import { FailureNote } from '../../ui/states.js';
import { type ServerLanguage, identifyExample, identityExamples } from './web-chat-examples.js';
import { Snippet } from './web-chat-on-site.js';

/** The secret is shown once, at the moment it is made; making one ends what the one before proved. */
export function IdentitySecret({ channelId }: { channelId: string }) {
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
      <Examples />
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

/** What the site's server computes, and what its page says with it. */
function Examples() {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<ServerLanguage>('Node.js');
  return (
    <details className="by-hand">
      <summary>{t('identity.title')}</summary>
      <div className="stack">
        <p>{t('identity.server')}</p>
        <SelectField
          label={t('identity.language')}
          value={language}
          onChange={({ target }) => setLanguage(target.value as ServerLanguage)}
        >
          {Object.keys(identityExamples).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <Snippet label={t('identity.server')} text={identityExamples[language]} />
        <p>{t('identity.page')}</p>
        <Snippet label={t('identity.page')} text={identifyExample} />
        <p className="hint">{t('identity.token')}</p>
      </div>
    </details>
  );
}
