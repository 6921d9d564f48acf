import { fileURLToPath } from 'node:url';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { OutgoingClient } from '../http/index.js';
import { DiskStorage } from './disk-storage.js';
import { FileLinks } from './file-links.js';
import { FileRoom } from './file-room.js';
import { FileStorage } from './file-storage.js';
import { FileStore } from './file-store.js';
import { FilesController } from './files.controller.js';
import { ObjectStorage } from './object-storage.js';
import { TakeFile } from './take-file.js';

@Global()
@Module({
  controllers: [FilesController],
  providers: [
    FileLinks,
    FileRoom,
    FileStore,
    TakeFile,
    {
      provide: FileStorage,
      inject: [Config, OutgoingClient],
      useFactory: ({ bucket, storageUrl }: Config, http: OutgoingClient) =>
        bucket === null ? new DiskStorage(fileURLToPath(storageUrl)) : new ObjectStorage(http, bucket),
    },
  ],
  exports: [FileRoom, FileStore, TakeFile],
})
export class FilesModule {}
