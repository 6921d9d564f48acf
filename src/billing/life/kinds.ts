/** The kind of job that mails owners what they should know of their plan. */
export const billingMails = 'billing-mails';
/** The kind of job that looks at everything of a plan once a day. */
export const reconcileBilling = 'reconcile-billing';
