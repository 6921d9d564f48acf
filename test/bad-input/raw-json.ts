/** JSON that a JavaScript value cannot say: `1e400`, a raw NUL, a key twice. */
export class Raw {
  constructor(readonly text: string) {}
}

/** An object's members as they are to be written, keys included; a key may come twice. */
export class Members {
  constructor(readonly entries: readonly (readonly [key: string, value: unknown])[]) {}
}

/** JSON text of a value that may hold raw parts. Keys are written as given, `__proto__` too. */
export function rawJson(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (value instanceof Members) return members(value.entries);
  if (Array.isArray(value)) return `[${value.map(rawJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) return members(Object.entries(value));
  return JSON.stringify(value) ?? 'null';
}

function members(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${rawJson(value)}`).join(',')}}`;
}
