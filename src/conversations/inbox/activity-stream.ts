import type { PassingStream } from '../../platform/live/index.js';
import type { ActivityType } from '../activity.type.js';

/** What the `activity` resolver returns. */
export type ActivityStream = PassingStream<'activity', ActivityType>;
