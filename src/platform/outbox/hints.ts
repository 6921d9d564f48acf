import { Injectable } from '@nestjs/common';

type HintListener = (kind: string, workspaceId: string, rowId: string) => void;

/** "This row is due now": said after a commit, taken up by the queue. A lost hint costs a delay until the next sweep. */
@Injectable()
export class Hints {
  private listener: HintListener | null = null;

  /** The queue is the one listener. */
  listen(listener: HintListener): void {
    this.listener = listener;
  }

  give(kind: string, workspaceId: string, rowId: string): void {
    this.listener?.(kind, workspaceId, rowId);
  }
}
