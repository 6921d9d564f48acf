export { OutboxModule } from './outbox.module.js';
export { Facts } from './facts.js';
export { Hints } from './hints.js';
export { Outbox, noWorkspace } from './outbox.js';
