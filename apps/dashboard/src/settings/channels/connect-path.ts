import { connectKinds } from '../connect-forms.js';

/** Where an account of this kind is connected, and connected again; null for a kind that is made, not connected. */
export function connectPath(kind: string): string | null {
  const name = connectKinds.find((one) => one.toUpperCase() === kind);
  return name === undefined ? null : `/settings/channels/connect/${name}`;
}
