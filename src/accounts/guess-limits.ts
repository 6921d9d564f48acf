import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { Config } from '../platform/config/index.js';
import {
  type SpanLimit,
  SystemDatabase,
  type SystemTransaction,
  countInSpan,
  sql,
} from '../platform/database/index.js';
import { DomainError, ErrorCode } from '../platform/errors/index.js';
import { Secrets } from '../platform/secrets/index.js';

interface Limit extends SpanLimit {
  readonly key: Buffer;
}

const quarterHour = 15 * 60;
const hour = 60 * 60;
const tidyEvery = 50;

/**
 * Counts password checks, sign-ups and new workspaces, in the database: every process and every restart sees the same
 * count. A try is counted before its work begins. What is refused is not counted, so refusals lengthen nothing, and the
 * shared counts cannot be driven up by a caller who is refused anyway. Keys are keyed digests: the table names no one.
 */
@Injectable()
export class GuessLimits {
  private counted = 0;

  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly config: Config,
  ) {}

  /**
   * Before the password of a sign-in is checked; the address as the database compares it. Existing sessions do not pass
   * here: nobody can lock their owner out.
   */
  async countSignIn(email: string, ip: string | null): Promise<void> {
    await this.count(this.ofSignIn(email, ip), 'Too many tries to sign in.');
  }

  /** The password was right: the account starts from nothing, and the address and the deployment get their try back. */
  async signedIn(tx: SystemTransaction, email: string, ip: string | null): Promise<void> {
    const [address, account, everyone] = this.ofSignIn(email, ip);
    await tx.execute(sql`delete from guesses where key = ${account?.key}`);
    await giveBack(
      tx,
      [address, everyone].filter((limit) => limit !== undefined),
    );
  }

  /** The password was not looked at after all (the server is busy). */
  async signInNotTried(email: string, ip: string | null): Promise<void> {
    await this.system.run((tx) => giveBack(tx, this.ofSignIn(email, ip)));
  }

  /**
   * Before the password of a signed-in person is checked. Counted for the person, apart from sign-ins by address, so that
   * a stranger's guesses cannot keep the owner from confirming who they are.
   */
  async countReauthentication(userId: string): Promise<void> {
    await this.count([this.ofReauthentication(userId)], 'Too many wrong passwords.');
  }

  /** That password was not looked at after all. */
  async reauthenticationNotTried(userId: string): Promise<void> {
    await this.system.run((tx) => giveBack(tx, [this.ofReauthentication(userId)]));
  }

  /** That password was right. */
  async reauthenticated(tx: SystemTransaction, userId: string): Promise<void> {
    await tx.execute(sql`delete from guesses where key = ${this.ofReauthentication(userId).key}`);
  }

  /** The account's owner took another password: guesses at the old one are forgotten. */
  async forgetSignIns(tx: SystemTransaction, address: string): Promise<void> {
    await tx.execute(sql`delete from guesses where key = ${this.secrets.digest('sign-in', 'account', address)}`);
  }

  /** Before a link to reset a password is asked for; counted for addresses that nobody has as well. */
  async countReset(address: string, ip: string | null): Promise<void> {
    await this.count(
      [
        { key: this.secrets.digest('reset', 'ip', network(ip)), most: 30, seconds: hour, extends: false },
        { key: this.secrets.digest('reset', 'address', address), most: 5, seconds: hour, extends: false },
      ],
      'A new password was asked for too often.',
    );
  }

  /** Before a signed-in person has a mail sent, be it to themselves. */
  async countMail(userId: string): Promise<void> {
    await this.count(
      [{ key: this.secrets.digest('mail', 'user', userId), most: 10, seconds: hour, extends: false }],
      'Too many mails were asked for.',
    );
  }

  /** Before the code of a second factor is looked at: of a million there are three that are right. */
  async countSecondFactor(userId: string): Promise<void> {
    await this.count([this.ofSecondFactor(userId)], 'Too many wrong codes.');
  }

  /** That code was right. */
  async secondFactorGiven(tx: SystemTransaction, userId: string): Promise<void> {
    await tx.execute(sql`delete from guesses where key = ${this.ofSecondFactor(userId).key}`);
  }

  /** Before anything of a sign-up is looked at. */
  async countSignUp(ip: string | null): Promise<void> {
    const most = this.config.production ? 20 : 1_000;
    await this.count(
      [{ key: this.secrets.digest('sign-up', 'ip', network(ip)), most, seconds: hour, extends: false }],
      'Too many accounts were made from this network.',
    );
  }

  /** Before a signed-in person founds another workspace. */
  async countNewWorkspace(userId: string): Promise<void> {
    const most = this.config.production ? 20 : 1_000;
    await this.count(
      [{ key: this.secrets.digest('workspace', 'user', userId), most, seconds: hour, extends: false }],
      'You have made many workspaces in a short time.',
    );
  }

  /** Before somebody is invited: each invitation is a mail to a stranger. */
  async countInvitation(workspaceId: string): Promise<void> {
    const most = this.config.production ? 100 : 10_000;
    await this.count(
      [{ key: this.secrets.digest('invitation', 'workspace', workspaceId), most, seconds: hour, extends: false }],
      'Many people were invited in a short time.',
    );
  }

  private ofSignIn(email: string, ip: string | null): Limit[] {
    // In this order everywhere, so that two sign-ins cannot lock each other out; the row that all share comes last.
    return [
      { key: this.secrets.digest('sign-in', 'ip', network(ip)), most: 100, seconds: quarterHour, extends: false },
      {
        key: this.secrets.digest('sign-in', 'account', email),
        most: 10,
        seconds: quarterHour,
        extends: true,
      },
      { key: this.secrets.digest('sign-in', 'everyone'), most: 3_000, seconds: quarterHour, extends: false },
    ];
  }

  private ofSecondFactor(userId: string): Limit {
    const key = this.secrets.digest('second-factor', 'user', userId);
    return { key, most: 5, seconds: quarterHour, extends: true };
  }

  private ofReauthentication(userId: string): Limit {
    return {
      key: this.secrets.digest('reauthentication', 'user', userId),
      most: 10,
      seconds: quarterHour,
      extends: true,
    };
  }

  private async count(limits: readonly Limit[], refusal: string): Promise<void> {
    await this.system.run(async (tx) => {
      // A refusal takes back what was counted before it: it is thrown out of the transaction.
      for (const limit of limits) await countOne(tx, limit, refusal);
    });
    this.counted += 1;
    if (this.counted % tidyEvery === 1) void this.tidy().catch(() => undefined);
  }

  /** Counts and sessions that have run out go, a few at a time and never in the way of those that are in use. */
  private async tidy(): Promise<void> {
    await this.system.run(async (tx) => {
      await tx.execute(sql`
        delete from guesses where key in (select key from guesses where expires_at < now() limit 500 for update skip locked)`);
      await tx.execute(sql`
        delete from sessions where id in (select id from sessions where expires_at < now() limit 500 for update skip locked)`);
    });
  }
}

async function countOne(tx: SystemTransaction, limit: Limit, refusal: string): Promise<void> {
  if (await countInSpan(tx, limit.key, limit)) return;
  const full = await tx.first<{ seconds: number }>(sql`
    select greatest(1, ceil(extract(epoch from expires_at - now())))::int as seconds from guesses where key = ${limit.key}`);
  const retryAfter = Math.min(full?.seconds ?? limit.seconds, limit.seconds);
  const minutes = Math.ceil(retryAfter / 60);
  throw new DomainError(
    ErrorCode.RATE_LIMITED,
    `${refusal} Try again in ${String(minutes)} minute${minutes === 1 ? '' : 's'}.`,
    { retryAfter },
  );
}

async function giveBack(tx: SystemTransaction, limits: readonly Limit[]): Promise<void> {
  for (const limit of limits) {
    await tx.execute(sql`update guesses set points = points - 1 where key = ${limit.key} and points > 0`);
  }
}

/** One network's worth of addresses: a person has a /64 of IPv6 to themselves. */
function network(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return address
    .toByteArray()
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
