import { useTranslation } from 'react-i18next';
import type { WebChatPartsFragment } from '../../api/documents.js';
import { CopyButton } from '../../ui/copy-button.js';
import { npmExample } from './web-chat-examples.js';

/** Kits that sites are made with, each with its own place for a line of a stranger's. */
const builders = ['wordpress', 'shopify', 'wix', 'squarespace', 'webflow', 'tagManager'] as const;

/** The one line for the site, where it goes in the kits that people use, and the package for who builds with npm. */
export function OnTheSite({ webChat }: { webChat: NonNullable<WebChatPartsFragment['webChat']> }) {
  const { t } = useTranslation();
  const server = URL.parse(/src="([^"]+)"/.exec(webChat.embedSnippet)?.[1] ?? '')?.origin ?? location.origin;
  return (
    <section>
      <h2>{t('webChat.embed')}</h2>
      <p>{t('webChat.embedText')}</p>
      <Snippet label={t('webChat.embed')} text={webChat.embedSnippet} />
      <details className="by-hand">
        <summary>{t('builder.title')}</summary>
        <dl className="builders">
          {builders.map((name) => (
            <div key={name}>
              <dt>{t(`builder.name.${name}`)}</dt>
              <dd>{t(`builder.${name}`)}</dd>
            </div>
          ))}
        </dl>
      </details>
      <details className="by-hand">
        <summary>{t('builder.npm')}</summary>
        <p>{t('builder.npmText')}</p>
        <Snippet label={t('builder.npm')} text={npmExample(server, webChat.publicKey)} />
      </details>
    </section>
  );
}

/** Code that is to be copied as it stands. */
export function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <div className="stack">
      <pre className="snippet" tabIndex={0} aria-label={label} dir="ltr">
        <code>{text}</code>
      </pre>
      <div className="button-row">
        <CopyButton text={text} />
      </div>
    </div>
  );
}
