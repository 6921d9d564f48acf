export { QueueModule } from './queue.module.js';
export { DueTable } from './due-table.js';
export { Queues } from './queues.js';
export { RedisConnections } from './redis.js';
export type { Again, Job, Worker } from './worker.js';
export { backoffSeconds, maxAttempts } from './worker.js';
