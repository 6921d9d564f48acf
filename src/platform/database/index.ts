export { DatabaseModule } from './database.module.js';
export { SystemDatabase, Workspaces } from './workspaces.js';
export type { Call } from './call.js';
export type { SystemTransaction, WorkspaceTransaction } from './transaction.js';
export { Sql, emptySql, joinSql, sql, sqlNumber } from './sql.js';
export { isUuid, newId, uuidAt } from './uuid.js';
export { cleanJson, cleanText } from './clean-text.js';
export { migrateDatabase, roleOf } from './migrate.js';
export { openSystemDatabase } from './open-system-database.js';
