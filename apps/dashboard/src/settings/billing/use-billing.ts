import { useQuery } from 'urql';
import { BillingDocument, type BillingPartsFragment } from '../../api/documents.js';

export type Billing = BillingPartsFragment;

/** How the workspace stands with its plan; null until that is known. */
export function useBilling(): Billing | null {
  const [{ data }] = useQuery({ query: BillingDocument });
  return data?.billing ?? null;
}
