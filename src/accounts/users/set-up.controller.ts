import { Controller, Get } from '@nestjs/common';
import { Public } from '../../platform/access/index.js';
import { SetUp, type SetUpAnswer } from './set-up.js';

/** Whether this deployment waits for its first person; the pages show theirs until then. */
@Controller()
export class SetUpController {
  constructor(private readonly setUp: SetUp) {}

  /** `open`: whoever comes first; `code`: whoever has the console's code; `done`: somebody is in. */
  @Get('set-up.json')
  @Public('whoever opens the address first is shown what to do')
  async state(): Promise<SetUpAnswer> {
    return this.setUp.answer();
  }
}
