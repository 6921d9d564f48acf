const { statSync } = require('node:fs');
const { relative } = require('node:path');

// Where the long files are, the longest first: one that came last would leave a worker at it long after the others ended.
const folders = ['test/browser/', 'test/', 'src/', ''];

/** Runs the long files first, as far as their places and sizes tell. */
module.exports = class LongestFirst {
  sort(tests) {
    const rank = ({ path, context }) => {
      const file = relative(context.config.rootDir, path);
      return folders.findIndex((folder) => file.startsWith(folder));
    };
    const ranked = [...tests].map((test) => ({ test, rank: rank(test), size: statSync(test.path).size }));
    return ranked.sort((a, b) => a.rank - b.rank || b.size - a.size).map(({ test }) => test);
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
};
