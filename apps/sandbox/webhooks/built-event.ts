import type { Obj } from '../json.ts';
import type { Media } from '../world/model.ts';

/** One event as it will be sent, and what it means for the thread. */
export interface BuiltEvent {
  body: Obj;
  ids: string[];
  /** A message to show; absent for events that only change something. */
  shown?: { id: string; text?: string; media?: Media; mediaType?: string; replyTo?: string };
  /** What changes for the customer once the event is really played. */
  apply?: () => void;
}
