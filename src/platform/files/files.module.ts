import { fileURLToPath } from 'node:url';
import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { DiskStorage } from './disk-storage.js';
import { FileLinks } from './file-links.js';
import { FileStorage } from './file-storage.js';
import { FileStore } from './file-store.js';
import { FilesController } from './files.controller.js';
import { TakeFile } from './take-file.js';

@Global()
@Module({
  controllers: [FilesController],
  providers: [
    FileLinks,
    FileStore,
    TakeFile,
    {
      provide: FileStorage,
      inject: [Config],
      useFactory: (config: Config) => new DiskStorage(fileURLToPath(config.storageUrl)),
    },
  ],
  exports: [FileStore, TakeFile],
})
export class FilesModule {}
