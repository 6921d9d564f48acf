/** The words of a text without case, accents and endings, so that "kargonuz" meets "kargo". */
export function stems(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => word.length > 1 || /\p{N}/u.test(word))
    .map((word) => word.slice(0, 5));
}

/** Words that say nothing about a subject. */
const EMPTY = new Set(
  stems(
    'the and for are you your our what when where which with how does can this that have has from will not is it in on at to of do my we be or an as if by me us am was who why ' +
      've bir bu da de ne mi var mu icin ile nasil ' +
      'der die das und ist ein eine wie was ich sie mit fur auf ' +
      'le la les un une des est que pour et en el los las de que por con para como una ' +
      'please hello hi thanks thank selam merhaba hallo bonjour hola',
  ),
);

/** Words that carry the subject. */
export function subjectStems(text: string): string[] {
  const all = stems(text);
  const telling = all.filter((word) => !EMPTY.has(word));
  return telling.length > 0 ? telling : all;
}

/** A text cut into sentences; lines are borders too. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?؟。！？])\s+/u)
    .map((sentence) => sentence.replace(/^[-*•#\s]+/, '').trim())
    .filter((sentence) => /\p{L}/u.test(sentence) && sentence.length > 2);
}
