import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { useLocation } from 'wouter';
import { ImportLeadsDocument, PreviewImportDocument, toApiFailure } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { FailureNote, Loading } from '../ui/states.js';
import { ColumnTable } from './column-table.js';
import { FirstRows } from './first-rows.js';
import { withPlan, type ImportPlan } from './import-plan.js';
import { ReadingChoices } from './reading-choices.js';
import type { ImportReading } from './reading.js';
import { StepTitle } from './step-title.js';
import { mappingOf, takenTwice } from './targets.js';

interface Props {
  fileId: string;
  /** What was chosen before, where somebody comes back to it. */
  plan: ImportPlan | null;
}

/** The second step: how the file is read, and what each of its columns becomes. Then it is tried, or imported. */
export function MapColumns({ fileId, plan }: Props) {
  const { t } = useTranslation();
  const [reading, setReading] = useState<ImportReading>({
    encoding: plan?.encoding ?? null,
    separator: plan?.separator ?? null,
  });
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(plan?.targets ?? {});
  const [{ data, error, fetching }, reload] = useQuery({
    query: PreviewImportDocument,
    variables: { fileId, ...reading },
    requestPolicy: 'cache-and-network',
  });
  const { begin, busy, failure } = useImport({ fileId, ...reading });
  const preview = error ? undefined : data?.previewImport;
  const columns = preview?.columns ?? [];
  const mapping = mappingOf(columns, chosen);
  const twice = takenTwice(Object.values(mapping));
  const start = (dryRun: boolean) => void begin(mapping, dryRun);
  return (
    <>
      <StepTitle>{t('leadImport.columns')}</StepTitle>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      <ReadingChoices reading={reading} found={preview ?? null} onChange={setReading} />
      {!preview && fetching && <Loading />}
      {preview && (
        <>
          <ColumnTable
            columns={columns}
            rows={preview.rows}
            mapping={mapping}
            twice={twice}
            onChange={(name, target) => setChosen({ ...chosen, [name]: target })}
          />
          <FirstRows columns={columns} rows={preview.rows} />
          {failure && <FailureNote failure={failure} />}
          <p className="hint">{t('leadImport.tryHint')}</p>
          <div className="button-row">
            <Button tone="primary" busy={busy} disabled={twice.size > 0} onClick={() => start(true)}>
              {t('leadImport.try')}
            </Button>
            <Button busy={busy} disabled={twice.size > 0} onClick={() => start(false)}>
              {t('leadImport.import')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** Begins the import of a file, and goes to where it is followed. */
export function useImport({ fileId, encoding, separator }: ImportReading & { fileId: string }) {
  const [, navigate] = useLocation();
  const [, importLeads] = useMutation(ImportLeadsDocument);
  const { ask, busy, failure } = useAsk();
  const begin = async (mapping: Readonly<Record<string, string>>, dryRun: boolean) => {
    const result = await ask(() => importLeads({ fileId, mapping, dryRun, encoding, separator }));
    const id = result?.data?.importLeads.id;
    if (!id) return;
    const plan = { fileId, encoding, separator, targets: mapping };
    navigate(`/leads/import/${id}`, { state: withPlan(plan) });
  };
  return { begin, busy, failure };
}
