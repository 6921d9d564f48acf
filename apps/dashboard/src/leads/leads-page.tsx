import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import { useWorkspace } from '../session/workspace.js';
import { IconButton } from '../ui/button.js';
import { DownloadLink } from '../ui/download-link.js';
import { Icon } from '../ui/icon.js';
import { part } from '../ui/part.js';
import { leadsFileAddress } from './export-address.js';
import { LeadBoard } from './lead-board.js';
import { countLeadFilters, noLeadFilters } from './lead-filters.js';
import { LeadList } from './lead-list.js';
import { LeadPane } from './lead-pane.js';
import { LeadsHead } from './leads-head.js';
import { useLeadsPlace } from './use-leads-place.js';

const AssignmentDialog = part(() => import('./assignment-dialog.js'));
const CreateLeadDialog = part(() => import('./create-lead-dialog.js'));

/** Who is interested: on a board or in a list, and one of them beside it. The address keeps all of it. */
export default function LeadsPage() {
  const { t } = useTranslation();
  const { workspace, mayWrite, mayAdminister } = useWorkspace();
  const { leadId } = useParams();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState<'create' | 'assignment' | null>(null);
  const { filters, filter, layout, to, narrow, layOut } = useLeadsPlace(leadId);
  const create = mayWrite ? () => setOpen('create') : null;
  useActions({ ...(create ? { newLead: create } : {}), ...(leadId ? { back: () => navigate(to()) } : {}) });
  const Shown = layout === 'board' ? LeadBoard : LeadList;
  return (
    <main className="leads" id="content" tabIndex={-1} data-shown={leadId ? 'one' : 'all'}>
      <h1 className="visually-hidden">{t('nav.leads')}</h1>
      <section className="leads-all" aria-label={t('nav.leads')}>
        <LeadsHead filters={filters} layout={layout} onFilters={narrow} onLayout={layOut} onCreate={create}>
          {mayWrite && (
            <>
              <Link
                href="/leads/import"
                className="icon-button"
                aria-label={t('leadImport.title')}
                title={t('leadImport.title')}
              >
                <Icon name="upload" />
              </Link>
              <DownloadLink
                href={leadsFileAddress(workspace.id, filter)}
                className="icon-button"
                aria-label={t('leadImport.export')}
                title={t('leadImport.export')}
              >
                <Icon name="download" />
              </DownloadLink>
            </>
          )}
          {mayAdminister && (
            <IconButton icon="people" label={t('leads.assignment')} onClick={() => setOpen('assignment')} />
          )}
        </LeadsHead>
        <Shown
          filter={filter}
          selectedId={leadId}
          to={to}
          onClear={countLeadFilters(filters) > 0 ? () => narrow(noLeadFilters) : null}
          onCreate={create}
        />
      </section>
      {leadId && <LeadPane key={leadId} leadId={leadId} backTo={to()} onGone={() => navigate(to())} />}
      <Suspense fallback={null}>
        {open === 'assignment' && <AssignmentDialog onClose={() => setOpen(null)} />}
        {open === 'create' && (
          <CreateLeadDialog
            onClose={() => setOpen(null)}
            onCreated={(id) => {
              setOpen(null);
              navigate(to(id));
            }}
          />
        )}
      </Suspense>
    </main>
  );
}
