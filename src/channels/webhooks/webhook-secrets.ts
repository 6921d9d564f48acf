import { Injectable } from '@nestjs/common';
import { SystemDatabase, Workspaces, coalesced, isUuid, sql } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { webhookSecretPlace } from '../channel-secrets.js';
import { addressName } from './delivery-envelope.js';

interface Route {
  readonly workspaceId: string;
  readonly channelId: string;
}
interface Kept {
  readonly secret: string;
  readonly readAt: number;
}

const mostKept = 10_000;
/** A caller who guesses makes us look no more often than this. */
const rereadMilliseconds = 1_000;

/**
 * The secrets by which calls to channels' own addresses are checked. Whether the channel is connected is asked each time, so
 * that a disconnected one is refused from the commit on; its secret is kept once it was opened.
 */
@Injectable()
export class WebhookSecrets {
  private readonly kept = new Map<string, Kept>();
  private readonly routeOf: (key: Buffer) => Promise<Route | null>;

  constructor(
    system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
  ) {
    this.routeOf = coalesced((keys) =>
      system.query<Route & { key: Buffer }>(sql`
        select account as key, workspace_id as "workspaceId", channel_id as "channelId" from route_accounts(${[...keys]}::bytea[])`),
    );
  }

  /** Whether a call is genuine, by the secret of the channel; `unknown` where no such channel is connected. */
  async check(
    provider: string,
    channelId: string,
    isGenuine: (secret: string) => boolean,
  ): Promise<'genuine' | 'forged' | 'unknown'> {
    const route = isUuid(channelId) ? await this.find(provider, channelId) : null;
    if (route === null) {
      this.kept.delete(channelId);
      return 'unknown';
    }
    const kept = this.kept.get(channelId);
    if (kept !== undefined && isGenuine(kept.secret)) return 'genuine';
    // Connected again in another process, it has a new secret.
    if (kept !== undefined && performance.now() - kept.readAt < rereadMilliseconds) return 'forged';
    const secret = await this.open(route);
    if (secret === null) return 'unknown';
    this.keep(channelId, secret);
    return isGenuine(secret) ? 'genuine' : 'forged';
  }

  private async find(provider: string, channelId: string): Promise<Route | null> {
    for (const digest of this.secrets.digests(provider, addressName(channelId))) {
      const route = await this.routeOf(digest);
      if (route !== null) return route;
    }
    return null;
  }

  private open({ workspaceId, channelId }: Route): Promise<string | null> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const row = await tx.first<{ secret: Buffer | null }>(sql`
        select webhook_secret as secret from channels where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
      if (row === null || row.secret === null) return null;
      return this.secrets.decrypt(tx, webhookSecretPlace(channelId), row.secret);
    });
  }

  private keep(channelId: string, secret: string): void {
    this.kept.delete(channelId);
    if (this.kept.size >= mostKept) this.kept.delete(this.kept.keys().next().value ?? '');
    this.kept.set(channelId, { secret, readAt: performance.now() });
  }
}
