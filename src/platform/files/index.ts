export { FilesModule } from './files.module.js';
export { FileStore } from './file-store.js';
export type { NewFile, StoredFile } from './file-store.js';
export { FileRoom, NoRoomForFile, inWords } from './file-room.js';
export type { FileVariant, SignedLink } from './file-links.js';
export { filePart } from './multipart.js';
export { TakeFile } from './take-file.js';
export { drawMark } from './mark.js';
