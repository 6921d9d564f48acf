export { acquireDataDirectory, type DataDirectoryLock } from './acquire-data-directory.js';
export { findEmbeddedPostgres } from './find-embedded-postgres.js';
export { findEmbeddedRedis } from './find-embedded-redis.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
export { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from './start-embedded-redis.js';
