/** The parts of a lead that a column can become, in the order in which they are offered. */
export const leadParts = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'company',
  'message',
  'tags',
  'status',
  'createdAt',
] as const;

interface Column {
  readonly name: string;
  readonly target: string;
}

/** What each column becomes: as it was chosen, else as the server proposes. */
export function mappingOf(
  columns: readonly Column[],
  chosen: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.map(({ name, target }) => [name, Object.hasOwn(chosen, name) ? (chosen[name] ?? target) : target]),
  );
}

/** Those that more than one column is to become, though a lead has but one of each. */
export function takenTwice(targets: readonly string[]): ReadonlySet<string> {
  const single = targets.filter((target) => target !== 'ignore' && !target.startsWith('field:'));
  return new Set(single.filter((target, place) => single.indexOf(target) !== place));
}
