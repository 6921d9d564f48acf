import type { Billing } from './use-billing.js';

/** What was ordered in this tab before it went to the merchant. */
export interface Ordered {
  readonly plan: string;
  readonly addOns: readonly string[];
}

const nameOf = (workspaceId: string) => `parley.ordered.${workspaceId}`;

export function rememberOrder(workspaceId: string, ordered: Ordered): void {
  try {
    sessionStorage.setItem(nameOf(workspaceId), JSON.stringify(ordered));
  } catch {
    // Blocked storage: that something is paid for is all that can be waited for.
  }
}

export function forgetOrder(workspaceId: string): void {
  try {
    sessionStorage.removeItem(nameOf(workspaceId));
  } catch {
    // Blocked storage kept nothing.
  }
}

export function orderedBefore(workspaceId: string): Ordered | null {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(workspaceId)) ?? 'null') as Ordered | null;
  } catch {
    return null;
  }
}

/**
 * How far an order has come: `waits` until the merchant has told us; `plan` where the plan is on and add-ons are not, which
 * some merchants sell one by one; `done`.
 */
export function progressOf(billing: Billing, ordered: Ordered | null): 'waits' | 'plan' | 'done' {
  const { provider, live, plan, addOns } = billing;
  if (provider === null || !live || (ordered !== null && plan.code !== ordered.plan)) return 'waits';
  return ordered === null || ordered.addOns.every((code) => addOns.includes(code)) ? 'done' : 'plan';
}
