/** What a channel takes of files, as the server tells it. */
export interface FileRule {
  kind: string;
  contentTypes: readonly string[];
  maxBytes: number;
}

/** The most that the server takes in one upload, and in one message. */
export const mostUploadBytes = 25_000_000;
export const mostFiles = 10;

/** Why a file need not even be uploaded: the channel does not take its kind, or not so much of it. */
export type FileProblem = { why: 'kind'; types: string } | { why: 'size'; most: number };

/**
 * Looks at a file before it is uploaded. The browser only guesses what a file is, so one that it does not know is left to the
 * server, which looks at the bytes.
 */
export function fileProblem(rules: readonly FileRule[], file: { type: string; size: number }): FileProblem | null {
  const type = file.type.split(';', 1)[0] ?? '';
  const rule = type
    ? rules.find(({ contentTypes }) => contentTypes.some((pattern) => names(pattern, type)))
    : undefined;
  if (type && !rule) return { why: 'kind', types: typeWords(rules) };
  const most = Math.min(rule?.maxBytes ?? largest(rules), mostUploadBytes);
  return file.size > most ? { why: 'size', most } : null;
}

/** For the picker of the browser: what it offers first. */
export function acceptOf(rules: readonly FileRule[]): string {
  const types = rules.flatMap(({ contentTypes }) => contentTypes);
  return types.includes('*') ? '' : types.join(',');
}

function largest(rules: readonly FileRule[]): number {
  return Math.max(0, ...rules.map(({ maxBytes }) => maxBytes));
}

function names(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type || alike(pattern, type);
}

/** Browsers call some types by older names. */
function alike(pattern: string, type: string): boolean {
  return (
    (pattern === 'audio/mp4' && type === 'audio/x-m4a') ||
    (pattern === 'audio/mpeg' && type === 'audio/mp3') ||
    (pattern === 'text/csv' && type === 'application/vnd.ms-excel')
  );
}

function typeWords(rules: readonly FileRule[]): string {
  const words = rules.flatMap(({ contentTypes }) => contentTypes.map(wordFor));
  return [...new Set(words)].join(', ');
}

function wordFor(pattern: string): string {
  const [family = '', type = ''] = pattern.split('/');
  if (type === '*') return family;
  if (/wordprocessing|msword/.test(type)) return 'Word';
  if (/spreadsheet|excel/.test(type)) return 'Excel';
  if (/presentation|powerpoint/.test(type)) return 'PowerPoint';
  return type === 'plain' ? 'TXT' : type.toUpperCase();
}
