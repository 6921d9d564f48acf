export { FilesModule } from './files.module.js';
export { FileStore } from './file-store.js';
export type { SignedLink, StoredFile } from './file-store.js';
