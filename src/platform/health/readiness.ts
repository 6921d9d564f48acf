import { Injectable } from '@nestjs/common';

/** Whether this process still takes work: switched off first when it is asked to stop. */
@Injectable()
export class Readiness {
  stopping = false;
}
