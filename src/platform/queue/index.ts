export { QueueModule } from './queue.module.js';
export { QueueBoard } from './queue-board.js';
export type { BoardAnswer } from './queue-board.js';
export { DueTable } from './due-table.js';
export { Queues } from './queues.js';
export { RedisConnections } from './redis.js';
export type { Again, Job, Worker } from './worker.js';
export { backoffSeconds, maxAttempts } from './worker.js';
export { PassingWork } from './passing-work.js';
