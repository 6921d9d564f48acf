const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of what a job holds the two ids that it is; anything else that somebody put there is not shown. */
export function idsOf(data: unknown): Record<string, string> {
  const held = (data ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    ['workspaceId', 'rowId'].flatMap((name) => {
      const value = held[name];
      return typeof value === 'string' && id.test(value) ? [[name, value]] : [];
    }),
  );
}

/** For `JSON.stringify`: a job that failed says by which kind of error. Its message and its trace may quote a row. */
export function withoutWords(name: string, value: unknown): unknown {
  if (name === 'failedReason')
    return typeof value === 'string' ? (/^[A-Z]\w*Error\b/.exec(value)?.[0] ?? 'Error') : value;
  return name === 'stacktrace' ? [] : value;
}
