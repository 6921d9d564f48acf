import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckField } from '../ui/field.js';

type Given = Omit<ComponentProps<typeof CheckField>, 'label'>;

/** Acceptance, with what is accepted one click away: in another tab, so that a half-filled form stays. */
export function PoliciesField(given: Given) {
  const { t, i18n } = useTranslation();
  const link = (kind: 'terms' | 'privacy', words: string) => (
    <a href={`/policies/${kind}?lang=${i18n.language}`} target="_blank" rel="noopener">
      {words}
    </a>
  );
  return (
    <CheckField
      {...given}
      label={
        <>
          {t('account.accept')}{' '}
          <span className="hint">
            {link('terms', t('policyKind.TERMS'))} · {link('privacy', t('policyKind.PRIVACY'))}
          </span>
        </>
      }
    />
  );
}
