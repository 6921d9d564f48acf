import { Problem } from './run.mjs';
import { prepare } from './prepare.mjs';

// `npm run build`: installs what is missing and builds what has changed, and starts nothing.
try {
  await prepare({ build: true });
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
