export const TEMPLATE = 'parley_template';
export const OWNER_ROLE = 'parley_owner';
export const APP_ROLE = 'parley_app';

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
