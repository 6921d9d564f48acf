import { useTranslation } from 'react-i18next';
import type { SetUp } from './set-up.js';
import { SignUpForm } from './sign-up-form.js';

/** What a new server shows at every address until its owner is in. */
export default function SetUpPage({ setUp }: { setUp: SetUp }) {
  const { t } = useTranslation();
  return (
    <SignUpForm
      title={t('setUp.title')}
      lead={t('setUp.lead')}
      asksCode={setUp.state === 'code'}
      below={
        setUp.mailsToFolder && (
          <section className="set-up-note">
            <h2>{t('setUp.mailTitle')}</h2>
            <p>{t(setUp.mailFolder ? 'setUp.mailHere' : 'setUp.mailElsewhere')}</p>
            {setUp.mailFolder && (
              <p>
                <code dir="ltr">{setUp.mailFolder}</code>
              </p>
            )}
          </section>
        )
      }
    />
  );
}
