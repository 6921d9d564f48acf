import { Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { KeyRing } from '../../platform/secrets/index.js';

/** Whether somebody has to come in first, and whether they need the code that the console prints. */
export type SetUpState = 'done' | 'open' | 'code';

/** What the page is told. `mailFolder`: where mails are written without a mail server, where only this machine asks. */
export interface SetUpAnswer {
  readonly state: SetUpState;
  readonly mailsToFolder?: boolean;
  readonly mailFolder?: string | null;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const wrong = () =>
  new DomainError(ErrorCode.FORBIDDEN, 'Nobody has set this deployment up yet. Give the code that its console shows.', {
    reason: 'SET_UP_CODE',
    field: 'setUpCode',
  });

/**
 * The first person to come in. They may even where signing up is closed, or nobody ever could; and where no INSTANCE_OPERATORS
 * are named they run the deployment. On an address that others reach too, the console's code tells who that may be: it
 * is good until the first person is in, and the same for every process of the deployment.
 */
@Injectable()
export class SetUp {
  /** For the console alone. */
  readonly code: string;

  constructor(
    private readonly config: Config,
    private readonly system: SystemDatabase,
    ring: KeyRing,
  ) {
    const digest = createHmac('sha256', ring.derive('set-up-code')).update('first person').digest('hex');
    this.code = digest.slice(0, 20).replace(/(.{5})(?!$)/g, '$1-');
  }

  async state(): Promise<SetUpState> {
    const somebody = await this.system.first(sql`select from users limit 1`);
    if (somebody !== null) return 'done';
    return this.needsCode ? 'code' : 'open';
  }

  /** For the page of the first person. Once somebody is in it says nothing more. */
  async answer(): Promise<SetUpAnswer> {
    const state = await this.state();
    if (state === 'done') return { state };
    const mailsToFolder = this.config.environment.SMTP_URL === undefined;
    return { state, mailsToFolder, mailFolder: mailsToFolder && !this.reachable ? this.config.mailFolder : null };
  }

  /** Whether whoever signs up now is the first, and may be; refuses the first without the code where one is needed. */
  async admits(code: string | null | undefined): Promise<boolean> {
    const state = await this.state();
    if (state === 'code' && !this.isCode(code ?? '')) throw wrong();
    return state !== 'done';
  }

  /** Takes part in the transaction that adds the first person: of two at once one is. */
  async isFirst(tx: WorkspaceTransaction): Promise<boolean> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('first person', 0))`);
    return (await tx.first(sql`select from users limit 1`)) === null;
  }

  private get needsCode(): boolean {
    const { SIGNUP, INSTANCE_OPERATORS } = this.config.environment;
    // Where the operators are named and anyone may sign up, the first person is like any other.
    return this.reachable && (INSTANCE_OPERATORS.trim() === '' || SIGNUP !== 'open');
  }

  /** Whether others than this machine reach the address. */
  private get reachable(): boolean {
    return !loopback.has(new URL(this.config.publicUrl).hostname);
  }

  private isCode(given: string): boolean {
    const plain = (text: string) => Buffer.from(text.toLowerCase().replace(/[\s-]/g, '').slice(0, 100));
    const [one, other] = [plain(given), plain(this.code)];
    return one.length === other.length && timingSafeEqual(one, other);
  }
}
