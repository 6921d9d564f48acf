import { existsSync } from 'node:fs';
import path from 'node:path';

interface BuiltFiles {
  readonly root: string[];
  readonly index: false;
  readonly wildcard: false;
  readonly serveDotFiles: false;
  readonly preCompressed: true;
  readonly globIgnore: string[];
}

/**
 * How the files of a built page are served: as the build has compressed them, by what the browser takes, and beside them
 * the assets of the build before, which a page that was loaded before an upgrade still asks for.
 */
export function builtFiles(folder: string, below = ''): BuiltFiles {
  const before = path.join(folder, 'before', below);
  return {
    root: [path.join(folder, below), ...(existsSync(before) ? [before] : [])],
    index: false,
    wildcard: false,
    serveDotFiles: false,
    preCompressed: true,
    // Chosen by what the browser takes, never by an address of their own.
    globIgnore: ['before/**', '**/*.{br,gz}'],
  };
}
