/** How a file is to be read; null where the server finds it out. */
export interface ImportReading {
  readonly encoding: string | null;
  readonly separator: string | null;
}

/** The ways of writing characters down that the server reads. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1254', 'windows-1252', 'windows-1256'] as const;

/** What may part the values of a line, each with the name of its words. */
export const separators = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** The name of a separator's words; a comma where it is none of them. */
export function separatorName(separator: string): (typeof separators)[keyof typeof separators] {
  return Object.entries(separators).find(([one]) => one === separator)?.[1] ?? 'comma';
}
