import { accountsMoving } from '../../accounts/index.js';
import { aiMoving } from '../../ai/index.js';
import { billingMoving } from '../../billing/index.js';
import { channelsMoving } from '../../channels/index.js';
import { conversationsMoving } from '../../conversations/index.js';
import { formsMoving, importsMoving, leadsMoving, shopifyMoving, webhooksMoving } from '../../leads/index.js';
import { type CarriedTable, type Moving, platformMoving } from '../../platform/personal-data/index.js';
import { privacyMoving } from './privacy.moving.js';

/** How every table that has rows of workspaces travels. */
export const ways: Moving = {
  ...accountsMoving,
  ...platformMoving,
  ...billingMoving,
  ...channelsMoving,
  ...conversationsMoving,
  ...leadsMoving,
  ...webhooksMoving,
  ...formsMoving,
  ...shopifyMoving,
  ...importsMoving,
  ...aiMoving,
  ...privacyMoving,
};

/** The tables that are carried, the workspace's own row first. */
export const carriedTables: ReadonlyMap<string, CarriedTable> = new Map(
  Object.entries(ways)
    .filter((way): way is [string, CarriedTable] => 'carried' in way[1])
    .sort(([one], [other]) => Number(other === 'workspaces') - Number(one === 'workspaces') || (one < other ? -1 : 1)),
);

/** The columns of a table that a file holds. */
export function columnsOf({ carried, beside = {} }: CarriedTable): readonly string[] {
  return [...carried.split(' '), ...Object.keys(beside)];
}

/** What stays behind, and why: tables, and columns as `table.column`. */
export function whatStays(): Record<string, string> {
  const stays: Record<string, string> = {};
  for (const [table, way] of Object.entries(ways).sort(([one], [other]) => (one < other ? -1 : 1))) {
    if ('stays' in way) stays[table] = way.stays;
    else for (const [column, why] of Object.entries(way.left ?? {})) stays[`${table}.${column}`] = why;
  }
  return stays;
}
