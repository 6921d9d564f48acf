/** A backup that is kept somewhere, whole. */
export interface KeptBackup {
  readonly name: string;
  readonly createdAt: Date;
  readonly size: number;
}

/** Where backups are kept. One that is not whole is never listed. */
export abstract class BackupPlace {
  /** Where that is, in words. */
  abstract readonly where: string;
  /** Keeps a backup under its name once all of it is there; gives its size. */
  abstract write(name: string, bytes: AsyncIterable<Buffer>): Promise<number>;
  /** Throws an error with the code ENOENT where there is none. */
  abstract read(name: string): AsyncIterable<Buffer>;
  /** Those that are whole, the oldest first. */
  abstract list(): Promise<KeptBackup[]>;
  /** Removes a backup, or what was left of one that was broken off. */
  abstract remove(name: string): Promise<void>;
  /** Names of what was begun and is not whole. */
  abstract unfinished(): Promise<string[]>;
  /** Writes a line beside them. */
  abstract log(line: string): Promise<void>;
}

const pattern = /^parley-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-[0-9a-f]{8}\.backup$/;

/** The name of a backup made then. */
export function nameOf(at: Date, suffix: string): string {
  return `parley-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-${suffix}.backup`;
}

/** When a backup of this name was made; null where it is no name of one. */
export function timeIn(name: string): Date | null {
  const [, year, month, day, hour, minute, second] = pattern.exec(name) ?? [];
  if (year === undefined) return null;
  return new Date(`${year}-${String(month)}-${String(day)}T${String(hour)}:${String(minute)}:${String(second)}Z`);
}
