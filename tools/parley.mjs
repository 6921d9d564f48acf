// `npm run parley -- <command>`: the operator's command line. It prepares like a start does, imports nothing but Node until
// Node's age is known, and keeps what it says of preparing out of the command's own output.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Parley needs Node 20.19 or later, and this is Node ${process.versions.node}. Get it from https://nodejs.org`,
  );
  process.exit(1);
}
console.log = console.error;

import('./prepare.mjs')
  .then(async ({ prepare, runInForeground }) => {
    const node = await prepare({ build: true });
    const cli = ['--enable-source-maps', 'dist/src/cli/main.js', ...process.argv.slice(2)];
    process.exitCode = await runInForeground(node, cli);
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
