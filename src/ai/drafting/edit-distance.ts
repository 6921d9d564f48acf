const mostCells = 2_000_000;

/** How many characters a person changed (insertions, removals, replacements). For very long rewrites: in words, times five. */
export function editDistance(before: string, after: string): number {
  const [one, other] = withoutCommonEnds([...before], [...after]);
  if (one.length * other.length <= mostCells) return levenshtein(one, other);
  const [words, otherWords] = [before.split(/\s+/), after.split(/\s+/)];
  return words.length * otherWords.length <= mostCells
    ? levenshtein(words, otherWords) * 5
    : Math.max(before.length, after.length);
}

function withoutCommonEnds(one: readonly string[], other: readonly string[]): [readonly string[], readonly string[]] {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < one.length - start &&
    end < other.length - start &&
    one[one.length - 1 - end] === other[other.length - 1 - end]
  )
    end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

function levenshtein(one: readonly string[], other: readonly string[]): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, left] of one.entries()) {
    const next = [i + 1];
    for (const [j, right] of other.entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
