import { fileURLToPath } from 'node:url';
import type { Config } from '../config/index.js';
import type { OutgoingClient } from '../http/index.js';
import type { KeyRing } from '../secrets/index.js';
import { DiskStorage } from './disk-storage.js';
import { FileLinks } from './file-links.js';
import { FileRoom } from './file-room.js';
import type { FileStorage } from './file-storage.js';
import { FileStore } from './file-store.js';
import { ObjectStorage } from './object-storage.js';

/** Where the configuration says that files are kept. */
export function storageOf({ bucket, storageUrl }: Config, http: OutgoingClient): FileStorage {
  return bucket === null ? new DiskStorage(fileURLToPath(storageUrl)) : new ObjectStorage(http, bucket);
}

/** The files of the deployment, for a program that is not the server. */
export function openFileStore(config: Config, http: OutgoingClient, ring: KeyRing): FileStore {
  return new FileStore(storageOf(config, http), new FileLinks(config, ring), new FileRoom(config));
}
