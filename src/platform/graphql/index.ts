export { GraphQLModule } from './graphql.module.js';
export { formatError } from './format-error.js';
export { limits } from './limits.js';
export { problemsOf } from './problems-of.js';
export { checkRows } from './row-limit.js';
export { allowSchema, asksForSchema } from './operation-plugin.js';
export { PageInfo, decodeCursor, encodeCursor, pageOf, pageSize } from './page.js';
export { RowLoader, byId } from './row-loader.js';
export { workspaceOf } from './workspace-of.js';
