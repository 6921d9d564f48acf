/** What the server takes, said before it is asked; it has the last word. */
const most = { name: 200, addresses: 20, tags: 20, tag: 50, fields: 50, fieldName: 60, fieldText: 2_000, note: 10_000 };

/** A problem as a key of words and what is filled in; null where there is none. */
export type Problem = { key: string; values?: Record<string, string | number> } | null;

const email = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/u;
const phone = /^\+?\d{4,17}$/u;

export function nameProblem(name: string): Problem {
  return name.trim().length > most.name ? tooLong(most.name) : null;
}

export function emailsProblem(emails: readonly string[]): Problem {
  const wrong = emails.find((one) => !email.test(one));
  if (wrong !== undefined) return { key: 'noEmail', values: { text: wrong } };
  return emails.length > most.addresses ? tooMany(most.addresses) : null;
}

export function phonesProblem(phones: readonly string[]): Problem {
  const wrong = phones.find((one) => !phone.test(one.replace(/[\s()./-]/gu, '')));
  if (wrong !== undefined) return { key: 'noPhone', values: { text: wrong } };
  return phones.length > most.addresses ? tooMany(most.addresses) : null;
}

/** `tag` is to join those that are there. */
export function tagProblem(tags: readonly string[], tag: string): Problem {
  if ([...tag].length > most.tag) return tooLong(most.tag);
  return !tags.includes(tag) && tags.length >= most.tags ? tooMany(most.tags) : null;
}

/** `name` is to be given to a field beside the others; a text of this length to its value. */
export function fieldProblem(others: readonly string[], name: string, text: string): Problem {
  if (name === '') return { key: 'noFieldName' };
  if (name.length > most.fieldName) return { key: 'nameTooLong', values: { most: most.fieldName } };
  if (others.includes(name)) return { key: 'fieldTwice' };
  if (others.length >= most.fields) return tooMany(most.fields);
  return text.length > most.fieldText ? tooLong(most.fieldText) : null;
}

export function noteProblem(text: string): Problem {
  return text.trim().length > most.note ? tooLong(most.note) : null;
}

function tooLong(count: number): Problem {
  return { key: 'tooLong', values: { most: count } };
}

function tooMany(count: number): Problem {
  return { key: 'tooMany', values: { most: count } };
}
