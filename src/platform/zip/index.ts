export { ReadZip } from './read-zip.js';
export type { ZipEntry } from './write-zip.js';
export { writeZip } from './write-zip.js';
export { ZipDamaged } from './zip-damaged.js';
