/** The kind of job that lets go of what a settled request said; the row's id is the request's. */
export const forgetWords = 'forget-words-of-request';

/**
 * Months for which what a settled request said is kept, as proof of what was asked and answered: the longest that one of the
 * laws asks for (California Code of Regulations, title 11, section 7101).
 */
export const keptMonths = 24;

/** When what it said goes. */
export function wordsEndAt(completedAt: Date): Date {
  const end = new Date(completedAt);
  end.setUTCMonth(end.getUTCMonth() + keptMonths);
  return end;
}
