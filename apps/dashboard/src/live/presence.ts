import type { ActivitySubscription } from '../api/documents.js';

type Activity = ActivitySubscription['activity'];

/** Who looks at a conversation or writes in it just now. */
export interface Presence {
  viewers: string[];
  typists: string[];
  contactTyping: boolean;
}

interface Seen {
  name: string;
  viewingUntil: number;
  typingUntil: number;
}

interface Room {
  members: Map<string, Seen>;
  contactTypingUntil: number;
}

export const nobody: Presence = { viewers: [], typists: [], contactTyping: false };

/** Viewing is repeated every 10 s by each client and typing every few seconds; what is not repeated fades. */
export const viewingLasts = 25_000;
export const typingLasts = 6_000;

/** Remembers activity, which is neither stored nor replayed by the server. */
export class PresenceBoard {
  private readonly rooms = new Map<string, Room>();

  note(activity: Activity, now: number): void {
    const room = this.rooms.get(activity.conversationId) ?? { members: new Map<string, Seen>(), contactTypingUntil: 0 };
    this.rooms.set(activity.conversationId, room);
    if (!activity.member) {
      room.contactTypingUntil = activity.contactTyping ? now + typingLasts : 0;
      return;
    }
    room.members.set(activity.member.id, {
      name: activity.member.user.name,
      viewingUntil: activity.viewing ? now + viewingLasts : 0,
      typingUntil: activity.typing ? now + typingLasts : 0,
    });
  }

  read(conversationId: string, ownMemberId: string | null, now: number): Presence {
    const room = this.rooms.get(conversationId);
    if (!room) return nobody;
    const others = [...room.members].filter(([id]) => id !== ownMemberId).map(([, seen]) => seen);
    return {
      viewers: others.filter((seen) => seen.viewingUntil > now).map((seen) => seen.name),
      typists: others.filter((seen) => seen.typingUntil > now).map((seen) => seen.name),
      contactTyping: room.contactTypingUntil > now,
    };
  }
}
