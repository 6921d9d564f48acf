/**
 * What somebody says that they are called. Only the plain ways to say so are known: "I am" is said of everything, and a name
 * that is missed is asked for; a wrong one stands in the way.
 */
const called = [
  /(?:^|[\s,.!;:(])(?:my (?:full )?name is|my name's|this is my name:?|i am called)\s+(.{2,80})/iu,
  /(?:^|[\s,.!;:(])(?:benim )?(?:adım soyadım|ad[ıi]m|[iİ]sm[iİ]m)\s*[:,]?\s+(.{2,80})/iu,
  /(?:^|\s)(?:اسمي|إسمي)\s+(?:هو\s+)?(.{2,80})/u,
];
const works = [
  /(?:^|[\s,.!;:(])(?:i work (?:at|for)|(?:my|our) company(?: is)? called|(?:my|our) company(?:'s name)? is|(?:my|our) company:)\s+(.{2,80})/iu,
  /(?:^|[\s,.!;:(])(?:(?:firmam[ıi]z|[şs]irketimiz|firmam|[şs]irketim)(?:[ıi]n)?(?: ad[ıi])?)\s*[:,]?\s+(.{2,80})/iu,
  /(?:^|\s)(?:شركتنا|شركتي|أعمل في شركة)\s+(?:اسمها\s+|هي\s+)?(.{2,80})/u,
];
/** Words that follow such a phrase and are no name. */
const noName =
  /^(?:not|on|in|at|the|a|an|and|but|is|was|also|written|spelled|wrong|missing|still|already|yanl[ıi][şs]|de[ğg]il|var|yok|neden|ve|ama|için|nerede|bir|bu|ليس|في|على|غير|موجود)$/iu;
const connecting = /^(?:de|da|del|della|di|van|von|der|den|bin|ibn|al|el|la|le|bint|of|و|بن|بنت|ال)$/iu;
const maxName = 60;

/** The name that somebody says is theirs; null where they say none. */
export function namedPerson(text: string): string | null {
  return saidAfter(text, called, 4, 2);
}

/** The company that somebody says they are of; null where they say none. */
export function namedCompany(text: string): string | null {
  return saidAfter(text, works, 5, 2);
}

/** What follows one of these phrases, as far as it can be a name. */
function saidAfter(text: string, phrases: readonly RegExp[], most: number, smallLetters: number): string | null {
  for (const phrase of phrases) {
    const [, after = ''] = phrase.exec(text) ?? [];
    const [sentence = ''] = after.split(/[,.!?;:\n()"“”«»]|\s[-–—]\s|\s(?:and|ve|from|i|ben|ama|but|و|tel)\s/iu, 1);
    const name = nameOf(sentence.trim(), most, smallLetters);
    if (name !== null) return name;
  }
  return null;
}

/** Words with a capital, or few words that are the whole sentence: chats are written in small letters, and sentences are long. */
function nameOf(sentence: string, most: number, smallLetters: number): string | null {
  const words = sentence.split(/\s+/u).filter((word) => word !== '');
  const proper = words.findIndex((word) => !/^[\p{Lu}\p{Lo}\p{Lt}\p{N}]/u.test(word) && !connecting.test(word));
  const chosen =
    proper === -1 ? words : proper > 0 ? words.slice(0, proper) : words.length <= smallLetters ? words : [];
  while (chosen.length > 0 && connecting.test(chosen.at(-1) ?? '')) chosen.pop();
  const name = chosen.join(' ');
  const isName =
    chosen.length > 0 &&
    chosen.length <= most &&
    name.length >= 2 &&
    name.length <= maxName &&
    !chosen.some((word) => noName.test(word)) &&
    chosen.every((word) => /^[\p{L}\p{M}\p{N}'’&.+-]+$/u.test(word)) &&
    /\p{L}{2}/u.test(name);
  return isName ? name : null;
}
