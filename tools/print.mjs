// `npm run print`: writes the files that are printed from the code (schema.graphql, .env.example, migrations/schema.sql,
// docs/permissions.md, docs/permissions-at-meta.md, docs/tables.md, docs/routes.md, docs/licences.md, the figures in README.md). The tests fail while one of them differs.
import { prepare, runInForeground } from './prepare.mjs';
import { Problem } from './run.mjs';

try {
  const node = await prepare({ build: false });
  const script = 'test/architecture/printed/write.mjs';
  process.exitCode = await runInForeground(node, ['--disable-warning=ExperimentalWarning', script]);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
