import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.js';
import { EmptyState } from './states.js';

/** What is shown in place of a page that cannot be drawn: never nothing. */
export class BrokenPage extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <LoadAgain /> : this.props.children;
  }
}

function LoadAgain() {
  const { t } = useTranslation();
  return (
    <main className="alone" role="alert">
      <EmptyState
        icon="alert"
        title={t('broken.title')}
        text={t('broken.text')}
        action={
          <Button tone="primary" onClick={() => location.reload()}>
            {t('broken.again')}
          </Button>
        }
      />
    </main>
  );
}
