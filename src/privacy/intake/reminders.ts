/** The kind of job that reminds members of a request; the row's id is the request's. */
export const remindOfRequest = 'remind-of-privacy-request';

/** The kind of job that reminds the operator of a request that no workspace owns. */
export const remindOperator = 'remind-operator-of-privacy-request';

/** So many days before one is due it begins. */
export const reminderDays = 5;
