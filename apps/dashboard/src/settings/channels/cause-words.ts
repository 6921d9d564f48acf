import type { TFunction } from 'i18next';

interface Named {
  id: string;
  user: { name: string };
}

const known = ['message', 'attachment', 'contact', 'delivery', 'job', 'disconnected', 'connected'];

/** What caused a use of a token, in words: members by name, the rest by what it was. The id stays beside it, to trace it by. */
export function causeWords(
  cause: string,
  t: TFunction,
  members: readonly Named[],
): { words: string; id: string | null } {
  const [word = '', ...rest] = cause.split(' ');
  const id = rest.join(' ') || null;
  if (word === 'member') {
    const name = members.find((member) => member.id === id)?.user.name;
    return { words: name ?? t('cause.formerMember'), id: null };
  }
  if (!known.includes(word)) return { words: cause, id: null };
  if (word === 'job') return { words: t('cause.job'), id };
  // "connected again" is a sentence of its own, not an id.
  return { words: t(`cause.${word}`), id: word === 'connected' ? null : id };
}
