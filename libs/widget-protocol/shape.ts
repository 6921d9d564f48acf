/** Whether a value is what is wanted. */
export type Check = (value: unknown) => boolean;

/** Text of at most so many characters. */
export const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most;

export const flag: Check = (value) => typeof value === 'boolean';

/** A count that a person could have made. */
export const count: Check = (value) => Number.isInteger(value) && (value as number) >= 0;

/** Text like this. */
export const like =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

/** May be left out. */
export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object with these members, each as it should be, and with no others. */
export const shape =
  (members: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Object(value) === value &&
    Object.keys({ ...members, ...(value as object) }).every(
      (name) => Object.hasOwn(members, name) && members[name]?.((value as Record<string, unknown>)[name]),
    );

/**
 * A message with the mark of this protocol and its version, of a type that is listed here. Pages are full of messages of
 * others: what is not ours to the letter is nobody's.
 */
export const message =
  (types: Readonly<Record<string, Readonly<Record<string, Check>>>>): Check =>
  (value) => {
    const type = (value as { type?: string } | null | undefined)?.type as string;
    // It is a text too: what only turns into such a word is none.
    return (
      Object.hasOwn(types, type) && shape({ parley: (mark) => mark === 1, type: like(/./), ...types[type] })(value)
    );
  };
