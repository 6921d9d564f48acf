import { registerEnumType } from '@nestjs/graphql';

/** How far work is that goes on in the background. */
export enum JobStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(JobStatus, {
  name: 'JobStatus',
  description: 'How far work is that goes on in the background. FAILED: it ended before it was done, and says why.',
});
