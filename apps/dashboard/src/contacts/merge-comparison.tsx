import { useTranslation } from 'react-i18next';
import { contactName } from '../inbox/words.js';
import type { OpenContact } from './contact-details.js';
import { fieldsOf, wordsOfValue } from './custom-values.js';
import { languageName } from './language-names.js';
import { mergedPreview, type Mergeable } from './merged-preview.js';

interface Props {
  keep: OpenContact;
  merged: OpenContact;
}

/** Two contacts beside one another, and what they would be together. On a phone each stands under the other. */
export function MergeComparison({ keep, merged }: Props) {
  const { t, i18n } = useTranslation();
  const rows: [label: string, read: (of: Mergeable) => readonly string[]][] = [
    [t('customer.name'), ({ name }) => (name ? [name] : [])],
    [t('customer.identities'), ({ identities }) => identities.map(({ handle, externalId }) => handle ?? externalId)],
    [t('customer.emails'), ({ emails }) => emails],
    [t('customer.phones'), ({ phones }) => phones],
    [t('customer.language'), ({ language }) => (language ? [languageName(language, i18n.language)] : [])],
    [t('customer.tags'), ({ tags }) => tags],
    [
      t('customer.fields'),
      ({ customFields }) =>
        fieldsOf(customFields).map(([name, value]) => `${name}: ${wordsOfValue(value, i18n.language, t)}`),
    ],
    [
      t('customer.flags'),
      (of) =>
        (['blocked', 'automationObjected', 'processingRestricted'] as const)
          .filter((flag) => of[flag])
          .map((flag) => t(`customer.${flag}`)),
    ],
  ];
  const columns: [string, Mergeable][] = [
    [t('customer.kept', { name: contactName(keep, t) }), keep],
    [t('customer.joins', { name: contactName(merged, t) }), merged],
    [t('customer.result'), mergedPreview(keep, merged)],
  ];
  const shown = rows.filter(([, read]) => columns.some(([, of]) => read(of).length > 0));
  return (
    <div className="comparison">
      {columns.map(([title, of], index) => (
        <section key={title} className={index === 2 ? 'result-column' : undefined}>
          <h3 dir="auto">{title}</h3>
          <dl>
            {shown.map(([label, read]) => {
              const values = read(of);
              return (
                <div key={label} className={values.length === 0 ? 'nothing' : undefined}>
                  <dt>{label}</dt>
                  <dd>
                    {values.length === 0 ? (
                      <span className="hint">{t('customer.unknown')}</span>
                    ) : (
                      values.map((value) => (
                        <bdi key={value} className="value">
                          {value}
                        </bdi>
                      ))
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
