/** What is said in several sources is found once: the first of those that say the same. */
export function onceEach<Found extends { readonly row: { readonly question: string | null; readonly text: string } }>(
  found: readonly Found[],
): Found[] {
  const seen = new Set<string>();
  return found.filter(({ row }) => {
    const said = JSON.stringify(
      [row.question, row.text].map((words) => words?.replace(/\s+/gu, ' ').trim().toLowerCase()),
    );
    if (seen.has(said)) return false;
    seen.add(said);
    return true;
  });
}
