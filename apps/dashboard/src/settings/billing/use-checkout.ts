import { useMutation } from 'urql';
import { StartCheckoutDocument, type ApiFailure } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { useAsk } from '../../ui/ask.js';
import { safeHref } from '../../ui/safe-text.js';
import { rememberOrder } from './ordered.js';

export interface Checkout {
  readonly busy: boolean;
  readonly failure: ApiFailure | null;
  /** Orders a plan with add-ons, and goes where the server says: to the merchant, or back to our own page. */
  readonly go: (plan: string, addOns: readonly string[]) => void;
}

/** The way to the merchant. */
export function useCheckout(): Checkout {
  const { workspace } = useWorkspace();
  const [, start] = useMutation(StartCheckoutDocument);
  const { ask, busy, failure } = useAsk();
  const go = (plan: string, addOns: readonly string[]) =>
    void ask(() => start({ plan, addOns: [...addOns] })).then((result) => {
      const address = safeHref(result?.data?.startCheckout);
      if (address === null) return;
      rememberOrder(workspace.id, { plan, addOns });
      location.assign(address);
    });
  return { go, busy, failure };
}
