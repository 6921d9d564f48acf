// `npm test`: every check there is, on a fresh clone as well. `npm test -- path` runs the tests of that path only,
// `npm run test:night` the long ones.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Parley needs Node 20.19 or later, and this is Node ${process.versions.node}. Get it from https://nodejs.org`,
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
}

import('./checks.mjs')
  .then(({ runChecks }) => runChecks(process.argv.slice(2)))
  .catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1 };
  })
  .then(({ passed, failed }) => {
    process.exitCode = failed === 0 ? 0 : 1;
    console.log(`${passed} passed, ${failed} failed`);
  });
