import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { StartShopifyInstallDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { FailureNote } from '../../ui/states.js';
import { goToShopify } from './go-to-shopify.js';
import { storeDomain } from './store-domain.js';

/** Leads the owner of a store to Shopify, where they say yes. */
export function ConnectStore({ form }: { readonly form: RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation();
  const [, start] = useMutation(StartShopifyInstallDocument);
  const { ask, busy, failure, errorOf } = useAsk('domain');
  const [typed, setTyped] = useState('');
  const submit = () =>
    void ask(() => start({ domain: storeDomain(typed) })).then((result) =>
      goToShopify(result?.data?.startShopifyInstall),
    );
  return (
    <section>
      <h2>{t('shopify.connect')}</h2>
      <form
        ref={form}
        className="narrow-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('shopify.domain')}
          hint={t('shopify.domainHint')}
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={errorOf('domain')}
        />
        <Button type="submit" tone="primary" busy={busy}>
          {t('shopify.connect')}
        </Button>
      </form>
    </section>
  );
}
