import { fold } from '../ui/fold.js';

interface Mentionable {
  id: string;
  user: { name: string };
}

/** What a person looks for after an at sign at the end of what they have written, or null where they just write. */
export function mentionQuery(text: string): string | null {
  const match = /(?:^|\s)@([^@\n]{0,40})$/u.exec(text);
  const word = match?.[1] ?? null;
  // A space ends it, unless the name goes on behind it.
  return word !== null && /\s\S*\s/u.test(word) ? null : word;
}

/** Those whose name has a word that begins so. */
export function matchMembers<M extends Mentionable>(members: readonly M[], query: string, most = 6): M[] {
  const wanted = fold(query);
  return members.filter(({ user }) => ` ${fold(user.name)}`.includes(` ${wanted}`)).slice(0, most);
}

/** The text with the name in place of what was typed of it. */
export function withMention(text: string, name: string): string {
  return text.replace(/@[^@\n]{0,40}$/u, `@${name} `);
}

/** Who is named in a note. */
export function mentionedIn<M extends Mentionable>(text: string, members: readonly M[]): string[] {
  return members.filter(({ user }) => user.name !== '' && text.includes(`@${user.name}`)).map(({ id }) => id);
}
