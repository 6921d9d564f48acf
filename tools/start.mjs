// `npm start`: installs, builds and starts, whatever of that is needed. Runs on a machine where nothing is installed yet,
// so it imports nothing but Node, and nothing at all before Node's age is known.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Parley needs Node 20.19 or later, and this is Node ${process.versions.node}. Get it from https://nodejs.org`,
  );
  process.exit(1);
}

Promise.all([import('./prepare.mjs'), import('./server-options.mjs')])
  .then(async ([{ prepare, runInForeground }, { serverOptions }]) => {
    const node = await prepare({ build: true });
    process.exitCode = await runInForeground(node, [...serverOptions, 'dist/src/main.js', ...process.argv.slice(2)]);
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
