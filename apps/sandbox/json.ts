/** What a JSON object is before anyone has looked inside. */
export type Obj = Record<string, unknown>;

/** The value as an object, or undefined: never an array, never null. */
export function obj(value: unknown): Obj | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Obj) : undefined;
}

/** The value as a list of objects; anything else in it is dropped. */
export function objs(value: unknown): Obj[] {
  return Array.isArray(value) ? value.map(obj).filter((item) => item !== undefined) : [];
}

/** The value as text; numbers count, because ids arrive as both. */
export function str(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** The value as a finite number. */
export function num(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** A list of texts. */
export function strs(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item) => str(item) ?? []) : [];
}

/** The object without its undefined members, as they never travel. */
export function compact<T extends Obj>(value: T): Obj {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
