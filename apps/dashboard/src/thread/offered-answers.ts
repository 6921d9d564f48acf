interface Limits {
  quickReplies: number;
  quickReplyLength: number;
}

/** The answers that stand in a line, cut by commas; each once. */
export function answersOf(line: string): string[] {
  const answers = line.split(/[,،\n]/u).map((answer) => answer.trim().replace(/\s+/gu, ' '));
  return [...new Set(answers.filter((answer) => answer !== ''))];
}

/** What speaks against offering them on a channel; null where nothing does. */
export function answersProblem(
  answers: readonly string[],
  { quickReplies: most, quickReplyLength: length }: Limits,
): 'most' | 'long' | null {
  if (answers.length > most) return 'most';
  return answers.some((answer) => answer.length > length) ? 'long' : null;
}
