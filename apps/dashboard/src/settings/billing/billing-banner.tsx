import { Suspense } from 'react';
import { withWords } from '../../i18n/index.js';
import { part } from '../../ui/part.js';
import { useNow } from '../../ui/time.js';
import { billingNews } from './billing-news.js';
import { useBilling } from './use-billing.js';

// Most days there is nothing to tell, and its words stay where they are.
const BillingNote = part(() => withWords(import('./billing-note.js')));

/** Says on every page that the plan stops soon, or has stopped. */
export function BillingBanner() {
  const billing = useBilling();
  const now = useNow(60_000);
  const news = billing && billingNews(billing, now);
  if (!news) return null;
  return (
    <Suspense fallback={null}>
      <BillingNote news={news} now={now} />
    </Suspense>
  );
}
