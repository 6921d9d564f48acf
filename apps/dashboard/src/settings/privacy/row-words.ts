import type { TFunction } from 'i18next';

/** What the server's sentences of grounds are called here. */
const grounds = {
  late: 'Legitimate interest (GDPR 6(1)(f)): keyed digests by which a late delivery is dropped.',
  record: 'Accountability (GDPR 5(2)): the record of the deletion, with counts and times alone.',
} as const satisfies Readonly<Record<string, string>>;

/** What some rows are, in the reader's language; by the name of their table where there are no words for it. */
export function rowWords(what: string, t: TFunction): string {
  const [table = what] = what.split(':');
  return t(`erasedRows.${table}`, { defaultValue: what });
}

/** On which ground they are kept; a ground that is not known here is told as it came. */
export function groundWords(basis: string, t: TFunction): string {
  const known = Object.entries(grounds).find(([, sentence]) => sentence === basis)?.[0];
  return known === undefined ? basis : t(`erasedGround.${known}`);
}
