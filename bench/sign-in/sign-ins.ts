import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

const patienceSeconds = 10;
const document = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';

/** What became of the sign-ins. */
interface Told {
  readonly sent: number;
  readonly signedIn: number;
  /** The password was looked at, and wrong. */
  readonly refused: number;
  readonly turnedAway: number;
  /** Refused by the bound for all requests, which is there for more than sign-ins. */
  readonly shed: number;
  readonly unanswered: number;
}

interface Sending {
  /** Milliseconds between two. */
  readonly every: number;
  /** How many loaded workspaces there are: each has four people. */
  readonly workspaces: number;
  readonly password: string;
}

/** Signs people in at a steady pace, whatever the server does: every second one with a wrong password. */
export class SignIns {
  private readonly pool: Pool;
  private readonly counts = { signedIn: 0, refused: 0, turnedAway: 0, shed: 0 };
  private broken: string | null = null;

  constructor(
    url: string,
    private readonly sending: Sending,
  ) {
    // As many as there are people who wait: each has a connection of their own.
    this.pool = new Pool(url, { connections: 2_000, bodyTimeout: 0, headersTimeout: 0 });
  }

  async sendFor(seconds: number): Promise<Told> {
    const { every } = this.sending;
    const since = performance.now();
    const answers: Promise<void>[] = [];
    for (let number = 0; number < (seconds * 1_000) / every; number += 1) {
      await sleep(Math.max(0, since + number * every - performance.now()));
      answers.push(this.send(number));
    }
    const patience = new AbortController();
    await Promise.race([
      Promise.all(answers),
      sleep(patienceSeconds * 1_000, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    const told = { ...this.counts };
    if (this.broken !== null) throw new Error(`A sign-in was answered by ${this.broken}`);
    const answered = told.signedIn + told.refused + told.turnedAway + told.shed;
    return { sent: answers.length, ...told, unanswered: answers.length - answered };
  }

  /** Hangs up on whoever waits still. */
  async end(): Promise<void> {
    await this.pool.destroy();
  }

  private async send(number: number): Promise<void> {
    const { workspaces, password } = this.sending;
    const right = number % 2 === 0;
    const person = Math.floor(number / 2) % (workspaces * 4);
    const email = `member${String(person % 4)}@shop${String(Math.floor(person / 4))}.example`;
    const input = { email, password: right ? password : `${password} or not` };
    try {
      const { statusCode, body } = await this.pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': addressOf(number) },
        body: JSON.stringify({ query: document, variables: { input } }),
      });
      this.count(right, statusCode, await body.text());
    } catch {
      // Without an answer: it is missing from the counts.
    }
  }

  private count(right: boolean, status: number, text: string): void {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    const code = errors?.[0]?.extensions?.code;
    if (errors === undefined && right) this.counts.signedIn += 1;
    else if (code === 'UNAUTHENTICATED' && !right) this.counts.refused += 1;
    else if (code === 'RATE_LIMITED') this.counts.turnedAway += 1;
    else if (code === 'UNAVAILABLE') this.counts.shed += 1;
    else this.broken ??= `${String(status)}: ${text.slice(0, 300)}`;
  }
}

/** Of a thousand networks one after the other, so that no single one is limited. */
function addressOf(number: number): string {
  return `203.0.${String(number % 4)}.${String(1 + (Math.floor(number / 4) % 250))}`;
}
