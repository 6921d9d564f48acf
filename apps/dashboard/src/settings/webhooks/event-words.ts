/** What a system can be told of, by the names of the API, and the words for it. */
const words = {
  'conversation.started': 'webhooks.event.started',
  'message.received': 'webhooks.event.received',
  'conversation.resolved': 'webhooks.event.resolved',
  'lead.created': 'webhooks.event.lead',
  'lead.changed': 'webhooks.event.leadChanged',
} as const;

type EventName = keyof typeof words;

/** The names of all of them. */
export const eventNames = Object.keys(words) as readonly EventName[];

/** The key of the words for one; of the general word for one that is not known here yet. */
export function wordOfEvent(name: string): (typeof words)[EventName] | 'webhooks.event.other' {
  return name in words ? words[name as EventName] : 'webhooks.event.other';
}

/** The name, where there are words for it here: a server that is newer than the page may give others. */
export function known<Name extends string>(names: readonly Name[], given: string | null): Name | null {
  return names.find((name) => name === given) ?? null;
}
