/** A sentence with its `{names}` filled in. */
export function fillIn(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/gu, (_whole, name: string) => values[name] ?? '–');
}

/**
 * Finds the reason behind a sentence that was kept, whatever it was filled in with; null for words of anybody else. So what
 * is on record in English can be said in a reader's own words.
 */
export function reasonFinder(sentences: Readonly<Record<string, string>>): (sentence: string | null) => string | null {
  const patterns = Object.entries(sentences).map(([reason, words]) => {
    const parts = words.split(/\{\w+\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    return [reason, new RegExp(`^${parts.join('[^]*')}$`, 'u')] as const;
  });
  return (sentence) =>
    sentence === null ? null : (patterns.find(([, pattern]) => pattern.test(sentence))?.[0] ?? null);
}
