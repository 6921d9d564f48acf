export type { ZipEntry } from './write-zip.js';
export { writeZip } from './write-zip.js';
