import { withDatabase } from './open-database.js';
import { runCommand } from './run-command.js';

const { code, out, err } = await runCommand(process.argv.slice(2), withDatabase);
// The exit code is set, not the process ended: what a pipe has not taken yet is still written.
if (out !== '') process.stdout.write(`${out}\n`);
if (err !== '') process.stderr.write(`${err}\n`);
process.exitCode = code;
