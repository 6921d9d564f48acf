import { sql } from '../../platform/database/index.js';
import type { Moving } from '../../platform/personal-data/index.js';
import { forgetWords, keptMonths } from '../intake/closed-request.js';

/** How the tables of this module travel with a workspace. */
export const privacyMoving: Moving = {
  erasures: { stays: 'counts of what was erased here; the receipts that prove it are of this deployment too' },
  legal_holds: { carried: 'workspace_id id contact_id reason placed_at released_at' },
  privacy_codes: { stays: 'digests of codes under a key of this deployment; the next one makes its own' },
  privacy_requests: {
    carried:
      'workspace_id id kind origin status code language law on_behalf_of minor received_at due_at extended_until notice_sent_at verified_at completed_at details contact_ids',
    left: {
      proof_hash: 'a link of this deployment, by mail; another is sent where it is needed',
      proof_until: 'a link of this deployment',
      erasure_id: 'of an erasure whose receipt is kept here',
    },
    sealed: { details: withoutCopy },
    afterwards: sql`
      select schedule_work(array_agg(kind), array_agg(id), array_agg(at), '{}'::text[])
        from (select 'remind-of-privacy-request'::text as kind, id, due_at - interval '5 days' as at
                from privacy_requests where status not in ('COMPLETED', 'REJECTED')
              union all
              select ${forgetWords}::text, id, completed_at + make_interval(months => ${keptMonths}::int)
                from privacy_requests where completed_at is not null) work
      having count(*) > 0`,
  },
  subject_exports: { stays: 'copies that people can fetch here for some days; they ask for another' },
};

/** A copy that was being made stays behind, so it has to be begun again. */
function withoutCopy(text: string): string {
  const { exportBegun: _, ...details } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(details);
}
