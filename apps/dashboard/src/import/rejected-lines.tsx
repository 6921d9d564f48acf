import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadImportQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { regionOf } from '../ui/time.js';

type Import = NonNullable<LeadImportQuery['leadImport']>;
type Result = NonNullable<Import['result']>;

const atOnce = 50;

/** The lines of a file that became no lead, each with why; and the way to put them right and bring them again. */
export function RejectedLines({ one, result }: { one: Import; result: Result }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const [most, setMost] = useState(atOnce);
  const { rejected, rejectedCount } = result;
  if (rejectedCount === 0) return null;
  const line = new Intl.NumberFormat(regionOf(i18n.language), { useGrouping: false });
  return (
    <section>
      <h2>{t('leadImport.rejectedLines')}</h2>
      <p>{t(one.fileId ? 'leadImport.rejectedHint' : 'leadImport.rejectedGone')}</p>
      {one.fileId && (
        <p>
          <a
            className="button plain small"
            href={`/exports/imports/${one.id}/rejected.csv?workspace=${workspace.id}`}
            download
          >
            {t('leadImport.saveRejected')}
          </a>
        </p>
      )}
      <table className="column-table rejected-lines">
        <thead>
          <tr>
            <th scope="col">{t('leadImport.line')}</th>
            <th scope="col">{t('leadImport.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rejected.slice(0, most).map((rejection) => (
            <tr key={rejection.line}>
              <th scope="row">{line.format(rejection.line)}</th>
              <td dir="auto">
                {t(`leadImport.rejection.${rejection.code}`, {
                  column: rejection.column ?? '',
                  // Of another version of the server.
                  defaultValue: rejection.reason,
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rejected.length > most && <Button onClick={() => setMost(most + atOnce * 4)}>{t('action.more')}</Button>}
      {rejected.length <= most && rejectedCount > rejected.length && (
        <p className="hint">{t('leadImport.rejectedMore', { shown: rejected.length })}</p>
      )}
    </section>
  );
}
