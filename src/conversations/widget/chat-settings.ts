import { Injectable } from '@nestjs/common';
import { WorkspaceHours } from '../../accounts/index.js';
import type { OpenWebChat } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';

type Ask = 'off' | 'optional' | 'required';

/** What a visitor's page is told of a chat: how it looks, what it asks, and when somebody is there. */
export interface ChatSettings {
  readonly greeting: string;
  readonly accentColor: string;
  readonly position: string;
  readonly showBranding: boolean;
  readonly privacyUrl: string;
  readonly theme: string;
  readonly radius: number;
  readonly logo: string | null;
  /** Whether it may stand in the web view of an app. */
  readonly apps: boolean;
  readonly ask: { readonly name: Ask; readonly email: Ask; readonly question: Ask };
  /** Null where there are no hours. `changesAt`: when it opens, or closes, next; null where that is not soon. */
  readonly hours: { readonly open: boolean; readonly changesAt: string | null } | null;
}

/** Puts together what is shown of a chat. */
@Injectable()
export class ReadChatSettings {
  constructor(
    private readonly config: Config,
    private readonly workspaces: Workspaces,
    private readonly openings: WorkspaceHours,
  ) {}

  async of({ workspaceId, settings }: OpenWebChat): Promise<ChatSettings> {
    const times = await this.workspaces.read(workspaceId, (tx) => this.openings.read(tx));
    const now = new Date();
    const { greeting, accentColor, position, showBranding, theme, radius, logo, allowApps } = settings;
    return {
      greeting,
      accentColor,
      position,
      showBranding,
      privacyUrl: `${this.config.publicUrl}/privacy`,
      theme: theme.toLowerCase(),
      radius,
      logo,
      apps: allowApps,
      ask: { name: asks(settings.askName), email: asks(settings.askEmail), question: asks(settings.askQuestion) },
      hours: times.always ? null : { open: times.isOpen(now), changesAt: times.nextChange(now)?.toISOString() ?? null },
    };
  }
}

function asks(asked: string): Ask {
  return asked.toLowerCase() as Ask;
}
