/** Reads what stands in a form's text fields, without the space around it. */
export function formWords(element: HTMLFormElement): (name: string) => string {
  return (name) => secretOf(element, name).trim();
}

/** What stands in a field as it was typed: a password may begin or end with a space. */
export function secretOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
