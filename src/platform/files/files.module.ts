import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { OutgoingClient } from '../http/index.js';
import { FileLinks } from './file-links.js';
import { FileRoom } from './file-room.js';
import { FileStorage } from './file-storage.js';
import { FileStore } from './file-store.js';
import { FilesController } from './files.controller.js';
import { storageOf } from './open-file-store.js';
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
      useFactory: storageOf,
    },
  ],
  exports: [FileRoom, FileStore, TakeFile],
})
export class FilesModule {}
